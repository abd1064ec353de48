"""Facts: what the journal keeps for ever, as bytes."""

import msgspec
import pytest

from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Item,
    ItemGuarded,
    MarketOpened,
    MoneyItem,
    PostDeleted,
    PostRecorded,
    ReferenceLoaded,
    ReferenceRemoved,
    decode_facts,
    encode_facts,
)
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, QuoteReading

QUOTE = QuoteReading(
    (Leg(1, 2.0),), (Leg(3, 1.0),), want_adds=True, ambiguous=(AmbiguousLeg("fb", (4, 5), 1.0, gives=True),)
)
ONE_OF_EACH: list[Fact] = [
    MarketOpened(1, 10, 11, simulated=True),
    CatalogueChanged(2, 10, 11, "game", "hash", (Item("a-b", "A B"),), (MoneyItem(0, 1.0, 1.0),), (0,)),
    PostRecorded(3, 10, 11, 1, 2, 3, 2900, 3, 0, 77, 0, Kind.OFFER, (QUOTE,), 2, 1),
    PostDeleted(4, 12, 13, 3),
    ClockTicked(5, 20, 20),
    ReferenceLoaded(6, 20, 20, "somewhere", 1, ((0, 2.5),)),
    ReferenceRemoved(7, 20, 20),
    ItemGuarded(8, 20, 21, 5, guarded=True, reason="new accounts ask 40 % more"),
]


def test_every_kind_of_fact_survives_encoding() -> None:
    """What was encoded decodes to equal facts in the same order."""
    assert decode_facts(encode_facts(ONE_OF_EACH)) == ONE_OF_EACH


def test_tags_never_change_their_meaning() -> None:
    """A journal of the first release reads the same for ever: each fact keeps its number."""
    tags = [type(fact).__struct_config__.tag for fact in ONE_OF_EACH]
    assert tags == [1, 2, 3, 4, 5, 6, 7, 8]


def test_bytes_that_are_no_facts_are_refused() -> None:
    """Damage raises a decoding error instead of giving some facts."""
    with pytest.raises(msgspec.DecodeError):
        decode_facts(encode_facts(ONE_OF_EACH)[:-3])


def test_fields_appended_by_a_later_release_do_not_hide_the_earlier_ones() -> None:
    """A longer array decodes to the fields this release knows."""
    body = msgspec.msgpack.encode([[5, 1, 2, 3, "added later"]])
    assert decode_facts(body) == [ClockTicked(1, 2, 3)]
