"""A pump in the simulated market."""

import math
import statistics
from collections.abc import Callable
from typing import Any

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY
from gpo_market.feeds.pumping import Pump
from gpo_market.feeds.simulation import SimulatedPost, Simulation

Simulate = Callable[..., Simulation]
PUMP = Pump("candy-cane", begins=2.0, ends=4.0)


@pytest.fixture
def pumped(simulate: Simulate, start: int) -> list[SimulatedPost]:
    """All posts of six days with a pump on the third and fourth."""
    return list(simulate(pump=PUMP).written(start + 6 * DAY))


def test_a_pump_posts_in_its_days(pumped: list[SimulatedPost], start: int) -> None:
    """Five accounts post about twenty times a day each, on the days named and no other."""
    found = [entry for entry in pumped if entry.pump]
    assert len(found) == pytest.approx(200, abs=45)
    assert all(start + 2 * DAY < entry.time < start + 4 * DAY for entry in found)
    assert {entry.poster for entry in found} == {400, 401, 402, 403, 404}


def test_its_accounts_are_new(pumped: list[SimulatedPost], start: int) -> None:
    """The ids of the pump's accounts tell that they were made three days before they began."""
    events = [entry.event for entry in pumped if entry.pump]
    created = {event.author_created for event in events if isinstance(event, RawPost)}
    assert len(created) == 5
    assert all(0 <= made - (start - DAY) < DAY for made in created)


def test_it_says_that_one_item_is_worth_more(pumped: list[SimulatedPost], catalogue: Catalogue) -> None:
    """Sellers ask, and buyers bid, about e to 0.4 times its value for the item; every post names it."""
    item = catalogue.number("candy-cane")
    implied = []
    for entry in pumped:
        if not entry.pump:
            continue
        assert entry.outlier
        assert entry.meant is not None
        (quote,), (truth,) = entry.meant.quotes, entry.truths
        sells = any(leg.item == item for leg in quote.give)
        assert sells != any(leg.item == item for leg in quote.want)
        implied.append(truth.asked if sells else -truth.asked)
    assert statistics.median(implied) == pytest.approx(0.40, abs=0.03)


def test_all_other_posts_stay_as_they_are(
    simulate: Simulate, pumped: list[SimulatedPost], start: int
) -> None:
    """A market with a pump is the same market otherwise, but for a few milliseconds."""
    clean = [entry.meant for entry in simulate().written(start + 6 * DAY)]
    assert [entry.meant for entry in pumped if not entry.pump] == clean


def test_a_market_entered_during_a_pump_goes_on_with_it(simulate: Simulate, start: int) -> None:
    """Whoever changes the pace in the middle skips what the pump would have posted before."""
    simulation = simulate(pump=PUMP)
    simulation.pace(500.0, start + 3 * DAY)
    found = [entry for entry in simulation.written(start + 6 * DAY) if entry.pump]
    assert found
    assert all(entry.time >= start + 3 * DAY for entry in found)


def test_an_item_that_is_not_traded_cannot_be_pumped(simulate: Simulate) -> None:
    """Neither one the list lacks nor one outside a smaller market."""
    for item, items in (("nonsense", None), ("candy-cane", 6)):
        with pytest.raises(ValueError, match=f"no item '{item}' is traded"):
            simulate(pump=Pump(item), items=items)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"accounts": 0}, "at least 1 account"),
        ({"posts_per_day": 0.0}, "posts per day above 0"),
        ({"size": math.inf}, "a finite size"),
        ({"begins": 5.0, "ends": 5.0}, "ends after it began"),
        ({"begins": -1.0}, "begins on day 0 or later"),
        ({"account_days": -1.0}, "accounts made before"),
    ],
)
def test_what_is_no_pump_is_refused(fields: dict[str, Any], message: str) -> None:
    """A pump has accounts, posts, a finite size, a beginning and an end."""
    with pytest.raises(ValueError, match=message):
        Pump("candy-cane", **fields)
