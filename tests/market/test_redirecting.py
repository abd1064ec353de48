"""Quotes over merged items."""

from gpo_market.events.readings import AmbiguousLeg, Leg, QuoteReading
from gpo_market.market.redirecting import redirected

SURVIVORS = (0, 1, 1, 3, 0)


def test_a_quote_of_unmerged_items_stays_the_very_same() -> None:
    """Nothing is made anew."""
    quote = QuoteReading(
        (Leg(0, 1.0),), (Leg(3, 2.0),), ambiguous=(AmbiguousLeg("x", (1, 3), 1.0, gives=True),)
    )
    assert redirected(quote, SURVIVORS) is quote


def test_mentions_that_become_one_item_add_up() -> None:
    """In the order they were first named, with all marks of the quote kept."""
    quote = QuoteReading((Leg(2, 1.0), Leg(3, 1.0), Leg(1, 2.0)), (Leg(4, 5.0),), want_adds=True)
    expected = QuoteReading((Leg(1, 3.0), Leg(3, 1.0)), (Leg(0, 5.0),), want_adds=True)
    assert redirected(quote, SURVIVORS) == expected


def test_an_ambiguous_mention_is_settled_when_its_readings_become_one() -> None:
    """On the side it stands on; others keep what is left of them."""
    quote = QuoteReading(
        (Leg(3, 1.0),),
        (),
        ambiguous=(
            AmbiguousLeg("a", (1, 2), 2.0, gives=False),
            AmbiguousLeg("b", (1, 2, 3), 1.0, gives=True),
            AmbiguousLeg("c", (2, 1), 1.0, gives=True),
        ),
    )
    assert redirected(quote, SURVIVORS) == QuoteReading(
        (Leg(3, 1.0), Leg(1, 1.0)), (Leg(1, 2.0),), ambiguous=(AmbiguousLeg("b", (1, 3), 1.0, gives=True),)
    )
