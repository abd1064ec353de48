"""From one epoch to the next: alone, or under an engine that goes on serving."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import structlog

from gpo_market.engine.ports import EpochStore, Journal, JournalWriter
from gpo_market.engine.projection import Projection, code_version
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.facts import Fact
from gpo_market.events.log import EpochError

log = structlog.get_logger()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The last fact of the new epoch that the journal has taken in; 0 while it removes an earlier attempt."""

    last: int


@dataclass(frozen=True, slots=True)
class Switched:
    """The epoch that is served now, its last fact, how many were carried over, and the state's hash."""

    epoch: int
    seq: int
    carried: int
    hash: str


@dataclass(frozen=True, slots=True)
class Tidied:
    """Whether more of the former epochs may be left."""

    more: bool


class NextState:
    """The state of a drafted epoch on its way to being served; ``carried`` counts facts behind the draft."""

    def __init__(self, projection: Projection) -> None:
        self.projection = projection
        self.carried = 0

    @classmethod
    def load(cls, store: EpochStore) -> "NextState":
        """Take the state that came with the draft; raises EpochError when there is none of this code."""
        snapshot = store.drafted_state(code_version())
        if snapshot is None:
            raise EpochError(
                "the new epoch was drafted by another version of gpo-market than the one that serves; "
                "start the engine again, then run `gpo-market reprocess` again"
            )
        return cls(Projection.restore(snapshot))

    def follow(self, facts: Iterable[tuple[int, Fact]]) -> None:
        """Apply facts that came behind the draft."""
        before = self.projection.seq
        self.projection.catch_up(facts)
        self.carried += self.projection.seq - before

    @property
    def answer(self) -> Switched:
        """Tell what is served now."""
        now = self.projection
        return Switched(now.views.epoch, now.seq, self.carried, now.state_hash.hex)


def switch_alone(store: EpochStore) -> NextState:
    """Serve the drafted epoch in a journal that no engine is running on; raises as the store does."""
    state = NextState.load(store)
    state.follow(store.switch(state.projection.seq))
    _keep_state(store)
    return state


def _keep_state(store: EpochStore) -> None:
    try:
        store.keep_state(code_version())
    except (OSError, EpochError) as error:
        log.warning("the new epoch's state is not kept, the next start replays it", reason=str(error))


class LiveEpochs:
    """Switches epochs under a running engine; posts are taken, and streams served, all the while.

    ``swap`` is called on the event loop, behind what the last commit of the old epoch did there and before
    what the first of the new one does: it applies the facts it is given and takes the state over.
    All methods raise EpochError for what cannot be done, EngineUnavailableError when the journal fails.
    """

    def __init__(
        self,
        store: EpochStore,
        journal: Journal,
        writer: JournalWriter,
        swap: Callable[[NextState, list[tuple[int, Fact]]], None],
    ) -> None:
        self._store = store
        self._journal = journal
        self._writer = writer
        self._swap = swap
        self._switching = asyncio.Lock()

    async def take_in(self, after: int) -> TakenIn:
        """Take in some of the drafted facts behind a number; 0 begins anew."""
        return TakenIn(await self._perform(lambda: self._store.take_in(after)))

    async def switch(self) -> Switched:
        """Serve the drafted epoch from now on.

        Its state follows what came since beside the loop; only the last few facts are applied on it.
        """
        async with self._switching:
            state = await asyncio.to_thread(NextState.load, self._store)
            while await self._perform(self._store.carry):
                pass
            await asyncio.to_thread(lambda: state.follow(self._journal.read(state.projection.seq)))
            loop = asyncio.get_running_loop()
            swapped: asyncio.Future[None] = loop.create_future()

            def switch() -> None:
                facts = self._store.switch(state.projection.seq)
                loop.call_soon_threadsafe(self._finish, state, facts, swapped)

            await self._perform(switch)
            await swapped
            await asyncio.to_thread(_keep_state, self._store)
            return state.answer

    async def tidy(self, *, keep: bool) -> Tidied:
        """Drop a little of the former epochs, the last one too unless ``keep``."""
        return Tidied(await self._perform(lambda: self._store.tidy(keep=keep)))

    def _finish(self, state: NextState, facts: list[tuple[int, Fact]], swapped: asyncio.Future[None]) -> None:
        problem: Exception | None = None
        try:
            self._swap(state, facts)
        except Exception as error:  # noqa: BLE001  it is the caller's to hear of
            problem = error
        if swapped.done():
            return
        if problem is None:
            swapped.set_result(None)
        else:
            swapped.set_exception(problem)

    async def _perform(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.wrap_future(self._writer.call(work))
        except EpochError:
            raise
        except Exception as error:  # whatever the journal says, nothing was changed
            raise EngineUnavailableError(str(error)) from error
