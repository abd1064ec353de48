"""A made-up history with every kind of fact, small enough to be replayed by uncompiled kernels."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from gpo_market.catalogue import Catalogue
from gpo_market.catalogue.changes import Add, Alias, Edit, Merge, Rename, Restore, Retire
from gpo_market.catalogue.edits import edit
from gpo_market.engine.opening import catalogue_fact
from gpo_market.events.facts import (
    ClockTicked,
    Item,
    ItemGuarded,
    MarketOpened,
    MoneyItem,
    ReferenceLoaded,
    ReferenceRemoved,
)
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.events.time import DAY, HOUR, MINUTE
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal

START = 20_000 * DAY
SECRET = bytes(range(32))
ITEMS = 10
WORTHS = [1.0, 2.0, 4.5, 7.0, 12.0, 20.0, 33.0, 60.0, 90.0, 150.0, 4.0]
POSTERS = 40
EDITS: tuple[Edit, ...] = (
    Alias("item-3", "third"),
    Rename("item-4", "Fourth", "fourth"),
    Add("Newcomer"),
    Merge("item-5", "item-6"),
    Retire("item-7"),
    Restore("item-7"),
    Merge("newcomer", "item-3"),
)
KINDS = (Kind.OFFER,) * 6 + (Kind.DEAL, Kind.QUESTION, Kind.CHATTER, Kind.CASH, Kind.SERVICE)


class Arrival(NamedTuple):
    """A submission, and when the engine saw it (microseconds)."""

    received: int
    submission: Submission


def first_list() -> Catalogue:
    """Give ten items, two of them money."""
    items = tuple(Item(f"item-{number}", f"Item {number}") for number in range(ITEMS))
    numeraire = (MoneyItem(0, 4.0, 0.5), MoneyItem(1, 2.0, 0.5))
    return Catalogue("Made Up", items, numeraire, (1, 0), "made-up-1")


def history(posts: int, seed: int = 1, *, clocks_right: bool = False) -> list[Arrival]:
    """Give a history of so many posts, some 45 minutes apart, and of all else that can happen between them.

    ``clocks_right`` leaves out the posts that claim to be of next year.
    """
    return list(_History(Random(seed), clocks_right=clocks_right).arrivals(posts))


def write_history(data: Path, arrivals: Sequence[Arrival], commit: int = 7) -> None:
    """Make a real journal of a history, so many submissions per commit, always with the same secret."""
    data.mkdir(parents=True)
    (data / "secret.key").write_bytes(SECRET)
    with DataFolder.open(data, simulated=False) as folder, SqliteJournal(folder, grow=False) as journal:
        for first in range(0, len(arrivals), commit):
            journal.commit(
                [Batch([one.submission], one.received) for one in arrivals[first : first + commit]]
            )


class _History:
    def __init__(self, chance: Random, *, clocks_right: bool) -> None:
        self._chance = chance
        self._clocks_right = clocks_right
        self._time = START
        self._catalogue = first_list()
        self._messages: list[str] = []
        self._last: tuple[int, Kind, tuple[QuoteReading, ...]] | None = None

    def arrivals(self, posts: int) -> Iterator[Arrival]:
        now = START
        yield Arrival(now, MarketOpened(0, now, now, simulated=False))
        yield Arrival(now, catalogue_fact(self._catalogue, now))
        yield Arrival(now, ReferenceLoaded(0, now, now, "a list", now - DAY, _reference()))
        edits = iter(EDITS)
        for number in range(posts):
            self._time += self._chance.randrange(10 * MINUTE, 50 * MINUTE)
            yield self._post(number)
            if number % 5 == 4:
                yield self._afterthought(number)
            if number % 16 == 15:
                yield from self._list_change(next(edits, None))
            if number % 20 == 19:
                yield from self._system_facts(number // 20)

    def _post(self, number: int) -> Arrival:
        chance, message = self._chance, str(10_000 + number)
        if number % 11 == 7:
            message = f"hostile/{number}/" + "x" * 300
        self._messages.append(message)
        kind = chance.choice(KINDS)
        quotes = self._hostile(number) if number % 13 == 6 else self._quotes(kind)
        happened = self._time - (chance.randrange(DAY, 9 * DAY) if number % 17 == 3 else 0)
        if number % 29 == 5 and not self._clocks_right:
            happened = self._time + 400 * DAY
        reply = chance.choice(self._messages) if number % 6 == 1 else ""
        poster = chance.randrange(POSTERS)
        if number % 10 == 2 and self._last is not None:
            poster, kind, quotes = self._last  # says the same again
        self._last = poster, kind, quotes
        post = RawPost(
            message,
            str(number % 3),
            str(poster) if poster else "",
            happened,
            f"post {number % 10 % 9}",
            reference=reply,
            server_id=str(number % 2),
            author_created=START - poster * DAY * 9 if poster % 4 else 0,
        )
        return Arrival(self._received(number), _submission(post, kind, quotes))

    def _received(self, number: int) -> int:
        """Give the wall clock's time, which jumps back now and then."""
        return self._time - (3 * HOUR if number % 23 == 9 else -5)

    def _afterthought(self, number: int) -> Arrival:
        """Edit a message or delete one, known or not, or bring one again."""
        chance = self._chance
        message = chance.choice(self._messages[-12:])
        if number % 25 == 4:
            deletion = RawDeletion("never seen", "1", self._time)
            return Arrival(self._time, DeletionSubmission(deletion))
        if number % 3 == 1:
            return Arrival(self._time, DeletionSubmission(RawDeletion(message, "1", self._time)))
        post = RawPost(message, "1", "3", self._time - HOUR, f"edit {number}", edited_timestamp=self._time)
        return Arrival(self._time, _submission(post, Kind.OFFER, self._quotes(Kind.OFFER)))

    def _list_change(self, change: Edit | None) -> Iterator[Arrival]:
        if change is None:
            return
        changed = edit(self._catalogue, change)
        self._catalogue = changed.catalogue
        yield Arrival(
            self._time, catalogue_fact(changed.catalogue, self._time, changed.summary, self._time + 9)
        )

    def _system_facts(self, turn: int) -> Iterator[Arrival]:
        now = self._time
        item = turn % ITEMS
        yield Arrival(now, ItemGuarded(0, now, now, item, guarded=True, reason="pushed"))
        if turn % 2:
            yield Arrival(now, ItemGuarded(0, now, now, item - 1, guarded=False))
            yield Arrival(now, ReferenceRemoved(0, now, now, stated=True))
        else:
            values = tuple((number, worth * 1.1) for number, worth in _reference())
            yield Arrival(now, ReferenceLoaded(0, now, now, "another", now - 3 * DAY, values, stated=True))
        self._time += 30 * HOUR
        yield Arrival(self._time, ClockTicked(0, self._time, self._time))

    def _quotes(self, kind: Kind) -> tuple[QuoteReading, ...]:
        if kind in {Kind.CHATTER, Kind.CASH, Kind.SERVICE}:
            return ()
        return tuple(self._quote() for _ in range(self._chance.randrange(1, 4)))

    def _quote(self) -> QuoteReading:
        """Give a fair trade with some noise, or one that says less."""
        chance = self._chance
        gives = chance.sample(range(ITEMS), chance.randrange(1, 3))
        wanted = chance.choice([item for item in range(ITEMS) if item not in gives])
        worth = sum(WORTHS[item] for item in gives)
        amount = worth / WORTHS[wanted] * chance.uniform(0.8, 1.3)
        give = tuple(Leg(item, 1.0) for item in gives)
        want = (Leg(wanted, round(amount, 2)),)
        form = chance.randrange(12)
        if form == 0:
            return QuoteReading(give, (), want_open=True)
        if form == 1:
            return QuoteReading(give, want, want_adds=True)
        if form == 2:
            return QuoteReading((), want, give_open=True)
        if form == 3:
            return QuoteReading(give, want, complete=False)
        if form == 4:
            unclear = AmbiguousLeg("fb", (wanted, (wanted + 4) % ITEMS), amount, gives=False)
            return QuoteReading(give, (), ambiguous=(unclear,))
        return QuoteReading(give, want)

    def _hostile(self, number: int) -> tuple[QuoteReading, ...]:
        """Give sizes, counts and numbers that no honest post has."""
        beyond = (QuoteReading((Leg(4_000, 1.0),), (Leg(0, 1.0),)),)
        huge = (QuoteReading((Leg(2, 1e300),), (Leg(3, 1e-300),)),)
        many = tuple(QuoteReading((Leg(place % ITEMS, 1.0),), (), want_open=True) for place in range(120))
        wide = (QuoteReading(tuple(Leg(item, 1e6) for item in range(9)), (Leg(9, 1.0),)),)
        same = (QuoteReading((Leg(3, 2.0),), (Leg(3, 2.0),)),)
        choices = (beyond, huge, many, wide, same)
        return choices[number // 13 % len(choices)]


def _reference() -> tuple[tuple[int, float], ...]:
    return tuple((number, WORTHS[number] * 1.3) for number in range(0, ITEMS, 3))


def _submission(post: RawPost, kind: Kind, quotes: tuple[QuoteReading, ...]) -> PostSubmission:
    return PostSubmission(post, PostReading(kind, quotes, ("mystery",)), 2, 1, post.content)
