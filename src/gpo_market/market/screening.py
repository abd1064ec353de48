"""Screening: which quotes say something new. A poster's repost within a day counts once."""

import hashlib
from collections import OrderedDict
from functools import lru_cache

import msgspec

from gpo_market.events.facts import PostRecorded
from gpo_market.events.log import Dump
from gpo_market.events.readings import Kind, Leg, QuoteReading
from gpo_market.events.time import DAY

MOST_REMEMBERED = 200_000
MOST_LEGS = 8192
"""Items in one quantity whose keys are kept at hand."""

KEYS = (1 << 63) - 1
MIX_POSTER, MIX_KIND, MIX_WANTED = 0x1E3779B97F4A7C15, 0x3F58476D1CE4E5B9, 0x14D049BB133111EB
"""Odd numbers, so that no two posters, kinds or sides have the same share in a key."""


class Screening:
    """Remembers for a day what each poster said, by 64-bit keys of fingerprints and of baskets.

    Memory: at most ``most`` keys; beyond it the oldest are forgotten first.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._most = most
        self._seen: OrderedDict[int, tuple[int, int]] = OrderedDict()
        self._oldest = 0

    def __len__(self) -> int:
        """Count the keys remembered."""
        return len(self._seen)

    def forget(self, now: int) -> None:
        """Drop what was remembered a day before ``now`` or earlier (market time, never going back)."""
        if self._oldest > now - DAY:
            return
        seen = self._seen
        while seen:
            oldest = next(iter(seen))
            self._oldest = seen[oldest][0]
            if self._oldest > now - DAY:
                return
            del seen[oldest]

    def repeats_post(self, fact: PostRecorded, time: int, now: int) -> bool:
        """Tell whether the poster said exactly this within a day; remember it if not.

        ``time`` is the post's, ``now`` the market's. A fingerprint of 0 is none.
        """
        if not fact.fingerprint:
            return False
        return self._repeats((fact.fingerprint + fact.poster * MIX_POSTER) & KEYS, time, now)

    def repeats_quote(self, poster: int, kind: Kind, quote: QuoteReading, time: int, now: int) -> bool:
        """Tell whether the poster offered these very baskets within a day; remember it if not.

        Times as in repeats_post. A deal counts beside the offer it confirms.
        """
        key = poster * MIX_POSTER + kind * MIX_KIND
        for leg in quote.give:
            key += _key_of(leg)
        for leg in quote.want:
            key += _key_of(leg) * MIX_WANTED
        return self._repeats(key & KEYS, time, now)

    def _repeats(self, key: int, time: int, now: int) -> bool:
        known = self._seen.get(key)
        if known is not None and abs(time - known[1]) < DAY:
            return True
        self._seen[key] = (now, time)
        if known is not None:
            self._seen.move_to_end(key)
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
        screening._seen.update((key, (now, time)) for key, now, time in dump.plain["seen"])
        return screening


@lru_cache(maxsize=MOST_LEGS)
def _key_of(leg: Leg) -> int:
    """Give the key of one item of a basket in its quantity.

    Keys of a basket's items are added up, so that their order says nothing: sums of numbers as good as
    random are as unlikely to be equal as the numbers themselves.
    """
    parts = msgspec.msgpack.encode((leg.item, float(leg.quantity)))
    return int.from_bytes(hashlib.blake2b(parts, digest_size=8).digest(), "big")
