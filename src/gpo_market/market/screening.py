"""Screening: which quotes say something new. A poster's repost within a day counts once."""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from gpo_market.events.facts import PostRecorded
from gpo_market.events.log import Dump
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY

MOST_REMEMBERED = 200_000


class Screening:
    """Remembers for a day what each poster said, by 64-bit keys of fingerprints and of baskets.

    Memory: at most ``most`` keys; beyond it the oldest are forgotten first.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._seen: dict[int, tuple[int, int]] = {}

    def __len__(self) -> int:
        """Count the keys remembered."""
        return len(self._seen)

    def forget(self, now: int) -> None:
        """Drop what was remembered a day before ``now`` or earlier (market time, never going back)."""
        while self._seen:
            oldest = next(iter(self._seen))
            if self._seen[oldest][0] > now - DAY:
                return
            del self._seen[oldest]

    def repeats_post(self, fact: PostRecorded, time: int, now: int) -> bool:
        """Tell whether the poster said exactly this within a day; remember it if not.

        ``time`` is the post's, ``now`` the market's. A fingerprint of 0 is none.
        """
        if not fact.fingerprint:
            return False
        return self._repeats(_key(("post", fact.poster, fact.fingerprint)), time, now)

    def repeats_quote(self, poster: int, kind: Kind, quote: QuoteReading, time: int, now: int) -> bool:
        """Tell whether the poster offered these very baskets within a day; remember it if not.

        Times as in repeats_post. A deal counts beside the offer it confirms.
        """
        baskets = (_basket(quote.give), _basket(quote.want))
        return self._repeats(_key(("quote", poster, int(kind), baskets)), time, now)

    def _repeats(self, key: int, time: int, now: int) -> bool:
        known = self._seen.get(key)
        if known is not None and abs(time - known[1]) < DAY:
            return True
        self._seen.pop(key, None)
        self._seen[key] = (now, time)
        if len(self._seen) > self._most:
            del self._seen[next(iter(self._seen))]
        return False

    def dump(self) -> Dump:
        """Give everything remembered, oldest first."""
        return Dump({"most": self._most, "seen": [[key, *times] for key, times in self._seen.items()]}, {})

    @classmethod
    def load(cls, dump: Dump) -> "Screening":
        """Make a screening equal to the one that was dumped."""
        screening = cls(dump.plain["most"])
        screening._seen = {key: (now, time) for key, now, time in dump.plain["seen"]}
        return screening


def _basket(legs: Sequence[Leg]) -> list[tuple[int, float]]:
    return sorted((leg.item, float(leg.quantity)) for leg in legs)


def _key(parts: tuple[Any, ...]) -> int:
    digest = hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
