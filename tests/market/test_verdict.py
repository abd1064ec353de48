"""Win, fair, lose or uncertain."""

from collections.abc import Callable
from math import isclose, log

import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, Leg
from gpo_market.events.time import DAY
from gpo_market.market.chances import chances
from gpo_market.market.mixture import EQUAL
from gpo_market.market.valuation import Circumstances, Valuation
from gpo_market.market.verdict import judge

NOBODY = Circumstances(poster=0, account_week=-1, time=0)
B, C = (Leg(1, 1.0),), (Leg(2, 1.0),)


@pytest.fixture
def valuation(new_list: Callable[..., Catalogue]) -> Valuation:
    """Give a market where item 1 is worth about 6 of item 0, and nobody knows item 2."""
    made = Valuation()
    made.adopt(new_list(3))
    for _ in range(80):
        for give, want in (((Leg(0, 5.5),), B), (B, (Leg(0, 6.5),))):
            terms = made.terms(give, want)
            assert terms is not None
            made.observe(terms, Kind.OFFER, EQUAL, NOBODY)
    made.refresh()
    return made


@pytest.mark.parametrize(("paid", "verdict"), [(3.0, "win"), (6.0, "fair"), (12.0, "lose")])
def test_verdict_follows_the_values(valuation: Valuation, paid: float, verdict: str) -> None:
    """Giving half the value is a win, about the value fair, twice the value a loss."""
    judgement = judge(valuation, give=(Leg(0, paid),), get=B)
    assert judgement.verdict == verdict
    assert judgement.edge is not None
    assert abs(judgement.edge - log(6.0 / paid)) < 0.05
    assert judgement.basis == "quotes"


def test_probabilities_add_up_and_mirror(valuation: Valuation) -> None:
    """The three chances make one, and the other side's win is this side's loss."""
    one, other = judge(valuation, (Leg(0, 5.0),), B), judge(valuation, B, (Leg(0, 5.0),))
    assert one.win is not None
    assert one.fair is not None
    assert one.lose is not None
    assert other.lose is not None
    assert isclose(one.win + one.fair + one.lose, 1.0)
    assert isclose(one.win, other.lose)


def test_shared_errors_cancel(valuation: Valuation) -> None:
    """Trading an item for itself is exactly even, however unsure its value is."""
    judgement = judge(valuation, B, B)
    assert (judgement.edge, judgement.sd, judgement.verdict) == (0.0, 0.0, "fair")


def test_reason_is_one_sentence_with_numbers(valuation: Valuation) -> None:
    """The reason says how much more or less is got, and how certain the verdict is."""
    assert judge(valuation, B, (Leg(0, 3.0),)).reason.startswith(
        "You get about 50 % less than you give: a loss with"
    )
    assert "99 % more than you give: a win with" in judge(valuation, (Leg(0, 3.0),), B).reason
    assert (
        judge(valuation, B, B).reason
        == "You get about as much as you give: a fair trade with 100 % certainty."
    )


def test_an_item_without_value_leaves_it_uncertain(valuation: Valuation) -> None:
    """Nothing is said of a trade that holds an unknown item, and the item is named."""
    judgement = judge(valuation, B, C)
    assert (judgement.verdict, judgement.edge, judgement.win, judgement.basis) == (
        "uncertain",
        None,
        None,
        "none",
    )
    assert judgement.reason == "Nothing says yet what Item 2 is worth."


def test_an_open_side_or_an_insane_quantity_leaves_it_uncertain(valuation: Valuation) -> None:
    """Without two sides of sane numbers there is no verdict."""
    assert "open" in judge(valuation, B, ()).reason
    assert "beyond" in judge(valuation, B, (Leg(0, 1e300),)).reason


def test_reference_values_are_named_as_such(new_list: Callable[..., Catalogue]) -> None:
    """A verdict by the reference alone says so, and is unsure where the list is too wide to tell."""
    valuation = Valuation()
    valuation.adopt(new_list(2))
    valuation.load_reference([(0, 1.0), (1, 6.0)], 0.0)
    valuation.refresh()
    close, far = judge(valuation, B, (Leg(0, 6.0),)), judge(valuation, B, (Leg(0, 60.0),))
    assert close.verdict == "uncertain"
    assert close.reason.endswith("too unsure to tell, going by the reference list.")
    assert (far.verdict, far.basis) == ("win", "reference")


def test_a_stale_item_that_is_unsure_leaves_it_uncertain(new_list: Callable[..., Catalogue]) -> None:
    """However good the edge, a value of long ago with a wide interval is nothing to rest a verdict on."""
    valuation = Valuation()
    valuation.adopt(new_list(2))
    terms = valuation.terms((Leg(0, 6.0),), (Leg(1, 1.0),))
    assert terms is not None
    valuation.observe(terms, Kind.OFFER, EQUAL, Circumstances(0, -1, 1))
    for days in (0, 60):
        valuation.advance(1 + days * DAY)
    valuation.refresh()
    give = (Leg(0, 1.0),)
    assert judge(valuation, give, B).verdict == "win"
    stale = judge(valuation, give, B, {1: 60})
    assert stale.verdict == "uncertain"
    assert stale.reason.endswith("than you give, but Item 1 was last quoted 60 days ago.")
    assert judge(valuation, B, B, {1: 60}).verdict == "fair"


def test_a_stale_item_that_is_still_sure_keeps_its_verdict(valuation: Valuation) -> None:
    """As long as the interval is narrow it does not matter when an item was last quoted."""
    assert judge(valuation, (Leg(0, 3.0),), B, {1: 60}) == judge(valuation, (Leg(0, 3.0),), B)


def test_a_close_trade_of_sure_items_is_too_close_to_call(new_list: Callable[..., Catalogue]) -> None:
    """Where no item is to blame, an uncertain verdict says that the trade lies on the border."""
    valuation = Valuation()
    valuation.adopt(new_list(3))
    for _ in range(4):
        for legs in (B, C):
            terms = valuation.terms((Leg(0, 6.0),), legs)
            assert terms is not None
            valuation.observe(terms, Kind.DEAL, EQUAL, NOBODY)
    valuation.refresh()
    judgement = judge(valuation, B, (Leg(2, 1.08),))
    assert judgement.verdict == "uncertain"
    assert judgement.reason == "You get about 8 % more than you give, which is too close to call."


@pytest.mark.parametrize(
    ("premium", "words"),
    [
        (
            0.06,
            "You get about 50 % less than you give (many small items for a big one usually cost 6 % more)",
        ),
        (
            -0.06,
            "You get about 50 % less than you give (a big item for many small ones usually gets 6 % more)",
        ),
        (0.001, "You get about 50 % less than you give:"),
    ],
)
def test_a_size_premium_is_told_and_counted(
    valuation: Valuation, monkeypatch: pytest.MonkeyPatch, premium: float, words: str
) -> None:
    """What is usual for trades of these sizes stands in the reason, and shifts what is fair."""
    plain = judge(valuation, B, (Leg(0, 3.0),))
    monkeypatch.setattr(Valuation, "size_premium", lambda _valuation, _give, _get: premium)
    judgement = judge(valuation, B, (Leg(0, 3.0),))
    assert judgement.reason.startswith(words)
    assert (judgement.premium, judgement.edge) == (premium, plain.edge)
    assert plain.edge is not None
    assert plain.sd is not None
    assert (judgement.win, judgement.fair, judgement.lose) == chances(plain.edge + premium, plain.sd)
