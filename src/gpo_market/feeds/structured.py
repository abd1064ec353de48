"""The simulated market as facts: what a journal would hold of it if every post were read as it was meant."""

import hashlib
from collections.abc import Iterator
from typing import Protocol

from gpo_market.events.facts import UNKNOWN_WEEK, PostDeleted, PostRecorded
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.readings import PARSER_VERSION, PostReading
from gpo_market.events.time import MINUTE, WEEK
from gpo_market.feeds.simulation import LATEST_DELETION, LATEST_EDIT, SimulatedPost

StructuredPost = tuple[PostRecorded | PostDeleted, SimulatedPost]
"""One fact, and what is behind it."""

LATEST_CHANGE = LATEST_EDIT + LATEST_DELETION + MINUTE


class Market(Protocol):
    """Whatever posts as people do and tells what is behind it."""

    def written(self, until: int) -> Iterator[SimulatedPost]:
        """Give the posts before ``until`` (microseconds) in time order, from where the last call ended."""


class Structured:
    """Numbers a simulated market's posts and states them as facts, without any text.

    ``first`` is the number of the next fact (``origin``); ``catalogue_version`` is that of the fact that
    states the list. Posters are numbered from 1. Memory: the messages of the last ``LATEST_CHANGE``, which
    may still be edited or deleted, and the places people post in.
    """

    def __init__(self, market: Market, first: int = 3, catalogue_version: int = 2) -> None:
        self._market = market
        self._next = first
        self._catalogue_version = catalogue_version
        self._messages: dict[str, tuple[int, int]] = {}
        self._places: dict[str, int] = {}

    def facts(self, until: int) -> Iterator[StructuredPost]:
        """Give every fact before ``until`` (microseconds) with its truth, from where the last call ended."""
        for simulated in self._market.written(until):
            fact = self._fact(simulated)
            self._next += 1
            yield fact, simulated

    def _fact(self, simulated: SimulatedPost) -> PostRecorded | PostDeleted:
        event, time = simulated.event, simulated.time
        self._forget(time - LATEST_CHANGE)
        if isinstance(event, RawDeletion):
            return PostDeleted(self._next, time, time, self._messages[event.id][0])
        if not event.edited_timestamp:
            self._messages[event.id] = (self._next, time)
        assert simulated.meant is not None
        return self._recorded(event, simulated.meant, simulated.poster, time)

    def _recorded(self, post: RawPost, meant: PostReading, poster: int, time: int) -> PostRecorded:
        return PostRecorded(
            origin=self._next,
            event_time=time,
            received_time=time,
            server=self._place(post.server_id),
            channel=self._place(post.channel_id),
            poster=1 + poster,
            account_week=post.author_created // WEEK if post.author_created else UNKNOWN_WEEK,
            post=self._messages[post.id][0],
            revision=post.edited_timestamp,
            fingerprint=_fingerprint(post.content),
            reply_to=0,
            kind=meant.kind,
            quotes=meant.quotes,
            catalogue_version=self._catalogue_version,
            parser_version=PARSER_VERSION,
        )

    def _place(self, name: str) -> int:
        return self._places.setdefault(name, len(self._places) + 1)

    def _forget(self, before: int) -> None:
        while self._messages:
            oldest = next(iter(self._messages))
            if self._messages[oldest][1] >= before:
                return
            del self._messages[oldest]


def _fingerprint(content: str) -> int:
    return int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest(), "big") >> 1
