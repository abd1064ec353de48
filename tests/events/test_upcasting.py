"""What earlier versions wrote under tags that are no longer written means the same for ever."""

import msgspec
import pytest

from gpo_market.events.facts import RETIRED, ClockTicked, Fact, MarketOpened, encode_facts
from gpo_market.events.upcasting import UpcastingDecoder


class SecondsTicked(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=99):
    """A tick as a version that counted seconds would have written it."""

    origin: int
    at_seconds: int


def today(tick: SecondsTicked) -> ClockTicked:
    """Say what it means."""
    return ClockTicked(tick.origin, tick.at_seconds * 1_000_000, tick.at_seconds * 1_000_000)


DECODER = UpcastingDecoder[Fact](Fact, {SecondsTicked: today})
OPENED = MarketOpened(1, 5, 6, simulated=True)
BYTES = msgspec.msgpack.encode([OPENED, SecondsTicked(2, 7), ClockTicked(3, 8, 9)])


def test_a_retired_struct_becomes_todays() -> None:
    """In its place, among others."""
    expected = [OPENED, ClockTicked(2, 7_000_000, 7_000_000), ClockTicked(3, 8, 9)]
    assert DECODER.decode(BYTES) == expected


def test_without_it_the_tag_is_refused() -> None:
    """An unknown tag is never skipped or taken for another."""
    with pytest.raises(msgspec.ValidationError):
        UpcastingDecoder[Fact](Fact, {}).decode(BYTES)


def test_facts_of_today_pass_as_they_are() -> None:
    """With and without retired ones, none of which is today's."""
    facts: list[Fact] = [OPENED, ClockTicked(3, 8, 9)]
    for decoder in (DECODER, UpcastingDecoder[Fact](Fact, {})):
        assert decoder.decode(encode_facts(facts)) == facts
    assert not set(RETIRED) & set(Fact.__args__)


def test_a_tag_is_never_given_twice() -> None:
    """A retired struct with a tag of today is refused when the program starts."""

    class Taken(msgspec.Struct, array_like=True, tag=5):
        origin: int

    with pytest.raises(TypeError, match="unique `tag`"):
        UpcastingDecoder[Fact](Fact, {Taken: lambda taken: ClockTicked(taken.origin, 0, 0)})


@pytest.mark.parametrize("body", [b"", b"\x91", BYTES[:-1], msgspec.msgpack.encode([[99, "x", 1]])])
def test_bytes_that_are_none_are_refused(body: bytes) -> None:
    """Damage raises instead of giving some facts."""
    with pytest.raises(msgspec.DecodeError):
        DECODER.decode(body)
