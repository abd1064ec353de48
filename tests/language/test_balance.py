"""Balance: values settle what an ambiguous alias means, or nothing does."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.readings import AmbiguousLeg, Leg, QuoteReading
from gpo_market.language.balance import MOST_COMBINATIONS, resolve

MC, BOUQUET, BOAT, BAIT, OTHER = range(5)
VALUES = {MC: 100.0, BOUQUET: 400.0, BOAT: 40.0, BAIT: 0.2}
Mention = Callable[..., AmbiguousLeg]


def test_a_plain_quote_stays_as_it_is() -> None:
    """Without an ambiguous mention there is nothing to resolve."""
    quote = QuoteReading((Leg(MC, 1),), (Leg(BOAT, 2),))
    assert resolve(quote, VALUES.get).quote is quote


@pytest.mark.parametrize(
    ("quantity", "mc", "item"),
    [(1.0, 4.0, BOUQUET), (2.0, 1.0, BOAT), (500.0, 1.0, BAIT)],
)
def test_the_balancing_reading_is_taken(quantity: float, mc: float, item: int, mention: Mention) -> None:
    """The reading that makes both sides about equal is the mention's, on its own side."""
    asked = mention(BOUQUET, BOAT, BAIT, quantity=quantity)
    quote = QuoteReading((), (Leg(MC, mc),), ambiguous=(asked,))
    assert resolve(quote, VALUES.get).quote == QuoteReading((Leg(item, quantity),), (Leg(MC, mc),))
    wanted = mention(BOUQUET, BOAT, BAIT, quantity=quantity, gives=False)
    quote = QuoteReading((Leg(MC, mc),), (), ambiguous=(wanted,))
    assert resolve(quote, VALUES.get).quote.want == (Leg(item, quantity),)


def test_a_resolved_mention_adds_to_its_item(mention: Mention) -> None:
    """The same item named plainly and ambiguously is one leg."""
    four = mention(BOUQUET, BAIT, quantity=4.0)
    quote = QuoteReading((Leg(BOUQUET, 1.0),), (Leg(MC, 20.0),), ambiguous=(four,))
    assert resolve(quote, VALUES.get).quote.give == (Leg(BOUQUET, 5.0),)


def test_the_same_alias_reads_the_same_twice(mention: Mention) -> None:
    """An alias on both sides has one reading in the quote."""
    both = (mention(BOUQUET, BAIT), mention(BOUQUET, BAIT, gives=False))
    quote = QuoteReading((), (Leg(MC, 0.001),), ambiguous=both)
    assert not resolve(quote, VALUES.get).quote.ambiguous


@pytest.mark.parametrize(
    "quote",
    [
        QuoteReading((), (Leg(MC, 1),), ambiguous=(AmbiguousLeg("fb", (BOUQUET, BOAT), 1.0, gives=True),)),
        QuoteReading((), (Leg(MC, 90),), ambiguous=(AmbiguousLeg("fb", (BOUQUET, BAIT), 1.0, gives=True),)),
        QuoteReading((), (Leg(MC, 4),), ambiguous=(AmbiguousLeg("fb", (BOUQUET, OTHER), 1.0, gives=True),)),
        QuoteReading(
            (),
            (Leg(MC, 4),),
            complete=False,
            ambiguous=(AmbiguousLeg("fb", (BOUQUET, BAIT), 1.0, gives=True),),
        ),
        QuoteReading((), (), ambiguous=(AmbiguousLeg("fb", (BOUQUET, BAIT), 1.0, gives=True),)),
    ],
    ids=["two fit", "none fits", "no value", "unknown beside", "nothing against"],
)
def test_an_unclear_mention_is_left_out(quote: QuoteReading) -> None:
    """When not exactly one reading fits clearly, the mention is unknown and the quote incomplete."""
    resolution = resolve(quote, VALUES.get)
    assert resolution.quote == QuoteReading((), quote.want, complete=False)
    assert resolution.unknown == ("fb",)
    assert "fb" in resolution.notes[0]


def test_an_open_entry_of_one_unclear_mention_vanishes(mention: Mention) -> None:
    """In an open list nothing is left of such an entry."""
    quote = QuoteReading((), (), want_open=True, ambiguous=(mention(BOUQUET, BOAT),))
    assert not resolve(quote, VALUES.get).stands
    assert resolve(QuoteReading((Leg(MC, 1),), (), want_open=True), VALUES.get).stands


def test_too_many_readings_stay_unresolved(mention: Mention) -> None:
    """Work is bounded: a quote with very many combinations is left alone."""
    many = tuple(
        mention(BOUQUET, BAIT, alias=f"a{number}") for number in range(MOST_COMBINATIONS.bit_length())
    )
    quote = QuoteReading((), (Leg(MC, 4),), ambiguous=many)
    assert len(resolve(quote, VALUES.get).unknown) == len(many)


@given(st.floats(1e-6, 1e6), st.lists(st.floats(1e-3, 1e6), min_size=2, max_size=4))
def test_the_unit_of_values_does_not_matter(unit: float, values: list[float]) -> None:
    """Values in any one unit, given far from the rule's edges, resolve alike."""
    rounded = {number: float(2 ** round(value).bit_length()) for number, value in enumerate(values)}
    asked = AmbiguousLeg("fb", tuple(range(1, len(values))), 1.0, gives=True)
    quote = QuoteReading((), (Leg(0, 1.0),), ambiguous=(asked,))
    scale = float(2 ** round(unit).bit_length())
    assert resolve(quote, rounded.get) == resolve(
        quote, {key: value * scale for key, value in rounded.items()}.get
    )
