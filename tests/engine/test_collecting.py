"""Garbage collection: in idle moments, forced where none comes, and hardly ever over all that lives."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from gpo_market.engine import collecting
from gpo_market.engine.collecting import Collector


class Knot:
    """An object that only a collection can free."""

    def __init__(self) -> None:
        self.me = self


def knot() -> weakref.ref[Knot]:
    """Make one that nobody holds."""
    return weakref.ref(Knot())


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """Run a collector that finds any garbage worth collecting."""
    monkeypatch.setattr(collecting, "WORTH_COLLECTING", 0)
    monkeypatch.setattr(collecting, "IDLE_SECONDS", 0.0)
    running = Collector()
    before = gc.get_threshold()
    running.start()
    yield running
    running.stop()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_what_is_there_at_the_start_is_frozen(collector: Collector) -> None:
    """Later collections do not look at it."""
    assert gc.get_freeze_count() > 1_000
    assert collector.pauses.count == 0


async def test_garbage_goes_in_the_first_idle_moment(collector: Collector) -> None:
    """And the pause is counted."""
    garbage = knot()
    collector.touch()
    assert garbage() is not None
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert garbage() is None
    assert collector.pauses.count == 1


async def test_a_busy_moment_is_waited_out(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens meanwhile moves the moment."""
    now = 1.0
    monkeypatch.setattr(collecting, "perf_counter", lambda: now)
    monkeypatch.setattr(collecting, "IDLE_SECONDS", 60.0)
    garbage = knot()
    collector.touch()
    now = 31.0
    collector.touch()
    now = 61.0
    collector._reached()
    assert garbage() is not None
    now = 91.0
    collector._reached()
    assert garbage() is None


def test_little_garbage_is_not_worth_a_pause(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for more."""
    monkeypatch.setattr(collecting, "WORTH_COLLECTING", 1_000_000)
    garbage = knot()
    collector.collect()
    assert garbage() is not None
    assert collector.pauses.count == 0


def test_a_collection_is_forced_when_no_idle_moment_comes(collector: Collector) -> None:
    """Garbage is bounded however busy the engine is."""
    garbage = knot()
    held: list[list[int]] = [[] for _ in range(collecting.MOST_YOUNG + 1_000)]
    assert garbage() is None
    assert len(held) > collecting.MOST_YOUNG
    assert collector.pauses.count == 1


def test_survivors_are_frozen_now_and_then(collector: Collector) -> None:
    """So that collections stay short however long the engine runs; garbage among them went before."""
    survivor, garbage = Knot(), knot()
    frozen = gc.get_freeze_count()
    for _ in range(collecting.FREEZE_EVERY):
        collector.collect()
    assert garbage() is None
    assert gc.get_freeze_count() > frozen
    assert not any(known is survivor for known in gc.get_objects())


def test_when_much_is_held_everything_is_looked_at(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Garbage that was frozen while it lived goes then."""
    monkeypatch.setattr(collecting, "LEAST_GROWTH", 1_000)
    monkeypatch.setattr(collecting, "GROWTH_WORTH_ALL", 1.0)
    late = Knot()
    gone = weakref.ref(late)
    for _ in range(collecting.FREEZE_EVERY):
        collector.collect()
    del late
    held: list[list[int]] = [[] for _ in range(10_000)]
    with capture_logs() as told:
        for _ in range(collecting.FREEZE_EVERY):
            collector.collect()
    assert gone() is None
    assert len(held) == 10_000
    assert [line["event"] for line in told] == ["looked at all objects for garbage"]


def test_a_collector_that_never_ran_stops_quietly() -> None:
    """It changes nothing."""
    before = gc.get_threshold()
    Collector().stop()
    assert gc.get_threshold() == before


async def test_a_stopped_collector_collects_no_more(collector: Collector) -> None:
    """Not even in the moment that it waited for."""
    collector.touch()
    collector.stop()
    collector.touch()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert collector.pauses.count == 0
