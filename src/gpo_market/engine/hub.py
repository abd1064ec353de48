"""The hub: every update encoded once, kept in one bounded ring, read by any number of streams.

A stream holds a cursor into the ring and nothing else; one publish wakes all that sleep, and calls all that
listen in the same turn of the loop.
Memory is bounded by the ring's capacity; a stream that falls out of the ring is told to start afresh.
Everything here belongs to one event loop's thread: call ``publish`` from there.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Self

import msgspec

from gpo_market.events.updates import (
    UPDATE_TYPES,
    ItemGuardSwitched,
    MarketStarted,
    QuoteOpened,
    Update,
    ValueMoved,
    update_name,
)
from gpo_market.views.update_id import UpdateId, before_all

CAPACITY = 8192
HEARTBEAT_SECONDS = 15.0
LARGEST_BATCH = 256
_TYPE_NAMES = {kind: update_name(kind) for kind in UPDATE_TYPES}


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One update as it is sent.

    ``place`` is its id as a plain tuple; ``body`` is the update's JSON; ``event`` the same as a server-sent
    event. What only a stream of chosen topics asks for is worked out when it does.
    """

    place: tuple[int, int, int]
    update: Update
    body: bytes
    event: bytes

    @property
    def id(self) -> UpdateId:
        """Name the update in the stream."""
        return UpdateId(*self.place)

    @property
    def type(self) -> str:
        """Name the update's type."""
        return _TYPE_NAMES[type(self.update)]

    @property
    def items(self) -> frozenset[str] | None:
        """Give the slugs that the update names, or None when it concerns every item.

        It does also for ``quote_closed``, which names a quote only.
        """
        update = self.update
        if isinstance(update, (ValueMoved, ItemGuardSwitched)):
            return frozenset((update.item,))
        if isinstance(update, QuoteOpened):
            return frozenset(line.item for line in (*update.give, *update.want))
        return None


@dataclass(frozen=True, slots=True)
class Topics:
    """What a stream wants: update types and items by slug; None stands for all."""

    types: frozenset[str] | None = None
    items: frozenset[str] | None = None

    def match(self, frame: Frame) -> bool:
        """Tell whether a frame belongs to these topics."""
        if self.types is not None and frame.type not in self.types:
            return False
        return self.items is None or frame.items is None or not self.items.isdisjoint(frame.items)


EVERYTHING = Topics()


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether posts are taken: ``problem`` says why not, None that they are."""

    problem: str | None


class Batch(msgspec.Struct, frozen=True):
    """What a stream gets at once, oldest first; without frames, reset and notice it is a sign of life.

    ``reset`` tells that updates before the frames were missed: whoever reads must fetch the state anew,
    which is at ``newest`` or later. ``notice`` is there when it is another than the stream heard last.
    """

    frames: tuple[Frame, ...]
    reset: bool
    newest: UpdateId
    notice: Notice | None = None


ALL_WELL = Notice(None)


_BLANK = Frame((0, 0, 0), MarketStarted(time="", simulated=False), b"", b"")


class _Ring:
    """The last frames. Everything that followed ``floor`` is in it, at positions ``first`` to ``end - 1``."""

    def __init__(self, epoch: int, capacity: int, floor: UpdateId | None) -> None:
        self.epoch = epoch
        self.end = 0
        self.newest = floor or before_all(epoch)
        self._capacity = capacity
        self._start = 0
        self._frames = [_BLANK] * capacity
        self._floor: tuple[int, int, int] | None = floor

    @property
    def first(self) -> int:
        return max(self._start, self.end - self._capacity)

    def restart(self, epoch: int, floor: UpdateId) -> None:
        """Begin another epoch; every cursor into the one before falls out of the ring."""
        self.epoch = epoch
        self.end += 1
        self.newest = floor
        self._start = self.end
        self._frames = [_BLANK] * self._capacity
        self._floor = floor

    def between(self, first: int, end: int) -> list[Frame]:
        """Give the frames at some positions, at most as many as the ring holds."""
        if first == end:
            return []
        begin, until = first % self._capacity, end % self._capacity
        if begin < until:
            return self._frames[begin:until]
        return self._frames[begin:] + self._frames[:until]

    def keep(self, seq: int, updates: Sequence[Update], encoded: Sequence[bytes]) -> None:
        if self.end > self._start and seq <= self.newest.seq:
            raise ValueError(f"updates of fact {seq} came after those of fact {self.newest.seq}")
        epoch, capacity, frames = self.epoch, self._capacity, self._frames
        if self._floor is None:
            self._floor = (epoch, 0, 0) if seq <= 1 else (epoch, seq, -1)
        end, full = self.end, self._start + capacity
        for k, (update, body) in enumerate(zip(updates, encoded, strict=True)):
            slot = end % capacity
            if end >= full:
                self._floor = frames[slot].place
            event = b"id: %d.%d.%d\ndata: %b\n\n" % (epoch, seq, k, body)
            frames[slot] = Frame((epoch, seq, k), update, body, event)
            end += 1
        self.end = end
        self.newest = UpdateId(epoch, seq, len(updates) - 1)

    def position(self, after: UpdateId) -> int:
        """Find the position behind an id; -1 when what followed it is not all here."""
        floor = self._floor or before_all(self.epoch)
        if after.epoch != self.epoch or not floor <= after <= self.newest:
            return -1
        first, frames = self.first, self._frames
        place = tuple(after)
        return first + bisect_right(
            range(first, self.end), place, key=lambda at: frames[at % self._capacity].place
        )


class _Bell:
    """Wakes all that sleep on it: at every ring, every ``heartbeat`` seconds, and for good when closed.

    Those who listen are called at once instead, in the order in which they came.
    """

    def __init__(self, heartbeat: float) -> None:
        self.beats = 0
        self.streams = 0
        self.closed = False
        self.notice = ALL_WELL
        self._heartbeat = heartbeat
        self._timer: asyncio.TimerHandle | None = None
        self._sleepers: list[asyncio.Future[None]] = []
        self._listeners: dict[Callable[[], None], None] = {}
        self._held = 0
        self._rung = False

    def sleep(self) -> asyncio.Future[None]:
        self._start_timer()
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers.append(sleeper)
        return sleeper

    def listen(self, heard: Callable[[], None]) -> None:
        self._start_timer()
        self._listeners[heard] = None

    def forget(self, heard: Callable[[], None]) -> None:
        self._listeners.pop(heard, None)

    def ring(self) -> None:
        if self._held:
            self._rung = True
            return
        sleepers, self._sleepers = self._sleepers, []
        for sleeper in sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        for heard in tuple(self._listeners):
            heard()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Ring once behind all that would have rung within."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if self._rung and not self._held:
                self._rung = False
                self.ring()

    def beat(self) -> None:
        self._stop_timer()
        self.beats += 1
        self.ring()
        if self._listeners:
            self._start_timer()

    def close(self) -> None:
        self.closed = True
        self._stop_timer()
        self.ring()

    def _start_timer(self) -> None:
        if self._timer is None and not self.closed:
            self._timer = asyncio.get_running_loop().call_later(self._heartbeat, self.beat)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Subscription:
    """One stream: an asynchronous iterator of batches that ends when it or its hub is closed.

    Holds a cursor only. A batch has at most 256 frames; one who reads too slowly gets a reset. Whoever must
    not wait for the loop's next turn listens instead, and takes the batches.
    """

    def __init__(self, ring: _Ring, bell: _Bell, topics: Topics, cursor: int) -> None:
        self._ring = ring
        self._bell = bell
        self._topics = topics
        self._chooses = topics != EVERYTHING
        self._cursor = cursor
        self._beats = bell.beats
        self._heard = ALL_WELL
        self._sleeper: asyncio.Future[None] | None = None
        self._heard_news: Callable[[], None] | None = None
        self._closed = False
        bell.streams += 1

    def __aiter__(self) -> Self:
        """Iterate over the batches."""
        return self

    async def __anext__(self) -> Batch:
        """Wait for the next batch."""
        while not self.ended:
            batch = self.take()
            if batch is not None:
                return batch
            self._sleeper = self._bell.sleep()
            await self._sleeper
        self.close()
        raise StopAsyncIteration

    @property
    def ended(self) -> bool:
        """Whether it or its hub was closed."""
        return self._closed or self._bell.closed

    def listen(self, heard: Callable[[], None]) -> None:
        """Have ``heard`` called whenever there may be something to take, and when the stream ends.

        It is called in the turn in which that happens, must be quick and must not raise; one stream has one.
        """
        self._heard_news = heard
        self._bell.listen(heard)

    def close(self) -> None:
        """End the stream; its reader wakes and stops."""
        if self._closed:
            return
        self._closed = True
        self._bell.streams -= 1
        if self._sleeper is not None and not self._sleeper.done():
            self._sleeper.set_result(None)
        if self._heard_news is not None:
            self._bell.forget(self._heard_news)
            self._heard_news()

    def take(self) -> Batch | None:
        """Take what waits: frames, a reset, a notice, a sign of life; None for nothing, or at the end."""
        if self.ended:
            return None
        ring, bell, notice = self._ring, self._bell, None
        if bell.notice is not self._heard:
            notice = bell.notice if bell.notice != self._heard else None
            self._heard = bell.notice
        if self._cursor < ring.first:
            self._cursor = ring.end
            return Batch((), reset=True, newest=ring.newest, notice=notice)
        frames = self._take_frames()
        if not frames and notice is None and self._beats == bell.beats:
            return None
        self._beats = bell.beats
        return Batch(tuple(frames), reset=False, newest=ring.newest, notice=notice)

    def _take_frames(self) -> list[Frame]:
        ring, match = self._ring, self._topics.match
        frames: list[Frame] = []
        if not self._chooses:
            end = min(ring.end, self._cursor + LARGEST_BATCH)
            frames = ring.between(self._cursor, end)
            self._cursor = end
            return frames
        while self._cursor < ring.end and len(frames) < LARGEST_BATCH:
            end = min(ring.end, self._cursor + LARGEST_BATCH - len(frames))
            frames += [frame for frame in ring.between(self._cursor, end) if match(frame)]
            self._cursor = end
        return frames


class Hub:
    """Sends a market's updates to any number of streams.

    ``capacity`` is the number of frames kept for those who resume. ``floor`` is the id behind which the
    ring will be complete (the last update that a restored snapshot holds); without it only what was
    published here can be resumed. Every ``heartbeat`` seconds each stream gets a sign of life.
    """

    def __init__(
        self,
        epoch: int,
        capacity: int = CAPACITY,
        *,
        floor: UpdateId | None = None,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        if capacity < 1:
            raise ValueError("a hub keeps at least one frame")
        self._ring = _Ring(epoch, capacity, floor)
        self._bell = _Bell(heartbeat)

    @property
    def epoch(self) -> int:
        """The epoch whose updates are sent."""
        return self._ring.epoch

    @property
    def streams(self) -> int:
        """Count the open streams."""
        return self._bell.streams

    @property
    def closed(self) -> bool:
        """Whether the hub was closed."""
        return self._bell.closed

    @property
    def newest(self) -> UpdateId:
        """Give the id of the last update; the floor, or ``<epoch>.0.0``, before the first."""
        return self._ring.newest

    def publish(self, seq: int, updates: Sequence[Update], encoded: Sequence[bytes]) -> None:
        """Send all updates of fact ``seq``, in order, to every stream whose topics they match.

        ``encoded`` holds each update's JSON as ``encode_update`` wrote it.

        Raises ValueError when this or a later fact's updates were sent before.
        """
        if updates:
            self._ring.keep(seq, updates, encoded)
            self._bell.ring()

    def together(self) -> AbstractContextManager[None]:
        """Send what is published within as one batch, behind it."""
        return self._bell.held()

    def subscribe(self, topics: Topics = EVERYTHING, after: UpdateId | None = None) -> Subscription:
        """Open a stream of what follows ``after``, or of what comes from now on.

        Its first batch is a reset when the ring no longer holds all that followed ``after``.
        """
        cursor = self._ring.end if after is None else self._ring.position(after)
        return Subscription(self._ring, self._bell, topics, cursor)

    def restart(self, epoch: int, floor: UpdateId) -> None:
        """Send another epoch's updates from now on, those behind ``floor``; each open stream gets a reset."""
        self._ring.restart(epoch, floor)
        self._bell.ring()

    def announce(self, problem: str | None) -> None:
        """Tell every stream, also those that open later, why no posts are taken; None when they are again."""
        self._bell.notice = Notice(problem)
        self._bell.ring()

    def beat(self) -> None:
        """Give every stream a sign of life now."""
        self._bell.beat()

    def close(self) -> None:
        """End all streams; later publishing only fills the ring."""
        self._bell.close()
