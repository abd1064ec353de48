"""Verdicts as people see them."""

import io
import json

import pytest
from rich.console import Console

from gpo_market.catalogue import Catalogue, read_catalogue, read_reference
from gpo_market.cli.verdicts import show_verdicts
from gpo_market.cli.wiring import reference_market
from gpo_market.events.facts import CatalogueChanged, MarketOpened
from gpo_market.language import Parser
from gpo_market.market.state import Market
from gpo_market.views.fair import Perspective, fair_answer


def described(slug: str, name: str, value: float | None = None) -> dict[str, object]:
    """Describe an item, with a value or without."""
    reference = {"reference": {"value": value, "as_of": "2026-10-01", "quotes": 5}} if value else {}
    return {"slug": slug, "name": name, **reference}


LIST = json.dumps(
    {
        "items": [
            described("coin", "Coin", 1.0),
            described("ruby", "Ruby", 10.0),
            described("opal", "Opal [/]"),
        ],
        "numeraire": [{"item": "coin"}],
        "change": ["coin"],
    }
).encode()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Give a list of two valued items and one that is not."""
    return read_catalogue(LIST, "list.json")


@pytest.fixture(scope="module")
def market(catalogue: Catalogue) -> Market:
    """Give a market on the list's own values."""
    return reference_market(catalogue, read_reference(LIST, "list.json"))


def shown(market: Market, text: str, perspective: Perspective = "poster") -> str:
    """Judge a trade and give what is printed, as one line."""
    assert market.catalogue is not None
    out = io.StringIO()
    answer = fair_answer(market, Parser(market.catalogue), text, perspective)
    show_verdicts(Console(file=out, width=200), answer, market)
    return " ".join(out.getvalue().replace("│", " ").split())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1 coin for ruby", "WIN for the poster"),
        ("ruby for 1 coin", "LOSS for the poster"),
        ("ruby for ruby", "FAIR for the poster"),
        ("opal for ruby", "UNCERTAIN for the poster"),
    ],
)
def test_the_verdict_stands_in_the_title(market: Market, text: str, title: str) -> None:
    """Each verdict is named with the side it is for."""
    assert title in shown(market, text)


def test_both_sides_are_shown_with_their_worth_and_range(market: Market) -> None:
    """Who judges reads what they give, what they get, and how sure that is."""
    text = shown(market, "2 ruby + coin for 5 coin", "taker")
    assert "you give 5 Coin worth 5 Coin (" in text
    assert "you get 2 Ruby + 1 Coin" in text
    assert " … " in text
    assert "win 9" in text


def test_an_open_side_and_an_item_without_value_are_said(market: Market) -> None:
    """There is no number where nothing is known."""
    assert "you get (open) worth unknown" in shown(market, "ruby for offers")
    assert "Opal [/] worth unknown" in shown(market, "opal for ruby")


def test_large_numbers_are_written_out(market: Market) -> None:
    """Quantities and ranges are never in powers of ten."""
    text = shown(market, "1.5m coin for 20k ruby")
    assert "1,500,000 Coin" in text
    assert "20,000 Ruby" in text
    assert "e+" not in text


def test_a_basket_too_cheap_for_any_change_is_told_in_the_unit() -> None:
    """Less than half the cheapest coin has a number all the same."""
    cheap = json.loads(LIST)
    cheap["items"][2] = described("opal", "Opal", 0.1)
    body = json.dumps(cheap).encode()
    market = reference_market(read_catalogue(body, "list.json"), read_reference(body, "list.json"))
    assert "you give 1 Opal worth 0.1 (" in shown(market, "opal for ruby")


def test_what_was_not_understood_is_named(market: Market) -> None:
    """Words nobody knows are listed as they were written."""
    assert "Not understood: galaxy umbrella" in shown(market, "ruby + galaxy umbrella for coin")


def test_text_without_a_trade_says_what_it_was_taken_for(market: Market) -> None:
    """The kind of post is named."""
    assert shown(market, "good morning") == "No trade was read in this (chatter)."


def test_a_simulated_market_says_so_first(catalogue: Catalogue) -> None:
    """Nobody takes its numbers for real ones."""
    market = Market()
    market.step(1, MarketOpened(1, 1, 1, simulated=True))
    adopted = CatalogueChanged(2, 1, 1, "", "hash", catalogue.items, catalogue.numeraire, catalogue.change)
    market.step(2, adopted)
    assert shown(market, "coin for ruby").startswith("simulated market: these numbers are not real")
