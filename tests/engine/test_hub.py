"""The hub."""

import asyncio
import gc
import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.engine.hub import EVERYTHING, LARGEST_BATCH, Batch, Hub, Notice, Subscription, Topics
from gpo_market.events.updates import (
    ItemGuardSwitched,
    MarketStarted,
    QuoteClosed,
    QuotedLine,
    QuoteOpened,
    Update,
    ValueMoved,
    decode_update,
    encode_update,
)
from gpo_market.views.update_id import UpdateId

TIME = "2026-01-01T12:00:00Z"
STARTED = MarketStarted(time=TIME, simulated=True)
CLOSED = QuoteClosed(time=TIME, simulated=True, id="4.0", reason="expired")
OPENED = QuoteOpened(
    time=TIME,
    simulated=True,
    id="5.0",
    kind="offer",
    give=(QuotedLine("pika", 1, None),),
    want=(QuotedLine("mc", 2, None),),
    give_adds=False,
    want_adds=False,
    give_open=False,
    want_open=False,
    complete=True,
    fairness="uncertain",
    edge=None,
    weight=0.0,
)


def moved(item: str) -> ValueMoved:
    """Make a value's move."""
    return ValueMoved(
        time=TIME,
        simulated=True,
        item=item,
        value=1.0,
        low=0.9,
        high=1.1,
        basis="quotes",
        confidence="ok",
        quotes=1,
    )


def publish(hub: Hub, seq: int, updates: Sequence[Update]) -> None:
    """Publish a fact's updates with their encoded forms."""
    hub.publish(seq, updates, [encode_update(update) for update in updates])


async def take(stream: Subscription) -> Batch:
    """Take what waits; fails rather than waits for ever."""
    return await asyncio.wait_for(anext(stream), 5)


def ids(batch: Batch) -> list[str]:
    """Name a batch's frames."""
    return [str(frame.id) for frame in batch.frames]


async def test_a_stream_gets_what_follows_its_opening() -> None:
    """Nothing earlier, everything later, in order, with ids that count per fact."""
    hub = Hub(1)
    assert hub.epoch == 1
    publish(hub, 1, [STARTED])
    stream = hub.subscribe()
    publish(hub, 2, [moved("pika"), moved("mc")])
    publish(hub, 5, [moved("lc")])
    batch = await take(stream)
    assert (ids(batch), batch.reset, batch.newest) == (["1.2.0", "1.2.1", "1.5.0"], False, UpdateId(1, 5, 0))


async def test_a_frame_holds_the_update_as_json_and_as_event() -> None:
    """What every outlet sends is encoded once."""
    hub = Hub(1)
    stream = hub.subscribe()
    publish(hub, 7, [OPENED])
    frame = (await take(stream)).frames[0]
    assert decode_update(frame.body) == OPENED
    assert frame.event == b"id: 1.7.0\ndata: " + frame.body + b"\n\n"
    assert (frame.type, frame.items) == ("quote_opened", frozenset({"pika", "mc"}))


async def test_a_sleeping_stream_is_woken_by_the_next_update() -> None:
    """It waits without polling and shares nothing but the bell."""
    hub = Hub(1)
    streams = [hub.subscribe() for _ in range(3)]
    waiting = [asyncio.create_task(take(stream)) for stream in streams]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    publish(hub, 1, [STARTED])
    assert [ids(batch) for batch in await asyncio.gather(*waiting)] == [["1.1.0"]] * 3


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [
        (EVERYTHING, ["1.1.0", "1.2.0", "1.2.1", "1.2.2", "1.2.3"]),
        (Topics(types=frozenset({"value_moved"})), ["1.2.2", "1.2.3"]),
        (Topics(items=frozenset({"mc"})), ["1.1.0", "1.2.0", "1.2.1", "1.2.3"]),
        (Topics(types=frozenset({"value_moved", "quote_opened"}), items=frozenset({"lc"})), ["1.2.2"]),
    ],
)
async def test_topics_choose_types_and_items(topics: Topics, wanted: list[str]) -> None:
    """Updates that name no item concern every item."""
    hub = Hub(1)
    stream = hub.subscribe(topics)
    publish(hub, 1, [STARTED])
    publish(hub, 2, [CLOSED, OPENED, moved("lc"), moved("mc")])
    assert ids(await take(stream)) == wanted


async def test_a_guard_concerns_its_item_only() -> None:
    """Who follows an item hears of its guards, and of no other's."""
    hub = Hub(1)
    stream = hub.subscribe(Topics(items=frozenset({"mc"})))
    guards: list[Update] = [
        ItemGuardSwitched(time=TIME, simulated=True, item=item, guarded=True) for item in ("pika", "mc")
    ]
    publish(hub, 1, guards)
    assert ids(await take(stream)) == ["1.1.1"]


async def test_updates_of_other_topics_do_not_end_the_wait() -> None:
    """A stream sleeps on until something is for it."""
    hub = Hub(1)
    stream = hub.subscribe(Topics(items=frozenset({"mc"})))
    waiting = asyncio.create_task(take(stream))
    await asyncio.sleep(0)
    publish(hub, 1, [moved("lc")])
    await asyncio.sleep(0)
    assert not waiting.done()
    publish(hub, 2, [moved("mc")])
    assert ids(await waiting) == ["1.2.0"]


async def test_resuming_gives_all_that_follows() -> None:
    """From any id still covered, also between two updates of one fact."""
    hub = Hub(1)
    publish(hub, 1, [STARTED])
    publish(hub, 3, [moved("pika"), moved("mc")])
    for after, wanted in [
        ("1.0.0", ["1.1.0", "1.3.0", "1.3.1"]),
        ("1.1.0", ["1.3.0", "1.3.1"]),
        ("1.2.0", ["1.3.0", "1.3.1"]),
        ("1.3.0", ["1.3.1"]),
    ]:
        batch = await take(hub.subscribe(after=UpdateId.parse(after)))
        assert (ids(batch), batch.reset) == (wanted, False)


async def test_resuming_behind_the_newest_waits() -> None:
    """Who has everything gets nothing again."""
    hub = Hub(1)
    publish(hub, 1, [STARTED])
    stream = hub.subscribe(after=UpdateId(1, 1, 0))
    hub.beat()
    assert (await take(stream)).frames == ()


@pytest.mark.parametrize("after", ["2.1.0", "0.1.0", "1.9.0", "1.4.0"])
async def test_an_id_that_cannot_be_resumed_resets(after: str) -> None:
    """Of another epoch, from the future, or already overwritten: fetch anew, then go on from here."""
    hub = Hub(1, capacity=2)
    for seq in range(3, 9):
        publish(hub, seq, [moved("pika")])
    stream = hub.subscribe(after=UpdateId.parse(after))
    batch = await take(stream)
    assert (batch.reset, batch.frames, batch.newest) == (True, (), UpdateId(1, 8, 0))
    publish(hub, 9, [moved("pika")])
    assert ids(await take(stream)) == ["1.9.0"]


async def test_a_stream_that_falls_out_of_the_ring_resets() -> None:
    """It costs no memory to be slow, and misses nothing without being told."""
    hub = Hub(1, capacity=4)
    stream = hub.subscribe()
    for seq in range(1, 6):
        publish(hub, seq, [moved("pika")])
    assert (await take(stream)).reset
    publish(hub, 6, [moved("pika")])
    assert ids(await take(stream)) == ["1.6.0"]


async def test_after_a_restart_the_replayed_tail_can_be_resumed() -> None:
    """Behind the snapshot's last update, nothing is lost; before it, a reset."""
    hub = Hub(1, floor=UpdateId(1, 40, 2))
    assert hub.newest == UpdateId(1, 40, 2)
    publish(hub, 41, [moved("pika")])
    publish(hub, 43, [moved("mc")])
    assert ids(await take(hub.subscribe(after=UpdateId(1, 40, 2)))) == ["1.41.0", "1.43.0"]
    assert (await take(hub.subscribe(after=UpdateId(1, 40, 1)))).reset


async def test_without_a_floor_only_what_was_published_can_be_resumed() -> None:
    """A hub that began in the middle does not claim to know what came before."""
    hub = Hub(1)
    assert hub.newest == UpdateId(1, 0, 0)
    publish(hub, 41, [moved("pika"), moved("mc")])
    assert (await take(hub.subscribe(after=UpdateId(1, 40, 0)))).reset
    assert ids(await take(hub.subscribe(after=UpdateId(1, 41, 0)))) == ["1.41.1"]


def test_a_fact_is_published_once_and_in_order() -> None:
    """Ids never repeat or go back; a fact without updates takes no place."""
    hub = Hub(1)
    publish(hub, 2, [moved("pika")])
    publish(hub, 3, [])
    publish(hub, 3, [])
    for seq in (2, 1):
        with pytest.raises(ValueError, match="came after those of fact 2"):
            publish(hub, seq, [moved("pika")])


def test_a_hub_without_room_is_refused() -> None:
    """A ring holds something."""
    with pytest.raises(ValueError, match="at least one frame"):
        Hub(1, capacity=0)


async def test_a_quiet_stream_gets_signs_of_life() -> None:
    """The hub's own timer gives them, and stops with the hub."""
    hub = Hub(1, heartbeat=0.001)
    stream = hub.subscribe()
    for _ in range(2):
        batch = await take(stream)
        assert (batch.frames, batch.reset) == ((), False)
    hub.close()


async def test_a_busy_stream_is_not_given_signs_of_life_besides() -> None:
    """Frames are sign enough."""
    hub = Hub(1)
    stream = hub.subscribe()
    publish(hub, 1, [STARTED])
    hub.beat()
    assert ids(await take(stream)) == ["1.1.0"]
    waiting = asyncio.create_task(take(stream))
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_a_notice_reaches_every_stream_once() -> None:
    """Those that sleep, those that open while it stands, and none that opens when all is well again."""
    hub = Hub(1)
    sleeping = hub.subscribe(Topics(types=frozenset({"value_moved"})))
    waiting = asyncio.ensure_future(anext(sleeping))
    await asyncio.sleep(0)
    hub.announce("the disk is full")
    notices = [(await waiting).notice, (await anext(hub.subscribe())).notice]
    assert notices == [Notice("the disk is full")] * 2
    hub.announce(None)
    assert (await anext(sleeping)).notice == Notice(None)
    late = hub.subscribe()
    hub.publish(1, [STARTED], [encode_update(STARTED)])
    batch = await anext(late)
    assert (batch.notice, len(batch.frames)) == (None, 1)


async def test_a_notice_comes_along_with_a_reset() -> None:
    """A stream that missed updates does not miss it."""
    hub = Hub(1, capacity=1)
    stream = hub.subscribe()
    for seq in (1, 2):
        hub.publish(seq, [STARTED], [encode_update(STARTED)])
    hub.announce("the disk is full")
    batch = await anext(stream)
    assert (batch.reset, batch.notice) == (True, Notice("the disk is full"))


async def test_batches_are_bounded() -> None:
    """A client far behind gets it in pieces."""
    hub = Hub(1)
    stream = hub.subscribe()
    publish(hub, 1, [moved("pika")] * (LARGEST_BATCH + 1))
    assert [len((await take(stream)).frames) for _ in range(2)] == [LARGEST_BATCH, 1]


async def test_closing_the_hub_ends_sleeping_and_new_streams() -> None:
    """Nothing is waited for at shutdown, and nothing more is sent."""
    hub = Hub(1)
    sleeping = asyncio.create_task(take(hub.subscribe()))
    await asyncio.sleep(0)
    hub.close()
    with pytest.raises(StopAsyncIteration):
        await sleeping
    publish(hub, 1, [STARTED])
    with pytest.raises(StopAsyncIteration):
        await take(hub.subscribe())
    assert (hub.closed, hub.streams) == (True, 0)


async def test_closing_a_stream_wakes_its_reader_only() -> None:
    """The others sleep on; closing twice is closing once."""
    hub = Hub(1)
    one, other = hub.subscribe(), hub.subscribe()
    readers = [asyncio.create_task(take(stream)) for stream in (one, other)]
    await asyncio.sleep(0)
    one.close()
    one.close()
    with pytest.raises(StopAsyncIteration):
        await readers[0]
    assert (hub.streams, readers[1].done()) == (1, False)
    other.close()
    with pytest.raises(StopAsyncIteration):
        await readers[1]
    assert hub.streams == 0


async def test_a_cancelled_reader_harms_nobody() -> None:
    """Its place among the sleepers is skipped at the next update."""
    hub = Hub(1)
    gone, stays = hub.subscribe(), hub.subscribe()
    readers = [asyncio.create_task(take(stream)) for stream in (gone, stays)]
    await asyncio.sleep(0)
    readers[0].cancel()
    await asyncio.sleep(0)
    publish(hub, 1, [STARTED])
    assert ids(await readers[1]) == ["1.1.0"]


async def test_a_stream_iterates_until_it_ends() -> None:
    """``async for`` sees every batch, then stops."""
    hub = Hub(1)
    seen: list[str] = []

    async def read(stream: Subscription) -> None:
        async for batch in stream:
            seen.extend(ids(batch))

    reading = asyncio.create_task(read(hub.subscribe()))
    for seq in (1, 2):
        await asyncio.sleep(0)
        publish(hub, seq, [STARTED])
    await asyncio.sleep(0)
    hub.close()
    await reading
    assert seen == ["1.1.0", "1.2.0"]


@given(
    capacity=st.integers(1, 12),
    sizes=st.lists(st.integers(0, 3), min_size=1, max_size=30),
    cut=st.integers(0, 40),
)
def test_a_resumed_stream_loses_and_doubles_nothing(capacity: int, sizes: list[int], cut: int) -> None:
    """Wherever a client stops, it gets exactly what followed, or a reset when that is gone."""
    hub = Hub(1, capacity=capacity)
    published: list[UpdateId] = [UpdateId(1, 0, 0)]
    for seq, size in enumerate([1, *sizes], start=1):
        updates: list[Update] = [moved("pika")] * size
        publish(hub, seq, updates)
        published += [UpdateId(1, seq, k) for k in range(size)]
    place = min(cut, len(published) - 1)
    missed = published[place + 1 :]
    stream = hub.subscribe(after=published[place])
    hub.beat()
    batch = asyncio.run(take(stream))
    if len(missed) > capacity:
        assert batch.reset
    else:
        assert not batch.reset
        assert [frame.id for frame in batch.frames] == missed


async def test_memory_does_not_grow_with_what_was_sent() -> None:
    """A ring's worth is kept, however slow the reader."""
    hub = Hub(1, capacity=16)
    stream = hub.subscribe()
    for seq in range(1, 101):
        publish(hub, seq, [moved("pika")])
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for seq in range(101, 5101):
            publish(hub, seq, [moved("pika")])
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 100_000  # sixteen frames; five thousand would be more than two million
    assert (await take(stream)).reset


async def test_another_epoch_resets_every_stream() -> None:
    """Those that sleep, lag or resume in the old one; then all go on in the new one."""
    hub = Hub(1, 4)
    publish(hub, 1, [STARTED])
    lagging, sleeping = hub.subscribe(), hub.subscribe(Topics(items=frozenset({"mc"})))
    waiting = asyncio.create_task(take(sleeping))
    publish(hub, 2, [moved("pika")])
    await asyncio.sleep(0)
    hub.restart(2, UpdateId(2, 9, 3))
    assert (hub.epoch, str(hub.newest)) == (2, "2.9.3")
    for batch in (await take(lagging), await waiting):
        assert (batch.reset, batch.frames, str(batch.newest)) == (True, (), "2.9.3")
    assert (await take(hub.subscribe(after=UpdateId(1, 2, 0)))).reset
    assert (await take(hub.subscribe(after=UpdateId(2, 8, 0)))).reset
    resumed = hub.subscribe(after=UpdateId(2, 9, 3))
    publish(hub, 10, [moved("mc")])
    assert [ids(await take(stream)) for stream in (lagging, sleeping, resumed)] == [["2.10.0"]] * 3
    publish(hub, 11, [moved("mc"), moved("pika"), moved("mc"), moved("lc")])
    assert ids(await take(lagging)) == ["2.11.0", "2.11.1", "2.11.2", "2.11.3"]


def test_numbers_begin_anew_in_another_epoch() -> None:
    """A fact that was sent in the old one may come again."""
    hub = Hub(1)
    publish(hub, 5, [STARTED])
    hub.restart(2, UpdateId(2, 4, 0))
    publish(hub, 5, [STARTED])
    assert str(hub.newest) == "2.5.0"
    with pytest.raises(ValueError, match="updates of fact 5 came after those of fact 5"):
        publish(hub, 5, [STARTED])


async def test_who_listens_is_called_in_the_turn_of_each_publication() -> None:
    """In the order in which they came, and only until their stream is closed."""
    hub = Hub(1)
    first, second = hub.subscribe(), hub.subscribe(Topics(types=frozenset({"value_moved"})))
    heard: list[str] = []
    first.listen(lambda: heard.append("first"))
    second.listen(lambda: heard.append("second"))
    publish(hub, 1, [STARTED])
    assert heard == ["first", "second"]
    batch = first.take()
    assert batch is not None
    assert ids(batch) == ["1.1.0"]
    assert (first.take(), second.take()) == (None, None)
    second.close()
    assert heard == ["first", "second", "second"]
    assert second.ended
    publish(hub, 2, [STARTED])
    assert heard[3:] == ["first"]


async def test_who_listens_gets_signs_of_life_and_hears_the_end() -> None:
    """Every so often, as those do who wait; nothing can be taken behind the end."""
    hub = Hub(1, heartbeat=0.001)
    stream = hub.subscribe()
    beats = asyncio.Semaphore(0)
    stream.listen(beats.release)
    for _ in range(3):
        await asyncio.wait_for(beats.acquire(), 5)
        batch = stream.take()
        assert batch is not None
        assert (batch.frames, batch.reset) == ((), False)
    publish(hub, 1, [STARTED])
    hub.close()
    assert stream.ended
    assert stream.take() is None


async def test_what_is_published_together_is_told_once() -> None:
    """Behind the last of it, to those who wait and to those who listen; nothing is told of nothing."""
    hub = Hub(1)
    waiting, listening = hub.subscribe(), hub.subscribe()
    batch = asyncio.create_task(take(waiting))
    await asyncio.sleep(0)
    heard: list[UpdateId] = []
    listening.listen(lambda: heard.append(hub.newest))
    with hub.together():
        publish(hub, 1, [STARTED])
        with hub.together():
            publish(hub, 2, [STARTED, STARTED])
        assert heard == []
    assert heard == [UpdateId(1, 2, 1)]
    assert ids(await batch) == ["1.1.0", "1.2.0", "1.2.1"]
    with hub.together():
        pass
    assert len(heard) == 1


async def test_who_chooses_topics_gets_all_that_match_however_many_do_not() -> None:
    """Around the ring's end too, in batches of the usual length."""
    hub = Hub(1, capacity=1_000)
    publish(hub, 1, [STARTED] * 900)
    stream = hub.subscribe(Topics(types=frozenset({"value_moved"})))
    publish(hub, 2, [moved("mc"), STARTED] * 300)
    first, second = await take(stream), await take(stream)
    assert [len(batch.frames) for batch in (first, second)] == [LARGEST_BATCH, 300 - LARGEST_BATCH]
    assert [frame.id.k for frame in (*first.frames, *second.frames)] == list(range(0, 600, 2))
