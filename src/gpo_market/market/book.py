"""The book: which offers stand open, and when each one leaves."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

import msgspec

from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.log import Dump
from gpo_market.events.readings import Kind, QuoteReading
from gpo_market.events.time import DAY
from gpo_market.events.updates import CloseReason
from gpo_market.market.redirecting import redirected

LIFETIME = DAY
MOST_QUOTES = 200_000
MOST_QUOTES_PER_POST = 100
UNKNOWN_POSTER = 0
_NEVER = (0, 0)
DELETED = (1 << 62) - 1
"""The revision of a post that is gone: newer than any edit."""


class QuoteId(NamedTuple):
    """A quote's name: its post, and its place in it."""

    post: int
    place: int

    def __str__(self) -> str:
        """Write it as updates do: ``<post>.<index>``."""
        return f"{self.post}.{self.place}"


class OpenQuote(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An offer that stands; ``time`` is its post's or edit's, in microseconds."""

    post: int
    index: int
    poster: int
    time: int
    quote: QuoteReading

    @property
    def id(self) -> QuoteId:
        """The quote's name."""
        return QuoteId(self.post, self.index)


class Closing(NamedTuple):
    """A quote that left the book, by its name as updates write it, and why."""

    id: str
    reason: CloseReason


class Admission(NamedTuple):
    """What a post that was news did to the book: what it closed, and how many quotes it opened."""

    closed: list[Closing]
    opened: int


class _Post(msgspec.Struct, gc=False):
    """A post of the last day, and those of its quotes that stand."""

    poster: int
    revision: int
    time: int
    quotes: Sequence[QuoteReading]


class Book:
    """Open offers, by post and poster.

    A poster's new offer replaces all of theirs, an edit its own post's; a deletion closes, and so does a day.
    Memory: at most ``most`` quotes, 100 per post, and twice ``most`` posts, each remembered for the day
    in which an older revision of it could still come; beyond that the oldest leave first.
    """

    def __init__(self, most: int = MOST_QUOTES) -> None:
        self._most = most
        self._posts: OrderedDict[int, _Post] = OrderedDict()
        self._open = 0
        self._by_poster: dict[int, dict[int, None]] = {}
        self._newest: dict[int, tuple[int, int]] = {}
        self._timers: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """Count the open quotes."""
        return self._open

    def __iter__(self) -> Iterator[OpenQuote]:
        """Walk the open quotes in the order they came."""
        for name, post in self._posts.items():
            for index, quote in enumerate(post.quotes):
                yield OpenQuote(name, index, post.poster, post.time, quote)

    def admit(self, fact: PostRecorded, quotes: Sequence[QuoteReading], now: int) -> Admission | None:
        """Take a post in; ``now`` is the market's time.

        Its offers open unless they are a day old, or the poster has made a newer post since.
        A post whose revision is not newer than the one known is no news and changes nothing: None.
        One that says it was made later than now counts as made now, so that it neither stands for ever nor
        keeps its poster's next offers out.
        """
        made = min(fact.event_time, now)
        name, poster, revision = fact.post, fact.poster, fact.revision
        known = self._posts.get(name)
        closed: list[Closing] = []
        if known is not None:
            if revision <= known.revision:
                return None
            closed = self._close(name, known, "edited")
        offers = quotes if fact.kind == Kind.OFFER else ()
        if now - made >= LIFETIME or not (offers or revision or known):
            return Admission(closed, 0)
        if offers and not revision and poster != UNKNOWN_POSTER:
            if self._newest.get(poster, _NEVER) > (made, name):
                offers = ()
            else:
                if poster in self._by_poster:
                    closed += self._close_poster(poster)
                self._newest[poster] = (made, name)
        offers = offers[:MOST_QUOTES_PER_POST]
        self._remember(name, _Post(poster, revision, made, offers))
        if self._open > self._most or len(self._posts) > 2 * self._most:
            closed += self._evict()
        return Admission(closed, len(offers))

    def delete(self, fact: PostDeleted, now: int) -> list[Closing]:
        """Close a removed post's quotes, and let no late revision open it again."""
        known = self._posts.get(fact.post)
        closed = self._close(fact.post, known, "deleted") if known else []
        removed = min(fact.event_time, now)
        if now - removed < LIFETIME:
            poster = known.poster if known else UNKNOWN_POSTER
            self._remember(fact.post, _Post(poster, DELETED, removed, ()))
        return closed + self._evict()

    def redirect(self, survivors: Sequence[int]) -> None:
        """Let open quotes over merged items stand for the survivors; ``survivors[n]``: what n counts for."""
        for post in self._posts.values():
            post.quotes = tuple([redirected(quote, survivors) for quote in post.quotes])

    def is_due(self, time: int) -> bool:
        """Tell whether a post may expire at or before a time; ``next_deadline`` tells whether one does."""
        return bool(self._timers) and self._timers[0][0] <= time

    def next_deadline(self) -> int | None:
        """Give the time at which the next post expires, if any is remembered."""
        while self._timers:
            time, name = self._timers[0]
            known = self._posts.get(name)
            if known is not None and known.time + LIFETIME == time:
                return time
            heappop(self._timers)
        return None

    def expire(self, until: int) -> list[tuple[int, list[Closing]]]:
        """Forget the posts whose deadline is at or before a time; give when which quotes closed, in order."""
        expired = []
        timers, posts = self._timers, self._posts
        while timers and timers[0][0] <= until:
            due, name = heappop(timers)
            post = posts.get(name)
            if post is None or post.time + LIFETIME != due:
                continue
            closed = self._forget(name, post)
            if closed:
                expired.append((due, closed))
        return expired

    def dump(self) -> Dump:
        """Give the whole book, in order."""
        posts = [[name, p.poster, p.revision, p.time, len(p.quotes)] for name, p in self._posts.items()]
        quotes = [msgspec.to_builtins(quote) for quote in self]
        newest = [[poster, *post] for poster, post in self._newest.items()]
        return Dump({"most": self._most, "posts": posts, "quotes": quotes, "newest": newest}, {})

    @classmethod
    def load(cls, dump: Dump) -> "Book":
        """Make a book equal to the one that was dumped."""
        book = cls(dump.plain["most"])
        quotes = iter(dump.plain["quotes"])
        for name, poster, revision, time, opened in dump.plain["posts"]:
            own = [msgspec.convert(next(quotes), OpenQuote).quote for _ in range(opened)]
            book._remember(name, _Post(poster, revision, time, tuple(own)))
        book._newest = {poster: (time, post) for poster, time, post in dump.plain["newest"]}
        return book

    def _remember(self, name: int, post: _Post) -> None:
        """Let a post be the newest, whose quotes stand; of one known before none may stand any more."""
        posts = len(self._posts)
        self._posts[name] = post
        if len(self._posts) == posts:
            self._posts.move_to_end(name)
        heappush(self._timers, (post.time + LIFETIME, name))
        if post.quotes:
            self._open += len(post.quotes)
            self._by_poster.setdefault(post.poster, {})[name] = None

    def _forget(self, name: int, post: _Post) -> list[Closing]:
        closed = self._close(name, post, "expired")
        del self._posts[name]
        if self._newest.get(post.poster, _NEVER)[1] == name:
            del self._newest[post.poster]
        return closed

    def _evict(self) -> list[Closing]:
        closed: list[Closing] = []
        while self._open > self._most or len(self._posts) > 2 * self._most:
            closed += self._forget(*next(iter(self._posts.items())))
        return closed

    def _close_poster(self, poster: int) -> list[Closing]:
        closed: list[Closing] = []
        for name in tuple(self._by_poster[poster]):
            closed += self._close(name, self._posts[name], "replaced")
        return closed

    def _close(self, name: int, post: _Post, reason: CloseReason) -> list[Closing]:
        if not post.quotes:
            return []
        closed = [Closing(f"{name}.{index}", reason) for index in range(len(post.quotes))]
        self._open -= len(closed)
        post.quotes = ()
        posts = self._by_poster[post.poster]
        del posts[name]
        if not posts:
            del self._by_poster[post.poster]
        return closed
