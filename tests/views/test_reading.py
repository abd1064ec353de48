"""What a post says, as an answer."""

import json

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.views.models import ReadLeg, ReadPost, ReadQuote
from gpo_market.views.reading import read_post, settle

LC, MC, ASE, PIKA, SWORD = range(5)
VALUES = {LC: 1.0, MC: 8.0, ASE: 54.0, PIKA: 3.0}
NOTE = "fb can be several items; nothing here tells which"


def ambiguous(*readings: int, alias: str = "fb", quantity: float = 1.0, gives: bool = True) -> AmbiguousLeg:
    """Mention something that several items are called."""
    return AmbiguousLeg(alias, readings, quantity, gives)


def offer(*quotes: QuoteReading, unknown: tuple[str, ...] = (), notes: tuple[str, ...] = ()) -> PostReading:
    """Read these quotes in an offer."""
    return PostReading(Kind.OFFER, quotes, unknown, notes)


PLAIN = QuoteReading((Leg(ASE, 1.0),), (Leg(MC, 7.0),))
FITTING = QuoteReading((), (Leg(MC, 7.0),), ambiguous=(ambiguous(ASE, LC),))
UNFITTING = QuoteReading((), (Leg(MC, 7.0),), ambiguous=(ambiguous(LC, PIKA),))


def test_quotes_without_ambiguous_words_stand_as_they_are() -> None:
    """So do unknown words and notes."""
    reading = offer(PLAIN, unknown=("umbrella",), notes=("underpay",))
    assert settle(reading, VALUES.get) == ((PLAIN,), ("umbrella",), ("underpay",))


def test_an_ambiguous_word_is_read_as_what_balances() -> None:
    """The reading that makes both sides about equal is taken, and nothing of the doubt is left."""
    assert settle(offer(FITTING), VALUES.get) == ((PLAIN,), (), ())


@pytest.mark.parametrize("values", [{}, {MC: 8.0, LC: 1.0}, {MC: 8.0, LC: 50.0, ASE: 54.0}])
def test_without_values_that_tell_the_word_stays_unknown(values: dict[int, float]) -> None:
    """No value, a missing one, and two that fit alike leave the quote incomplete, with a note."""
    quotes, unknown, notes = settle(offer(FITTING), values.get)
    assert quotes == (QuoteReading((), (Leg(MC, 7.0),), complete=False),)
    assert (unknown, notes) == (("fb",), (NOTE,))


def test_a_word_that_stays_unknown_is_named_once() -> None:
    """Several quotes that hold it, and a post that names it already, make no second line."""
    other = QuoteReading((), (Leg(ASE, 1.0),), ambiguous=(ambiguous(LC, PIKA),))
    reading = offer(UNFITTING, other, unknown=("umbrella", "fb"), notes=(NOTE,))
    quotes, unknown, notes = settle(reading, VALUES.get)
    assert len(quotes) == 2
    assert unknown == ("umbrella", "fb")
    assert notes == (NOTE,)


def test_a_quote_of_which_nothing_is_left_goes() -> None:
    """An entry of an open list that was only an ambiguous word leaves no quote."""
    bare = QuoteReading((), (), want_open=True, ambiguous=(ambiguous(LC, PIKA),))
    quotes, unknown, _ = settle(offer(bare, PLAIN), VALUES.get)
    assert quotes == (PLAIN,)
    assert unknown == ("fb",)


def test_quotes_that_become_the_same_count_once() -> None:
    """Alternatives that turn out to be one offer are one, in the order they were first read."""
    other = QuoteReading((Leg(PIKA, 1.0),), (Leg(LC, 3.0),))
    assert settle(offer(PLAIN, other, FITTING, PLAIN), VALUES.get)[0] == (PLAIN, other)


def test_a_post_is_described_with_slugs(catalogue: Catalogue) -> None:
    """Numbers become slugs; marks, kind and id are told as they are."""
    marked = QuoteReading((Leg(ASE, 1.0),), (), give_adds=True, want_open=True, complete=False)
    reading = PostReading(Kind.QUESTION, (PLAIN, marked), ("umbrella",), ("underpay",))
    ase, mc = ReadLeg("all-seeing-eye", 1), ReadLeg("mythic-chest", 7)
    assert read_post(reading, catalogue, "x9", VALUES.get) == ReadPost(
        "x9",
        "question",
        (
            ReadQuote((ase,), (mc,), False, False, False, False, True),  # noqa: FBT003 - marks in order
            ReadQuote((ase,), (), True, False, False, True, False),  # noqa: FBT003 - as above
        ),
        ("umbrella",),
        ("underpay",),
    )


def test_an_ambiguous_word_is_described_as_what_it_was_read_as(catalogue: Catalogue) -> None:
    """Or as unknown, with the known part of its quote."""
    settled = read_post(offer(FITTING), catalogue, "1", VALUES.get)
    assert settled.quotes[0].give == (ReadLeg("all-seeing-eye", 1),)
    assert settled.unknown == ()
    unsettled = read_post(offer(UNFITTING), catalogue, "1", VALUES.get)
    assert (unsettled.quotes[0].give, unsettled.quotes[0].complete) == ((), False)
    assert (unsettled.unknown, unsettled.notes) == (("fb",), (NOTE,))


@pytest.mark.parametrize(
    ("quantity", "written"),
    [(2.0, "2"), (0.5, "0.5"), (2000.0, "2000"), (1.25, "1.25"), (1e12, "1000000000000")],
)
def test_whole_quantities_are_written_without_a_fraction(
    catalogue: Catalogue, quantity: float, written: str
) -> None:
    """2 and never 2.0; parts of an item keep theirs."""
    read = read_post(offer(QuoteReading((Leg(MC, quantity),), ())), catalogue, "1", VALUES.get)
    assert json.dumps(read.quotes[0].give[0].quantity) == written


def test_chatter_says_nothing(catalogue: Catalogue) -> None:
    """A post without quotes has none."""
    read = read_post(PostReading(Kind.CHATTER), catalogue, "1", VALUES.get)
    assert read == ReadPost("1", "chatter", (), (), ())
