"""What became of a quote as evidence."""

from collections.abc import Callable

import pytest

from gpo_market.events.readings import AmbiguousLeg, Kind, QuoteReading
from gpo_market.events.updates import Standing
from gpo_market.market.standing import CAPPED_SHARE, LATE, learned, left_out

MakeQuote = Callable[..., QuoteReading]


@pytest.mark.parametrize(
    ("kind", "marks", "standing"),
    [
        (Kind.OFFER, {}, None),
        (Kind.DEAL, {}, None),
        (Kind.OFFER, {"give_adds": True}, None),
        (Kind.QUESTION, {}, "question"),
        (Kind.QUESTION, {"complete": False}, "question"),
        (Kind.OFFER, {"complete": False}, "incomplete"),
        (Kind.OFFER, {"want_open": True}, "open"),
        (Kind.OFFER, {"give_open": True}, "open"),
    ],
)
def test_what_cannot_tell_a_value_says_why(
    quote: MakeQuote, kind: Kind, marks: dict[str, bool], standing: Standing | None
) -> None:
    """A question, a quote not understood and one with an open side are left out before anything is valued."""
    assert left_out(kind, quote({1: 1.0}, {0: 6.0}, **marks)) == standing


def test_a_side_of_nothing_and_a_mention_not_settled_are_left_out(quote: MakeQuote) -> None:
    """A side without items is open, and a mention that may be several items is not understood."""
    assert left_out(Kind.OFFER, quote({}, {0: 6.0})) == "open"
    assert left_out(Kind.OFFER, quote({1: 1.0}, {})) == "open"
    unsettled = QuoteReading((), (), ambiguous=(AmbiguousLeg("fb", (1, 2), 1.0, gives=True),))
    assert left_out(Kind.OFFER, unsettled) == "incomplete"


@pytest.mark.parametrize(
    ("weight", "capped", "age", "exact", "standing"),
    [
        (0.5, 1.0, 0, True, "counted"),
        (0.49, 1.0, 0, True, "outlier"),
        (0.9, 1.0, LATE, True, "counted"),
        (0.9, 1.0, LATE + 1, True, "late"),
        (0.1, 1.0, LATE + 1, True, "outlier"),
        (0.9, CAPPED_SHARE, 0, True, "counted"),
        (0.9, 0.9 * CAPPED_SHARE, 0, True, "capped"),
        (0.9, 0.0, LATE + 1, True, "late"),
        (0.9, 0.0, 0, False, "bound"),
        (0.9, 1.0, LATE + 1, False, "bound"),
        (0.1, 0.0, 0, False, "outlier"),
    ],
)
def test_what_was_learned_says_how(
    *, weight: float, capped: float, age: int, exact: bool, standing: Standing
) -> None:
    """Below one half it was an outlier; then come bounds, what is late, what the twin took little of."""
    assert learned(weight, capped * weight, age, exact=exact) == standing
