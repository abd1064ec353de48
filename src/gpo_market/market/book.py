"""The book: which offers stand open, and when each one leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

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
    """A quote that left the book, and why."""

    id: QuoteId
    reason: CloseReason


class Admission(NamedTuple):
    """What a post did to the book: whether it was news, what it closed, and how many quotes it opened."""

    news: bool
    closed: list[Closing]
    opened: int


@dataclass(slots=True)
class _Post:
    """A post of the last day: ``opened`` of its quotes stand."""

    poster: int
    revision: int
    time: int
    opened: int


class Book:
    """Open offers, by post and poster.

    A poster's new offer replaces all of theirs, an edit its own post's; a deletion closes, and so does a day.
    Memory: at most ``most`` quotes, 100 per post, and twice ``most`` posts, each remembered for the day
    in which an older revision of it could still come; beyond that the oldest leave first.
    """

    def __init__(self, most: int = MOST_QUOTES) -> None:
        self._most = most
        self._posts: dict[int, _Post] = {}
        self._quotes: dict[QuoteId, OpenQuote] = {}
        self._by_poster: dict[int, dict[int, None]] = {}
        self._newest: dict[int, tuple[int, int]] = {}
        self._timers: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """Count the open quotes."""
        return len(self._quotes)

    def __iter__(self) -> Iterator[OpenQuote]:
        """Walk the open quotes in the order they came."""
        return iter(self._quotes.values())

    def admit(self, fact: PostRecorded, quotes: Sequence[QuoteReading], now: int) -> Admission:
        """Take a post in; ``now`` is the market's time.

        Its offers open unless they are a day old, or the poster has made a newer post since.
        A post whose revision is not newer than the one known is no news and changes nothing.
        One that says it was made later than now counts as made now, so that it neither stands for ever nor
        keeps its poster's next offers out.
        """
        made = min(fact.event_time, now)
        known = self._posts.get(fact.post)
        if known is not None and fact.revision <= known.revision:
            return Admission(news=False, closed=[], opened=0)
        closed = self._close_post(fact.post, "edited")
        offers = quotes if fact.kind == Kind.OFFER else ()
        if now - made >= LIFETIME or not (offers or fact.revision or known):
            return Admission(news=True, closed=closed, opened=0)
        if offers and not fact.revision and fact.poster != UNKNOWN_POSTER:
            if self._newest.get(fact.poster, (0, 0)) > (made, fact.post):
                offers = ()
            else:
                closed += self._close_poster(fact.poster)
                self._newest[fact.poster] = (made, fact.post)
        opened = min(len(offers), MOST_QUOTES_PER_POST)
        self._remember(fact.post, _Post(fact.poster, fact.revision, made, opened))
        for index, quote in enumerate(offers[:opened]):
            self._open(OpenQuote(fact.post, index, fact.poster, made, quote))
        return Admission(news=True, closed=closed + self._evict(), opened=opened)

    def delete(self, fact: PostDeleted, now: int) -> list[Closing]:
        """Close a removed post's quotes, and let no late revision open it again."""
        known = self._posts.get(fact.post)
        closed = self._close_post(fact.post, "deleted")
        removed = min(fact.event_time, now)
        if now - removed < LIFETIME:
            poster = known.poster if known else UNKNOWN_POSTER
            self._remember(fact.post, _Post(poster, DELETED, removed, 0))
        return closed + self._evict()

    def redirect(self, survivors: Sequence[int]) -> None:
        """Let open quotes over merged items stand for the survivors; ``survivors[n]``: what n counts for."""
        for name, quote in self._quotes.items():
            meant = redirected(quote.quote, survivors)
            if meant is not quote.quote:
                self._quotes[name] = replace(quote, quote=meant)

    def next_deadline(self) -> int | None:
        """Give the time at which the next post expires, if any is remembered."""
        while self._timers:
            time, name = self._timers[0]
            known = self._posts.get(name)
            if known is not None and known.time + LIFETIME == time:
                return time
            heappop(self._timers)
        return None

    def expire_next(self) -> list[Closing]:
        """Forget the post whose deadline is next; its quotes close as expired."""
        _, name = heappop(self._timers)
        return self._forget(name)

    def dump(self) -> Dump:
        """Give the whole book, in order."""
        posts = [[name, p.poster, p.revision, p.time, p.opened] for name, p in self._posts.items()]
        quotes = [msgspec.to_builtins(quote) for quote in self._quotes.values()]
        newest = [[poster, *post] for poster, post in self._newest.items()]
        return Dump({"most": self._most, "posts": posts, "quotes": quotes, "newest": newest}, {})

    @classmethod
    def load(cls, dump: Dump) -> "Book":
        """Make a book equal to the one that was dumped."""
        book = cls(dump.plain["most"])
        for name, *fields in dump.plain["posts"]:
            post = _Post(*fields)
            book._posts[name] = post
            book._timers.append((post.time + LIFETIME, name))
        heapify(book._timers)
        for quote in dump.plain["quotes"]:
            book._open(msgspec.convert(quote, OpenQuote))
        book._newest = {poster: (time, post) for poster, time, post in dump.plain["newest"]}
        return book

    def _remember(self, name: int, post: _Post) -> None:
        self._posts.pop(name, None)
        self._posts[name] = post
        heappush(self._timers, (post.time + LIFETIME, name))

    def _forget(self, name: int) -> list[Closing]:
        closed = self._close_post(name, "expired")
        poster = self._posts.pop(name).poster
        if self._newest.get(poster, (0, 0))[1] == name:
            del self._newest[poster]
        return closed

    def _evict(self) -> list[Closing]:
        closed: list[Closing] = []
        while len(self._quotes) > self._most or len(self._posts) > 2 * self._most:
            closed += self._forget(next(iter(self._posts)))
        return closed

    def _open(self, quote: OpenQuote) -> None:
        self._quotes[quote.id] = quote
        self._by_poster.setdefault(quote.poster, {})[quote.post] = None

    def _close_poster(self, poster: int) -> list[Closing]:
        closed: list[Closing] = []
        for name in tuple(self._by_poster.get(poster, ())):
            closed += self._close_post(name, "replaced")
        return closed

    def _close_post(self, name: int, reason: CloseReason) -> list[Closing]:
        post = self._posts.get(name)
        if post is None or not post.opened:
            return []
        closed = [Closing(QuoteId(name, index), reason) for index in range(post.opened)]
        for closing in closed:
            del self._quotes[closing.id]
        post.opened = 0
        posts = self._by_poster[post.poster]
        del posts[name]
        if not posts:
            del self._by_poster[post.poster]
        return closed
