"""The hidden truth of the simulated market."""

import json
import math
import statistics

import pytest

from gpo_market.catalogue import Catalogue, Reference, read_catalogue
from gpo_market.events.time import DAY, HOUR
from gpo_market.feeds.made_up import made_up_catalogue
from gpo_market.feeds.market_model import (
    TREND_DAYS,
    MarketModel,
    Movement,
    money_items,
    popular_items,
)

OTHER_GAME = {
    "items": [
        {"slug": "gold", "name": "Gold"},
        {"slug": "silver", "name": "Silver"},
        {"slug": "hat", "name": "Hat"},
        {"slug": "old", "name": "Old", "retired": True},
    ],
    "numeraire": [{"item": "gold", "amount": 0.1}, {"item": "silver", "amount": 1}],
}


@pytest.fixture
def other_game() -> Catalogue:
    """An item list of another game, with money but no values."""
    return read_catalogue(json.dumps(OTHER_GAME).encode(), "other.json")


def test_the_same_seed_gives_the_same_truth(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """Seed and start alone decide the values, however often somebody looked on the way."""
    once = MarketModel(catalogue, reference, 5, start)
    often = MarketModel(catalogue, reference, 5, start)
    once.advance(start + 3 * DAY)
    for hour in range(73):
        often.advance(start + hour * HOUR + 17)
    assert once.true_values() == often.true_values()
    assert once.true_values() != MarketModel(catalogue, reference, 6, start).true_values()


def test_values_stand_between_steps(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """Values move on the hour and stand in between; going back in time changes nothing."""
    model = MarketModel(catalogue, reference, 5, start)
    first = model.true_values()
    assert not model.advance(start + HOUR - 1)
    assert model.true_values() == first
    assert model.advance(start + HOUR)
    moved = model.true_values()
    assert moved != first
    assert not model.advance(start)
    assert model.true_values() == moved


def test_values_are_in_the_numeraires_unit(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """The numeraire's own basket is worth one unit: its weighted log-values with amounts add up to 0."""
    model = MarketModel(catalogue, reference, 5, start)
    model.advance(start + 10 * DAY)
    values = model.true_values()
    unit = sum(
        money.weight * math.log(values[catalogue.slug(money.item)] * money.amount)
        for money in catalogue.numeraire
    )
    assert unit == pytest.approx(0.0, abs=1e-12)


def test_values_start_near_the_reference(catalogue: Catalogue, reference: Reference, start: int) -> None:
    """Listed items start at their reference value, perturbed by about a quarter in log."""
    values = MarketModel(catalogue, reference, 5, start).true_values()
    logs = [math.log(values[slug] / value) for slug, value in reference.values.items()]
    assert 0.2 < statistics.stdev(logs) < 0.3


def test_values_wander_two_percent_a_day_and_jump(
    catalogue: Catalogue, reference: Reference, start: int
) -> None:
    """Daily changes have a median of about 2 % of walk; over 60 days an item jumps about once."""
    model = MarketModel(catalogue, reference, 5, start)
    changes = []
    before = model.values
    for day in range(1, 61):
        model.advance(start + day * DAY)
        changes += [math.log(model.values[item] / before[item]) for item in model.items]
        before = model.values
    assert statistics.median(abs(change) for change in changes) == pytest.approx(0.02 * 0.6745, rel=0.15)
    jumps = sum(abs(change) > 0.15 for change in changes)
    assert 0.4 * len(model.items) < jumps < 0.9 * len(model.items)


def test_other_games_need_no_reference(other_game: Catalogue, start: int) -> None:
    """Without any listed value, money is worth about its amounts, and other items something drawn."""
    values = MarketModel(other_game, None, 5, start).true_values()
    assert set(values) == {"gold", "silver", "hat"}
    assert 3.0 < values["gold"] / values["silver"] < 30.0
    assert 0.01 < values["hat"] < 10_000.0


def test_money_comes_first(catalogue: Catalogue) -> None:
    """People pay with the change items, dearest first, and the numeraire's other members."""
    slugs = [catalogue.slug(item) for item in money_items(catalogue)]
    assert slugs == [
        "all-seeing-eye",
        "mythical-fruit-chest",
        "legendary-fruit-chest",
        "rare-fruit-chest",
        "pika",
    ]


def test_popular_items_are_the_most_quoted(catalogue: Catalogue, reference: Reference) -> None:
    """A smaller market trades the most quoted items."""
    ranked = popular_items(catalogue, reference)
    assert len(ranked) == len(catalogue)
    assert [catalogue.slug(item) for item in popular_items(catalogue, reference, 7)[5:]] == [
        "dark-blade",
        "all-seeing-blossom",
    ]
    assert popular_items(catalogue, reference, 10_000) == ranked


def test_the_numeraire_is_always_traded(catalogue: Catalogue, reference: Reference) -> None:
    """However few items are asked for, the numeraire's are there, for values need a unit."""
    numeraire = {member.item for member in catalogue.numeraire}
    assert set(popular_items(catalogue, reference, 1)) == numeraire
    assert len(popular_items(catalogue, reference, 5)) == 5
    assert numeraire < set(popular_items(catalogue, reference, 5))


def test_retired_items_are_not_traded(other_game: Catalogue) -> None:
    """A retired item is no part of the market."""
    assert other_game.number("old") not in popular_items(other_game, None)


def test_a_market_of_nothing_is_refused(catalogue: Catalogue) -> None:
    """A market needs at least one item."""
    with pytest.raises(ValueError, match="at least 1 item, not 0"):
        popular_items(catalogue, None, 0)


def walked(movement: Movement, days: int, start: int) -> list[list[float]]:
    """Give the log-values of a made-up market at each day's beginning."""
    model = MarketModel(made_up_catalogue(300), None, 5, start, movement=movement)
    found = [[math.log(value) for value in model.values.values()]]
    for day in range(1, days + 1):
        model.advance(start + day * DAY)
        found.append([math.log(value) for value in model.values.values()])
    return found


def changes(found: list[list[float]], first: int, last: int) -> list[float]:
    """Give how far each item moved between two days."""
    return [after - before for before, after in zip(found[first], found[last], strict=True)]


@pytest.mark.parametrize("volatility", [0.0, 0.5, 2.0])
def test_volatility_scales_the_walk(start: int, volatility: float) -> None:
    """Every item's steps are those of the usual walk, times the factor."""
    usual = changes(walked(Movement(jumps=False), 1, start), 0, 1)
    scaled = changes(walked(Movement(volatility, jumps=False), 1, start), 0, 1)
    assert scaled == pytest.approx([volatility * change for change in usual], abs=1e-9)


def test_each_items_volatility_can_be_told(start: int) -> None:
    """The daily sd of items lies around 2 % and explains how far they walk."""
    model = MarketModel(made_up_catalogue(300), None, 5, start)
    deviations = model.daily_volatility
    assert statistics.median(deviations.tolist()) == pytest.approx(0.02, rel=0.1)
    moved = changes(walked(Movement(jumps=False), 1, start), 0, 1)
    scaled = [change / deviation for change, deviation in zip(moved, deviations, strict=True)]
    assert statistics.stdev(scaled) == pytest.approx(1.0, abs=0.1)


def test_without_jumps_nothing_jumps(start: int) -> None:
    """In 30 days no item moves further in a day than a walk can."""
    found = walked(Movement(jumps=False), 30, start)
    assert max(abs(change) for day in range(30) for change in changes(found, day, day + 1)) < 0.2


def test_a_trend_persists_and_dies_down(start: int) -> None:
    """Moves of neighbouring weeks go the same way, those further apart than the memory less so."""
    found = walked(Movement(volatility=0.0, trend=0.01, jumps=False), 60, start)
    first, next_week, late = changes(found, 0, 7), changes(found, 7, 14), changes(found, 53, 60)
    assert statistics.stdev(first) == pytest.approx(0.07, rel=0.2)
    assert statistics.correlation(first, next_week) == pytest.approx(math.exp(-7 / TREND_DAYS), abs=0.15)
    assert statistics.correlation(first, late) < 0.3


def test_reversion_holds_values_near_their_beginning(start: int) -> None:
    """Log-values settle at the spread of an Ornstein-Uhlenbeck process instead of wandering off."""
    free = walked(Movement(jumps=False), 60, start)
    held = walked(Movement(reversion=0.2, jumps=False), 60, start)
    assert statistics.stdev(changes(free, 0, 60)) > 0.12
    assert statistics.stdev(changes(held, 0, 60)) == pytest.approx(0.0215 / math.sqrt(0.4), rel=0.2)


def test_log_values_are_those_of_the_truth(start: int) -> None:
    """As an array they tell what the true values by slug tell."""
    catalogue = made_up_catalogue(30)
    model = MarketModel(catalogue, None, 5, start)
    values = [model.true_values()[catalogue.slug(item)] for item in model.items]
    assert [math.exp(value) for value in model.log_values.tolist()] == pytest.approx(values)


@pytest.mark.parametrize("fields", [{"volatility": -1.0}, {"trend": math.nan}, {"reversion": math.inf}])
def test_what_is_no_movement_is_refused(fields: dict[str, float]) -> None:
    """Sizes are finite and not negative."""
    with pytest.raises(ValueError, match="finite numbers, not below 0"):
        Movement(**fields)  # type: ignore[arg-type] # the sizes are all floats
