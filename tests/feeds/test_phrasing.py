"""What simulated posters write."""

import re
from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.phrasing import Writer
from gpo_market.feeds.posters import Case, Poster, Tongue
from gpo_market.feeds.spellings import Vocabulary

Write = Callable[..., set[str]]

EYE, CHEST = 0, 1


def quote(
    *, want: int = CHEST, count: float = 7.0, give_adds: bool = False, want_adds: bool = False
) -> QuoteReading:
    """An eye for so many of something."""
    return QuoteReading((Leg(EYE, 1.0),), (Leg(want, count),), give_adds, want_adds)


@pytest.fixture
def write(catalogue: Catalogue) -> Write:
    """Write a meaning many times and give the texts that came out, lower case unless asked otherwise."""
    numbers = [catalogue.number(slug) for slug in ("all-seeing-eye", "mythical-fruit-chest", "dragon")]
    vocabulary = Vocabulary(catalogue, numbers)
    places = dict(enumerate(numbers))

    def numbered(reading: QuoteReading) -> QuoteReading:
        sides = (reading.give, reading.want)
        give, want = (tuple(Leg(places[leg.item], leg.quantity) for leg in side) for side in sides)
        return QuoteReading(
            give, want, reading.give_adds, reading.want_adds, reading.give_open, reading.want_open
        )

    def texts(
        kind: Kind,
        *quotes: QuoteReading,
        case: Case = Case.LOWER,
        tongue: Tongue = Tongue.ENGLISH,
        emoji: bool = False,
        times: int = 300,
    ) -> set[str]:
        writer = Writer(vocabulary, Chance(5))
        who = Poster("1", 0, "2", "3", 0.1, 0.1, tongue, case, emoji)
        meant = PostReading(kind, tuple(numbered(reading) for reading in quotes))
        return {writer.write(meant, who, numbers[0]) for _ in range(times)}

    return texts


def test_an_offer_is_written_in_many_ways(write: Write) -> None:
    """An offer comes out in the usual forms, with the usual ways to write names and numbers."""
    found = write(Kind.OFFER, quote(), times=3000)
    for text in ("ase for 7 mc", "h: ase w: 7 mc", "ase -> 7 mc", "lf 7 mc, ft ase", "ase for mc x7"):
        assert text in found
    assert "all seeing eye for 7 mc" in found
    assert len(found) > 300


def test_every_offer_names_both_sides(write: Write) -> None:
    """Each text holds both items and the quantity, in either order."""
    eye = re.compile(r"\b(ase|all seeing eye)\b")
    chest = re.compile(r"(\b7x? ?|\b)(mc|mythical chest|mythic chest|mfc|mythical fruit chest)( x7| \(7\))?")
    for text in write(Kind.OFFER, quote()):
        assert eye.search(text), text
        assert chest.search(text), text
        assert "7" in text


def test_poster_s_case_holds_for_the_whole_text(write: Write) -> None:
    """Who shouts, shouts; who writes small, writes small; others write as it comes."""
    assert all(text == text.upper() for text in write(Kind.OFFER, quote(), case=Case.UPPER))
    assert all(text == text.lower() for text in write(Kind.OFFER, quote(), case=Case.LOWER))
    assert any(re.search("ASE.*[a-z]", text) for text in write(Kind.OFFER, quote(), case=Case.AS_IS))


@pytest.mark.parametrize(
    ("tongue", "word"), [(Tongue.PORTUGUESE, "troco"), (Tongue.SPANISH, "cambio"), (Tongue.RUSSIAN, "меняю")]
)
def test_offers_come_in_other_tongues(write: Write, tongue: Tongue, word: str) -> None:
    """Posters of other tongues trade in theirs."""
    assert any(text.startswith(word) for text in write(Kind.OFFER, quote(), tongue=tongue))


def test_emoji_stand_for_items(write: Write) -> None:
    """Who likes emoji writes them, with keycaps for small numbers, and never changes their case."""
    found = write(Kind.OFFER, quote(), emoji=True, case=Case.UPPER, times=1000)
    with_emoji = {text for text in found if "<:" in text}
    assert any("7️⃣ <:MC:" in text for text in with_emoji)
    assert any("7 <:MC:" in text for text in with_emoji)
    assert all(re.search(r"<:ASE:\d+>", text) for text in with_emoji)
    assert found != with_emoji


def test_baskets_are_joined(write: Write) -> None:
    """Several items on a side are joined by plus, and, ampersand or comma."""
    basket = QuoteReading((Leg(EYE, 1.0), Leg(2, 1.0)), (Leg(CHEST, 9.0),))
    found = write(Kind.OFFER, basket, times=1000)
    for joined in ("ase + dragon", "ase and dragon", "ase & dragon", "ase, dragon"):
        assert any(joined in text for text in found)


def test_commas_in_the_wording_leave_plus_to_the_baskets(write: Write) -> None:
    """Where the wording itself has a comma, baskets are joined by plus, so that nothing falls apart."""
    basket = QuoteReading((Leg(EYE, 1.0), Leg(2, 1.0)), (Leg(CHEST, 9.0),))
    found = write(Kind.OFFER, basket, times=2000)
    texts = [text for text in found if text.startswith("lf ") and ", ft" in text]
    assert texts
    assert all(text.count(",") == 1 for text in texts)


def test_alternatives_are_named_as_such(write: Write) -> None:
    """Two quotes that share a side are alternatives on one line, whichever side it is."""
    found = write(Kind.OFFER, quote(), quote(want=2, count=1.0))
    assert any(re.search(r"mc (or|/|//|\|) (1 )?dragon", text) for text in found)
    assert not any("\n" in text for text in found)
    other = QuoteReading((Leg(2, 1.0),), (Leg(CHEST, 7.0),))
    others = write(Kind.OFFER, quote(), other)
    assert any(re.search(r"ase (or|/|//|\|) dragon for 7 mc", text) for text in others)


def test_separate_offers_stand_on_lines(write: Write) -> None:
    """Two quotes of different goods stand on a line each."""
    other = QuoteReading((Leg(2, 1.0),), (Leg(CHEST, 3.0),))
    found = write(Kind.OFFER, quote(), other)
    assert all(text.count("\n") == 1 and text.count(" for ") == 2 for text in found)


def test_adds_stand_on_their_side(write: Write) -> None:
    """Adds are written behind the side that holds them."""
    for text in write(Kind.OFFER, quote(want_adds=True)):
        assert re.search(r"(mc|chest|mfc)( x7| \(7\))? \+ adds", text), text
    for text in write(Kind.OFFER, quote(give_adds=True)):
        assert re.search(r"(ase|eye) \+ adds", text), text


def test_open_sides_are_left_open(write: Write) -> None:
    """A one-sided offer says what it gives or wants, and nothing of the other side but offers."""
    selling = QuoteReading((Leg(EYE, 1.0),), (), want_open=True)
    buying = QuoteReading((), (Leg(EYE, 1.0),), give_open=True)
    assert {"offer on ase", "wts ase", "h: ase w: offers"} <= write(Kind.OFFER, selling)
    assert {"wtb ase", "lf ase", "anyone selling ase?"} <= write(Kind.OFFER, buying)


def test_questions_ask(write: Write) -> None:
    """A question asks about a trade or, without one, about an item's worth."""
    assert {"ase for 7 mc w/f/l?", "is ase for 7 mc fair?"} <= write(Kind.QUESTION, quote(), times=2000)
    assert "how much is ase worth rn" in write(Kind.QUESTION)


def test_deals_say_that_they_are_done(write: Write) -> None:
    """A deal says sold or traded; without a quote it only says done."""
    found = write(Kind.DEAL, quote(), times=1000)
    assert {"sold ase for 7 mc ty", "~~ase for 7 mc~~ sold", "just traded my ase for 7 mc"} <= found
    assert write(Kind.DEAL) == {"done ✅", "sold", "sold ty", "done"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.SERVICE, "boss carry 2 ase a run, dm"),
        (Kind.CASH, "2 ase for 1.5k robux"),
        (Kind.CHATTER, "bump"),
    ],
)
def test_noise_is_written_too(write: Write, kind: Kind, text: str) -> None:
    """Services, cash offers and chatter are part of any channel."""
    assert text in write(kind)
