"""Verdicts on trades written as posts."""

import json
from math import isclose, isfinite

import pytest

from gpo_market.catalogue import Catalogue, read_catalogue
from gpo_market.events.facts import CatalogueChanged, MarketOpened, PostRecorded, ReferenceLoaded
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.language import Parser
from gpo_market.market.layout import GAIN
from gpo_market.market.state import Market
from gpo_market.views.fair import Perspective, fair_answer
from gpo_market.views.models import FairAnswer, Verdict

START = 1_767_225_600_000_000
COIN, CHEST, BOAT, BAIT, GEM, RELIC = range(6)
REFERENCE = ((COIN, 1.0), (CHEST, 10.0), (BOAT, 30.0), (BAIT, 0.2), (GEM, 90.0))
LIST = {
    "game": "Test Seas",
    "numeraire": [{"item": "coin"}],
    "change": ["chest", "coin"],
    "items": [
        {"slug": "coin", "name": "Coin"},
        {"slug": "chest", "name": "Chest"},
        {"slug": "flower-boat", "name": "Flower Boat", "aliases": ["fb"]},
        {"slug": "fish-bait", "name": "Fish Bait", "aliases": ["fb"]},
        {"slug": "gem", "name": "Gem"},
        {"slug": "relic", "name": "Relic"},
    ],
}
SIDES: tuple[Perspective, Perspective] = ("poster", "taker")


@pytest.fixture(scope="module")
def listing() -> Catalogue:
    """Give a list of five items that have values and one, the relic, that has none."""
    return read_catalogue(json.dumps(LIST).encode(), "test.json")


@pytest.fixture(scope="module")
def parser(listing: Catalogue) -> Parser:
    """Give the parser of that list."""
    return Parser(listing)


def open_market(listing: Catalogue, *, simulated: bool = False) -> Market:
    """Open a market on that list which has heard nothing."""
    market = Market()
    market.step(1, MarketOpened(1, START, START, simulated))
    market.step(
        2,
        CatalogueChanged(
            2,
            START,
            START,
            listing.game,
            listing.content_hash,
            listing.items,
            listing.numeraire,
            listing.change,
        ),
    )
    return market


@pytest.fixture(scope="module")
def market(listing: Catalogue) -> Market:
    """Give a market whose values rest on a reference list."""
    market = open_market(listing)
    market.step(3, ReferenceLoaded(3, START, START, "somewhere", START, REFERENCE))
    return market


def say(market: Market, seq: int, quote: QuoteReading) -> None:
    """Let somebody offer something."""
    time = START + seq * 1_000_000
    market.step(seq, PostRecorded(seq, time, time, 1, 1, seq, 2800, seq, 0, 0, 0, Kind.OFFER, (quote,), 2, 1))


def only(answer: FairAnswer) -> Verdict:
    """Give the one verdict of an answer."""
    (verdict,) = answer.verdicts
    return verdict


@pytest.mark.parametrize(
    ("text", "poster", "taker"),
    [
        ("coin for gem", "win", "lose"),
        ("gem for coin", "lose", "win"),
        ("gem for gem", "fair", "fair"),
        ("2 chest for 2 chest", "fair", "fair"),
    ],
)
def test_a_win_for_one_side_is_a_loss_for_the_other(
    market: Market, parser: Parser, text: str, poster: str, taker: str
) -> None:
    """Each side is told what it gives and gets, and the chances mirror."""
    verdicts = [only(fair_answer(market, parser, text, side)) for side in SIDES]
    one, other = verdicts
    assert [verdict.verdict for verdict in verdicts] == [poster, taker]
    assert [verdict.perspective for verdict in verdicts] == list(SIDES)
    assert (one.give, one.get) == (other.get, other.give)
    assert one.edge is not None
    assert other.edge is not None
    assert isclose(one.edge, -other.edge, abs_tol=1e-12)
    assert one.win is not None
    assert one.fair is not None
    assert one.lose is not None
    assert other.lose is not None
    assert isclose(one.win, other.lose)
    assert isclose(one.win + one.fair + one.lose, 1.0)


def test_each_side_has_its_items_value_interval_and_change(market: Market, parser: Parser) -> None:
    """A basket is told as it is paid."""
    side = only(fair_answer(market, parser, "2 chest + coin for gem", "poster")).give
    assert [(line.item, line.quantity) for line in side.items] == [("chest", 2.0), ("coin", 1.0)]
    assert side.value is not None
    assert side.low is not None
    assert side.high is not None
    assert isclose(side.value, 21.0, rel_tol=1e-6)
    assert side.low < side.value < side.high
    assert side.pay == "2 Chest + 1 Coin"


@pytest.mark.parametrize(
    ("text", "poster", "taker"),
    [
        ("coin + adds for gem", "uncertain", "uncertain"),
        ("gem + adds for coin", "lose", "win"),
        ("gem + adds for gem", "uncertain", "uncertain"),
        ("coin for gem + adds", "win", "lose"),
        ("gem for coin + adds", "uncertain", "uncertain"),
        ("gem for gem + adds", "uncertain", "uncertain"),
        ("coin + adds for gem + adds", "uncertain", "uncertain"),
        ("gem + adds for coin + adds", "uncertain", "uncertain"),
    ],
)
def test_adds_leave_only_a_verdict_they_cannot_overturn(
    market: Market, parser: Parser, text: str, poster: str, taker: str
) -> None:
    """A basket with adds is worth at least what is listed: a win stands if they add, a loss if you add."""
    verdicts = [only(fair_answer(market, parser, text, side)).verdict for side in SIDES]
    assert verdicts == [poster, taker]


@pytest.mark.parametrize(
    ("text", "perspective", "words"),
    [
        ("coin + adds for gem", "poster", "You add something on top"),
        ("coin + adds for gem", "taker", "They add something on top"),
        ("coin for gem + adds", "poster", "They add something on top"),
        ("coin for gem + adds", "taker", "You add something on top"),
        ("coin + adds for gem + adds", "taker", "Both sides add something on top"),
    ],
)
def test_who_adds_is_said_from_the_side_that_asks(
    market: Market, parser: Parser, text: str, perspective: Perspective, words: str
) -> None:
    """The numbers are those of what is listed, and the reason says so."""
    verdict = only(fair_answer(market, parser, text, perspective))
    assert verdict.reason.endswith(f"{words} that is not counted.")
    assert verdict.edge is not None


@pytest.mark.parametrize("text", ["gem for offers", "LF gem"])
def test_an_open_side_leaves_nothing_to_compare(market: Market, parser: Parser, text: str) -> None:
    """The side that is named has its value all the same."""
    verdict = only(fair_answer(market, parser, text, "poster"))
    assert (verdict.verdict, verdict.edge, verdict.win) == ("uncertain", None, None)
    assert "open" in verdict.reason
    values = {verdict.give.value is None, verdict.get.value is None}
    assert values == {True, False}


def test_words_nobody_knows_keep_the_verdict_back(market: Market, parser: Parser) -> None:
    """They are named, and what is left of the trade has no chances although both sides have values."""
    answer = fair_answer(market, parser, "coin + galaxy umbrella for gem", "poster")
    verdict = only(answer)
    assert verdict.verdict == "uncertain"
    assert verdict.reason == "Not everything was understood: galaxy umbrella."
    assert (verdict.edge, verdict.win, verdict.fair, verdict.lose) == (None, None, None, None)
    assert answer.read.unknown == ("galaxy umbrella",)
    assert answer.read.quotes[0].complete is False


def test_an_item_without_a_value_keeps_the_verdict_back(market: Market, parser: Parser) -> None:
    """It is named as what it is: nothing says what it is worth."""
    verdict = only(fair_answer(market, parser, "relic for gem", "poster"))
    assert (verdict.verdict, verdict.basis) == ("uncertain", "none")
    assert verdict.reason == "Nothing says yet what Relic is worth."
    assert (verdict.give.value, verdict.give.pay) == (None, None)
    assert [line.item for line in verdict.give.items] == ["relic"]


def test_a_quantity_beyond_reason_is_still_judged_in_numbers(market: Market, parser: Parser) -> None:
    """However much is written, values stay finite and the verdict is that of very much."""
    verdict = only(fair_answer(market, parser, f"{'9' * 400} gem for coin", "poster"))
    assert verdict.verdict == "lose"
    assert verdict.give.value is not None
    assert isfinite(verdict.give.value)


def test_an_ambiguous_word_is_judged_as_what_balances(market: Market, parser: Parser) -> None:
    """The one reading that makes sense of the trade is taken, in what was read and in the verdict."""
    answer = fair_answer(market, parser, "fb for 3 chest", "poster")
    assert [line.item for line in only(answer).give.items] == ["flower-boat"]
    assert [leg.item for leg in answer.read.quotes[0].give] == ["flower-boat"]
    assert only(answer).win is not None


def test_an_ambiguous_word_that_nothing_settles_is_not_understood(market: Market, parser: Parser) -> None:
    """It is named, with a note on why."""
    answer = fair_answer(market, parser, "fb for coin", "poster")
    verdict = only(answer)
    assert verdict.verdict == "uncertain"
    assert verdict.reason == "Not everything was understood: fb."
    assert answer.read.unknown == ("fb",)
    assert "several items" in answer.read.notes[0]


def test_every_quote_gets_its_verdict(market: Market, parser: Parser) -> None:
    """Alternatives and second offers are judged one by one, in reading order."""
    answer = fair_answer(market, parser, "coin for gem, gem for coin", "poster")
    assert [verdict.verdict for verdict in answer.verdicts] == ["win", "lose"]
    answer = fair_answer(market, parser, "W: coin or gem H: chest", "poster")
    assert len(answer.verdicts) == len(answer.read.quotes) == 2


@pytest.mark.parametrize("text", ["", "good morning", "selling gem for 5 dollars paypal"])
def test_text_without_a_trade_has_no_verdict(market: Market, parser: Parser, text: str) -> None:
    """What it was taken for is told."""
    answer = fair_answer(market, parser, text, "poster")
    assert answer.verdicts == ()
    assert answer.read.kind in {"chatter", "cash"}


def test_the_basis_is_the_weakest_of_the_items(listing: Catalogue, parser: Parser) -> None:
    """Quotes make a verdict rest on quotes; one item from the reference list makes it rest on that."""
    market = open_market(listing)
    market.step(3, ReferenceLoaded(3, START, START, "somewhere", START, REFERENCE))
    for seq in range(4, 24):
        say(market, seq, QuoteReading((Leg(COIN, 10.0),), (Leg(CHEST, 1.0),)))
    quoted = only(fair_answer(market, parser, "30 coin for chest", "poster"))
    assert (quoted.basis, quoted.verdict) == ("quotes", "lose")
    assert "reference list" not in quoted.reason
    mixed = only(fair_answer(market, parser, "coin for gem", "poster"))
    assert mixed.basis == "reference"
    assert "going by the reference list" in mixed.reason


def test_a_simulated_market_says_so(market: Market, listing: Catalogue, parser: Parser) -> None:
    """Every answer bears its market's origin."""
    assert fair_answer(market, parser, "coin for gem", "poster").simulated is False
    simulated = open_market(listing, simulated=True)
    assert fair_answer(simulated, parser, "coin for gem", "poster").simulated is True


def test_judging_changes_nothing(listing: Catalogue, parser: Parser) -> None:
    """A question is no evidence."""
    market = open_market(listing)
    market.step(3, ReferenceLoaded(3, START, START, "somewhere", START, REFERENCE))
    before = market.valuation.bank.arrays.filters[:, :GAIN].tolist()
    fair_answer(market, parser, "coin for gem, gem for coin", "taker")
    assert market.valuation.bank.arrays.filters[:, :GAIN].tolist() == before


def traded(listing: Catalogue) -> Market:
    """Open a market in which deals have shown that a chest is worth 10 coins, a gem 90 and a boat 34."""
    market = open_market(listing)
    seq = 3
    for _ in range(40):
        for item, worth in ((CHEST, 10.0), (GEM, 90.0), (BOAT, 34.0)):
            for give, want in ((item, COIN), (COIN, item)):
                given, wanted = (Leg(each, worth if each == COIN else 1.0) for each in (give, want))
                time = START + seq * 1_000_000
                quote = QuoteReading((given,), (wanted,))
                fact = PostRecorded(seq, time, time, 1, 1, seq, 2800, seq, 0, 0, 0, Kind.DEAL, (quote,), 2, 1)
                market.step(seq, fact)
                seq += 1
    return market


@pytest.mark.parametrize(
    ("text", "perspective", "side", "says"),
    [
        ("gem for flower boat", "poster", "they", "ask for 5 Chest + 6 Coin more"),
        ("gem for flower boat", "taker", "you", "add 5 Chest + 6 Coin to make it fair"),
        ("gem for flower boat + adds", "poster", "they", "their adds should come to 5 Chest + 6 Coin"),
        ("gem for flower boat + adds", "taker", "you", "your adds come to 5 Chest + 6 Coin in a fair trade"),
    ],
)
def test_a_trade_that_is_off_says_what_would_make_it_fair(
    listing: Catalogue, parser: Parser, text: str, perspective: Perspective, side: str, says: str
) -> None:
    """Whoever does better adds change, from whichever side it is told; adds that were promised are that."""
    verdict = only(fair_answer(traded(listing), parser, text, perspective))
    assert verdict.adjust is not None
    assert (verdict.adjust.side, verdict.adjust.text) == (side, says)
    assert [(line.item, line.quantity) for line in verdict.adjust.items] == [("chest", 5.0), ("coin", 6.0)]
    assert verdict.adjust.verdict == "fair"
    assert abs(verdict.adjust.edge) < 0.02
    assert verdict.adjust.fair > 0.5


@pytest.mark.parametrize(
    "text", ["gem for 9 chest", "gem for flower boat + my adds", "gem for zorbzorb sword", "gem"]
)
def test_a_trade_that_needs_nothing_or_cannot_be_told_has_no_proposal(
    listing: Catalogue, parser: Parser, text: str
) -> None:
    """A fair trade, one where the side that should get more adds, or one not understood gets none."""
    answer = fair_answer(traded(listing), parser, text, "poster")
    assert [verdict.adjust for verdict in answer.verdicts if verdict.adjust is not None] == []
