"""Switching epochs: alone, and under an engine that goes on serving."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator

import pytest

from gpo_market.catalogue.changes import Alias
from gpo_market.engine.engine import Engine
from gpo_market.engine.importing import import_events
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover
from gpo_market.engine.reprocessing import reprocess
from gpo_market.engine.switching import LiveEpochs, NextState, Switched
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.facts import Fact
from gpo_market.events.log import EpochError, Lane
from gpo_market.journal.epoch_draft import Draft
from gpo_market.journal.epochs import Epochs
from gpo_market.journal.errors import JournalFailed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import offers, post
from tests.engine.test_reprocessing import silent


@pytest.fixture
def late(projection: Projection, journal: SqliteJournal) -> Projection:
    """The state of a journal whose posts came in two halves, the later one first."""
    import_events(journal, projection, [*offers(40)[20:], *offers(20)])
    return projection


@pytest.fixture
async def engine(late: Projection, journal: SqliteJournal, folder: DataFolder) -> AsyncIterator[Engine]:
    """Run an engine on it."""
    running = Engine(journal, GroupCommit(journal), Snapshots(folder), late, "test")
    running.allow_epochs(Epochs(journal, folder))
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
def epochs(engine: Engine) -> LiveEpochs:
    """What switches its epochs."""
    assert engine.epochs is not None
    return engine.epochs


@pytest.fixture
def draft(late: Projection, journal: SqliteJournal, folder: DataFolder) -> Iterator[Draft]:
    """A draft of what the journal held before the engine started."""
    with Draft(folder) as opened:
        before = Projection(1, simulated=True)
        before.catch_up(journal.read())
        assert before.seq == late.seq
        reprocess(journal, journal.texts(), before, opened, silent)
        yield opened


async def take_in(epochs: LiveEpochs, draft: Draft) -> None:
    """Take all of the draft in."""
    last = 0
    while last < draft.finished.head:
        last = (await epochs.take_in(last)).last


def replayed(journal: SqliteJournal) -> Projection:
    """Replay what the journal serves now."""
    fresh = Projection(journal.epoch, simulated=True)
    fresh.catch_up(journal.read())
    return fresh


async def test_the_engine_goes_on_in_the_new_epoch(
    draft: Draft, engine: Engine, epochs: LiveEpochs, journal: SqliteJournal
) -> None:
    """What came while it was drafted is in it, what comes later too; the state is that of a replay."""
    await engine.ingest(offers(45)[40:])
    await take_in(epochs, draft)
    await engine.ingest([post(60, "gem for 5 coin")])
    answer = await epochs.switch()
    assert answer == Switched(2, 48, 6, replayed(journal).state_hash.hex)
    (receipt,) = await engine.ingest([post(61, "hat for 3 gem")])
    status = engine.status()
    assert (receipt.seq, status.seq, status.id.split(".")[:2]) == (49, 49, ["2", "49"])
    assert status.hash == replayed(journal).state_hash.hex
    assert engine.views is engine.projection.views
    assert engine.views.epoch == 2


async def test_a_posts_number_is_the_same_in_both_epochs(
    draft: Draft, engine: Engine, epochs: LiveEpochs
) -> None:
    """So that whoever was answered before the switch can find the fact behind it."""
    await take_in(epochs, draft)
    (receipt,) = await engine.ingest([post(60, "gem for 5 coin")])
    await epochs.switch()
    (again,) = await engine.ingest([post(60, "gem for 5 coin")])
    assert (again.seq, again.fact) == (receipt.seq, None)


async def test_streams_get_a_reset_and_go_on(draft: Draft, engine: Engine, epochs: LiveEpochs) -> None:
    """The first update they get then is one of the new epoch; one that resumes in the old gets a reset."""
    stream = engine.hub.subscribe()
    await engine.ingest([post(60, "gem for 5 coin")])
    assert (await anext(stream)).frames
    old = engine.hub.newest
    await take_in(epochs, draft)
    await epochs.switch()
    batch = await anext(stream)
    assert (batch.reset, batch.frames, batch.newest.epoch) == (True, (), 2)
    await engine.ingest([post(61, "gem for 6 coin")])
    batch = await anext(stream)
    assert {frame.id.epoch for frame in batch.frames} == {2}
    assert not batch.reset
    assert (await anext(engine.hub.subscribe(after=old))).reset
    assert not (await anext(engine.hub.subscribe(after=engine.views.last_id._replace(k=0)))).reset


async def test_posts_are_taken_all_the_while(
    draft: Draft, engine: Engine, epochs: LiveEpochs, journal: SqliteJournal
) -> None:
    """Whatever comes between the steps of the switch is recorded once, in the epoch that is served then."""
    bulk = asyncio.create_task(engine.ingest(offers(300)[100:], Lane.BULK))
    switching = asyncio.create_task(take_in(epochs, draft))
    single = [asyncio.create_task(engine.ingest([one])) for one in offers(400)[300:350]]
    await switching
    answer = asyncio.create_task(epochs.switch())
    single += [asyncio.create_task(engine.ingest([one])) for one in offers(400)[350:]]
    await asyncio.gather(bulk, answer, *single)
    assert engine.status().posts == 340
    assert engine.status().hash == replayed(journal).state_hash.hex
    assert sorted(fact.origin for _, fact in journal.read()) == list(range(1, journal.head + 1))


async def test_the_list_may_change_while_an_epoch_is_drafted(
    draft: Draft, engine: Engine, epochs: LiveEpochs, journal: SqliteJournal
) -> None:
    """The new epoch has the change where it was made, and later posts are read with it."""
    await engine.change_catalogue(Alias("gem", "zorb"))
    await take_in(epochs, draft)
    await epochs.switch()
    await engine.ingest([post(60, "zorb for 5 coin")])
    assert engine.reader.version == engine.projection.catalogue_version == 43
    assert engine.projection.views.tape[-1].quote.give[0].item == "gem"
    assert engine.status().hash == replayed(journal).state_hash.hex


async def test_the_next_start_needs_no_replay(
    draft: Draft, engine: Engine, epochs: LiveEpochs, journal: SqliteJournal, folder: DataFolder
) -> None:
    """The drafted state is kept in place of those of the epoch before."""
    await take_in(epochs, draft)
    await epochs.switch()
    await engine.ingest([post(60, "gem for 5 coin")])
    seen: list[int] = []
    again = recover(journal, Snapshots(folder), seen.append)
    assert seen == [43]
    assert again.state_hash.hex == engine.status().hash


async def test_a_state_that_cannot_be_kept_only_makes_the_next_start_slower(
    draft: Draft, engine: Engine, epochs: LiveEpochs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The epoch is served all the same."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    await take_in(epochs, draft)
    monkeypatch.setattr(Snapshots, "save", fail)
    assert (await epochs.switch()).epoch == engine.views.epoch == 2
    monkeypatch.undo()


async def test_former_epochs_are_dropped_on_demand(
    draft: Draft, engine: Engine, epochs: LiveEpochs, journal: SqliteJournal
) -> None:
    """Nothing that is served changes."""
    await take_in(epochs, draft)
    before = await epochs.switch()
    while (await epochs.tidy(keep=False)).more:
        pass
    assert engine.status().hash == before.hash == replayed(journal).state_hash.hex


async def test_without_a_draft_nothing_is_switched(engine: Engine, epochs: LiveEpochs) -> None:
    """In one line."""
    with pytest.raises(EpochError, match="holds no new epoch"):
        await epochs.switch()
    with pytest.raises(EpochError, match="holds no new epoch"):
        await epochs.take_in(0)
    assert engine.views.epoch == 1


async def test_a_state_of_another_version_is_refused(
    draft: Draft, engine: Engine, epochs: LiveEpochs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would not be what this engine makes of the facts."""
    await take_in(epochs, draft)
    monkeypatch.setattr("gpo_market.engine.switching.code_version", lambda: "other")
    with pytest.raises(EpochError, match="another version of gpo-market"):
        await epochs.switch()
    assert engine.views.epoch == 1


async def test_a_failing_journal_is_told_as_such(
    draft: Draft, engine: Engine, epochs: LiveEpochs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old epoch is served on."""

    def fail(_: object, after: int) -> int:
        raise JournalFailed(f"the disk failed behind {after}")

    assert draft.finished.epoch == 2
    monkeypatch.setattr(Epochs, "take_in", fail)
    with pytest.raises(EngineUnavailableError, match="the disk failed behind 0"):
        await epochs.take_in(0)
    assert engine.views.epoch == 1


async def test_a_state_that_does_not_follow_stops_the_engine(
    draft: Draft, engine: Engine, epochs: LiveEpochs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal serves the new epoch by then: the engine shows what it knows, and takes nothing more."""
    await take_in(epochs, draft)
    follow = NextState.follow

    def fail_on_the_loop(state: NextState, facts: Iterable[tuple[int, Fact]]) -> None:
        if not isinstance(facts, list):
            follow(state, facts)
            return
        raise ValueError("odd")

    monkeypatch.setattr(NextState, "follow", fail_on_the_loop)
    with pytest.raises(ValueError, match="odd"):
        await epochs.switch()
    problem = engine.status().problem
    assert problem is not None
    assert "odd" in problem
    assert engine.views.epoch == 1
    with pytest.raises(EngineUnavailableError):
        await engine.ingest([post(60, "gem for 5 coin")])
