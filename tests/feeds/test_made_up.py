"""Item lists of a game that does not exist."""

import math

import pytest

from gpo_market.events.readings import Leg
from gpo_market.feeds.made_up import FEWEST_ITEMS, MONEY_AMOUNTS, MOST_ITEMS, made_up_catalogue
from gpo_market.feeds.market_model import MarketModel, money_items, popular_items
from gpo_market.feeds.spellings import within
from gpo_market.language.checking import check_catalogue
from tests.readers import Parser


def test_no_slip_turns_one_name_into_another() -> None:
    """Any two of 400 names differ in more than two letters."""
    words = [item.name.lower() for item in made_up_catalogue(400).items]
    assert len(set(words)) == 400
    assert not any(within(word, other, 2) for place, word in enumerate(words) for other in words[:place])


def test_names_are_no_words_of_the_trade() -> None:
    """Nothing about a list of 400 is ambiguous, unreadable or near to anything else."""
    assert check_catalogue(made_up_catalogue(400)) == ()


def test_names_can_be_read() -> None:
    """A post that names made-up items is read as meant, in any case."""
    catalogue = made_up_catalogue(240)
    names = [catalogue.items[number].name for number in (5, 120, 239)]
    (quote,) = Parser(catalogue).parse(f"2 {names[0]} + {names[1].lower()} for {names[2].upper()}").quotes
    assert set(quote.give) == {Leg(5, 2.0), Leg(120, 1.0)}
    assert quote.want == (Leg(239, 1.0),)


def test_a_longer_list_begins_as_a_shorter_one() -> None:
    """Item numbers mean the same items in lists of any length."""
    short, long = made_up_catalogue(20), made_up_catalogue(240)
    assert [item.slug for item in long.items[:20]] == [item.slug for item in short.items]
    assert short.content_hash != long.content_hash


def test_money_comes_first_and_makes_the_unit() -> None:
    """The first four items are money, in the amounts that make a unit; the rest follow by popularity."""
    catalogue = made_up_catalogue(50)
    assert [(money.item, money.amount) for money in catalogue.numeraire] == list(enumerate(MONEY_AMOUNTS))
    assert money_items(catalogue) == (0, 1, 2, 3)
    assert popular_items(catalogue, None) == tuple(range(50))


def test_values_follow_the_law_of_unlisted_items(start: int) -> None:
    """Goods are worth between a tenth and a thousand units, but for the first perturbation."""
    values = MarketModel(made_up_catalogue(400), None, 5, start).values
    logs = [math.log10(values[item]) for item in range(4, 400)]
    assert sum(-1.0 <= value <= 3.0 for value in logs) > 360
    assert sum(logs) / len(logs) == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize("items", [FEWEST_ITEMS - 1, MOST_ITEMS + 1])
def test_lists_beyond_the_names_are_refused(items: int) -> None:
    """Too few items make no market, and names run out."""
    with pytest.raises(ValueError, match=f"5 to 1681 items, not {items}"):
        made_up_catalogue(items)
