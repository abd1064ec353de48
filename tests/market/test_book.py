"""Which offers stand open."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY, HOUR
from gpo_market.market.book import Book, Closing

START = 1_700_000_000_000_000

OFFER = QuoteReading((Leg(0, 1.0),), (Leg(1, 2.0),))
OTHER = QuoteReading((Leg(2, 1.0),), (Leg(1, 1.0),))

MakePost = Callable[..., PostRecorded]


def admit(book: Book, fact: PostRecorded, now: int | None = None) -> tuple[list[str], int]:
    """Admit a post at its own time; give what closed, written short, and how many quotes opened."""
    admission = book.admit(fact, fact.quotes, fact.event_time if now is None else now)
    return (told(admission.closed), admission.opened) if admission is not None else ([], 0)


def told(closings: list[Closing]) -> list[str]:
    """Write closings as ``<id> <reason>``."""
    return [f"{closing.id} {closing.reason}" for closing in closings]


def standing(book: Book) -> list[str]:
    """Write the open quotes' ids."""
    return [str(quote.id) for quote in book]


def deletion(post: int, time: int) -> PostDeleted:
    """Make the deletion of a post."""
    return PostDeleted(9, START + time, START + time, post)


def test_an_offer_opens_each_of_its_quotes(post: MakePost) -> None:
    """A post's quotes stand under its number and their place."""
    book = Book()
    assert admit(book, post(OFFER, OTHER, post=5)) == ([], 2)
    assert standing(book) == ["5.0", "5.1"]


@pytest.mark.parametrize("kind", [Kind.DEAL, Kind.QUESTION, Kind.CHATTER])
def test_only_offers_stand(post: MakePost, kind: Kind) -> None:
    """Deals and questions never enter, and close nothing of their poster's."""
    book = Book()
    admit(book, post(OFFER, post=5))
    assert admit(book, post(OTHER, kind=kind, time=HOUR)) == ([], 0)
    assert standing(book) == ["5.0"]


def test_a_new_offer_replaces_all_of_its_posters(post: MakePost) -> None:
    """A poster has one post's offers open; other posters' are left alone."""
    book = Book()
    admit(book, post(OFFER, OTHER, post=5))
    admit(book, post(OFFER, post=6, poster=2))
    assert admit(book, post(OTHER, post=7, time=HOUR)) == (["5.0 replaced", "5.1 replaced"], 1)
    assert standing(book) == ["6.0", "7.0"]


def test_a_post_from_a_wrong_clock_counts_as_made_when_it_came(post: MakePost) -> None:
    """Far in the future or not, it closes after a day and its poster's next offer takes its place."""
    book = Book()
    ahead = post(OFFER, post=5, time=400 * DAY)
    assert admit(book, ahead, now=START) == ([], 1)
    assert book.next_deadline() == START + DAY
    assert admit(book, post(OTHER, post=6, time=HOUR)) == (["5.0 replaced"], 1)


def test_a_deletion_from_a_wrong_clock_is_forgotten_after_a_day(post: MakePost) -> None:
    """Whatever time it says it was made at."""
    book = Book()
    admit(book, post(OFFER, post=5))
    assert told(book.delete(deletion(5, 400 * DAY), START + HOUR)) == ["5.0 deleted"]
    assert book.next_deadline() == START + HOUR + DAY


def test_unknown_posters_replace_nothing(post: MakePost) -> None:
    """Posts without a known poster stand side by side."""
    book = Book()
    admit(book, post(OFFER, post=5, poster=0))
    assert admit(book, post(OTHER, post=6, poster=0, time=HOUR)) == ([], 1)


def test_an_edit_replaces_its_own_posts_quotes(post: MakePost) -> None:
    """An edit closes what the post offered before, and opens what it offers now."""
    book = Book()
    admit(book, post(OFFER, OTHER, post=5))
    assert admit(book, post(OTHER, post=5, revision=9, time=HOUR)) == (["5.0 edited", "5.1 edited"], 1)
    assert next(iter(book)).quote == OTHER


def test_an_edit_can_withdraw_an_offer(post: MakePost) -> None:
    """An edit to something that is no offer closes the post's quotes."""
    book = Book()
    admit(book, post(OFFER, post=5))
    assert admit(book, post(post=5, revision=9, kind=Kind.CHATTER, time=HOUR)) == (["5.0 edited"], 0)
    assert standing(book) == []


@pytest.mark.parametrize("revision", [3, 5])
def test_an_older_revision_is_no_news(post: MakePost, revision: int) -> None:
    """A revision not newer than the one known changes nothing."""
    book = Book()
    admit(book, post(OFFER, post=5, revision=5))
    fact = post(OTHER, post=5, revision=revision, time=HOUR)
    assert book.admit(fact, fact.quotes, fact.event_time) is None
    assert next(iter(book)).quote == OFFER


def test_an_edit_of_a_replaced_post_stands_beside_the_newer_one(post: MakePost) -> None:
    """Whoever edits an old offer means it to stand; the newer post's quotes stay."""
    book = Book()
    admit(book, post(OFFER, post=5))
    admit(book, post(OTHER, post=6, time=HOUR))
    assert admit(book, post(OFFER, post=5, revision=9, time=2 * HOUR)) == ([], 1)
    assert standing(book) == ["6.0", "5.0"]


def test_a_deletion_closes_and_keeps_closed(post: MakePost) -> None:
    """A removed post's quotes close, and a revision that comes late does not bring them back."""
    book = Book()
    admit(book, post(OFFER, post=5))
    assert told(book.delete(deletion(5, HOUR), START + HOUR)) == ["5.0 deleted"]
    assert book.admit(post(OFFER, post=5, revision=9), (OFFER,), START + HOUR) is None


def test_a_deletion_that_comes_first_holds(post: MakePost) -> None:
    """A post whose deletion was seen before it never opens."""
    book = Book()
    assert book.delete(deletion(5, HOUR), START + HOUR) == []
    assert admit(book, post(OFFER, post=5), START + HOUR) == ([], 0)


def test_a_deletion_of_long_ago_is_not_remembered() -> None:
    """A deletion more than a day old leaves no trace: its post could not open any more."""
    book = Book()
    assert book.delete(deletion(5, 0), START + DAY) == []
    assert book.next_deadline() is None


@pytest.mark.parametrize(("age", "opened"), [(DAY - 1, 1), (DAY, 0)])
def test_old_quotes_do_not_enter(post: MakePost, age: int, opened: int) -> None:
    """A quote enters while it is younger than a day by the market's clock."""
    assert admit(Book(), post(OFFER), START + age) == ([], opened)


def test_a_late_post_is_replaced_already_by_a_newer_one(post: MakePost) -> None:
    """A post that arrives after a newer one of its poster does not enter and replaces nothing."""
    book = Book()
    admit(book, post(OFFER, post=6, time=2 * HOUR))
    assert admit(book, post(OTHER, post=5, time=HOUR), START + 2 * HOUR) == ([], 0)
    assert standing(book) == ["6.0"]


def test_a_quote_expires_a_day_after_its_time(post: MakePost) -> None:
    """The next deadline is a day after the oldest post or its edit."""
    book = Book()
    admit(book, post(OFFER, post=5))
    admit(book, post(OFFER, post=6, poster=2, time=HOUR))
    admit(book, post(OTHER, post=5, revision=9, time=2 * HOUR))
    assert book.is_due(START + DAY)
    assert book.next_deadline() == START + HOUR + DAY
    assert not book.is_due(START + DAY)
    assert book.expire(START + DAY) == []
    ((time, closed),) = book.expire(START + HOUR + DAY)
    assert (time, told(closed)) == (START + HOUR + DAY, ["6.0 expired"])
    assert book.next_deadline() == START + 2 * HOUR + DAY
    assert [told(closed) for _, closed in book.expire(START + 9 * DAY)] == [["5.0 expired"]]
    assert book.next_deadline() is None
    assert not book.is_due(START + 99 * DAY)


def test_expired_posts_leave_no_memory(post: MakePost) -> None:
    """A book whose posts all expired is empty in every part."""
    book = Book()
    for poster in range(5):
        admit(book, post(OFFER, OTHER, poster=poster))
    assert len(book.expire(START + DAY)) == 5
    assert book.dump().plain == Book().dump().plain
    assert book._by_poster == {}


def test_memory_is_capped(post: MakePost) -> None:
    """Beyond the cap on quotes, and beyond a hundred per post, the rest leaves as expired or never opens."""
    book = Book(most=3)
    admit(book, post(OFFER, OTHER, post=5, poster=1))
    assert admit(book, post(OFFER, OTHER, post=6, poster=2)) == (["5.0 expired", "5.1 expired"], 2)
    assert admit(Book(), post(*[OFFER] * 120)) == ([], 100)


def test_remembered_posts_are_capped() -> None:
    """Posts without open quotes are remembered up to twice the cap on quotes."""
    book = Book(most=2)
    for name in range(1, 9):
        book.delete(deletion(name, 0), START)
    assert len(book.dump().plain["posts"]) == 4


STEP = st.tuples(
    st.sampled_from(["post", "edit", "delete", "wait"]),
    st.integers(1, 3),
    st.integers(1, 6),
    st.integers(0, 30),
)


@given(st.lists(STEP, max_size=40))
def test_load_gives_an_equal_book(steps: list[tuple[str, int, int, int]]) -> None:
    """Whatever happened, a book loaded from a dump is equal, and so is its index of posters."""
    book = Book(most=6)
    now = START
    for order, (what, poster, name, hours) in enumerate(steps, 1):
        now += hours * HOUR
        book.expire(now)
        revision = order if what == "edit" else 0
        if what == "delete":
            book.delete(PostDeleted(1, now, now, name), now)
        elif what != "wait":
            fact = PostRecorded(
                1, now, now, 1, 1, poster, 0, name, revision, 0, 0, Kind.OFFER, (OFFER, OTHER), 2, 1
            )
            book.admit(fact, fact.quotes, now)
        assert len(book) == len(list(book)) <= 6
        back = Book.load(book.dump())
        assert back.dump() == book.dump()
        assert back.next_deadline() == book.next_deadline()
        assert back._by_poster == book._by_poster


def test_open_quotes_over_a_merged_item_stand_for_its_survivor(post: MakePost) -> None:
    """Under their own names; the others stay as they are."""
    book = Book()
    admit(book, post(OFFER, poster=1))
    admit(book, post(OTHER, poster=2))
    book.redirect([0, 1, 0])
    assert [quote.quote for quote in book] == [OFFER, QuoteReading((Leg(0, 1.0),), (Leg(1, 1.0),))]
    book.redirect([0, 0, 0])
    assert [quote.quote.want for quote in book] == [(Leg(0, 2.0),), (Leg(0, 1.0),)]
