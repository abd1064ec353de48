"""Journal, snapshots and market together: after any crash the state is that of a run without one."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from gpo_market.catalogue import Catalogue, Reference, adopt
from gpo_market.engine.ingest import Reader
from gpo_market.engine.opening import UNNUMBERED, catalogue_fact, opening_facts, reference_fact
from gpo_market.engine.projection import Projection
from gpo_market.engine.recovery import recover, save_snapshot
from gpo_market.events.facts import ClockTicked, Item, ItemGuarded, MoneyItem, ReferenceRemoved
from gpo_market.events.log import Submission
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.time import DAY, HOUR
from gpo_market.journal.errors import FolderError, JournalFailed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, snapshot_files
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import OFFERS, START
from tests.faulty_disks import Trouble, fast_folder, troubled

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
NIGHT_SECONDS = 7_200 if NIGHTLY else 300
"""What all examples together may take."""

COIN, GEM, HAT = (Item(name.lower(), name, aliases=(name.lower()[:2],)) for name in ("Coin", "Gem", "Hat"))
MONEY = (MoneyItem(0, 1.0, 1.0),)
LISTS = (
    Catalogue("Tiny", (COIN, GEM, HAT), MONEY, (0,), "tiny-1"),
    Catalogue("Tiny", (COIN, GEM, HAT, Item("ring", "Ring")), MONEY, (0,), "tiny-2"),
)
REFERENCE = Reference("a site", START - DAY, {"coin": 1.0, "gem": 5.0})
OTHERS = ("ring for 2 gem", "sold hat for 15 coin", "is gem for 9 coin fair?", "zorb for gem", "hello")

messages = st.integers(1, 12)
times = st.integers(-50, 50).map(lambda hours: START + hours * HOUR)
raw_posts = st.builds(
    lambda message, author, time, edit, content: RawPost(
        str(message), "1", str(author), time, content, edit and time + edit
    ),
    messages,
    st.integers(0, 5),
    times,
    st.integers(0, 2),
    st.sampled_from((*OFFERS, *OTHERS)),
)


class CrashingMarket(RuleBasedStateMachine):
    """A market that crashes, beside one that applies the same facts and never does."""

    def __init__(self) -> None:
        super().__init__()
        self._folders = Path(mkdtemp(dir=fast_folder(), prefix="crashing-market-"))
        self._path = self._folders / "0"
        self._uninterrupted = Projection(1, simulated=False)
        self._open()
        self._commit(list(opening_facts(self._live, LISTS[0], None, simulated=False, event_time=START)))

    @rule(posts=st.lists(raw_posts, min_size=1, max_size=6))
    def post(self, posts: list[RawPost]) -> None:
        """Posts and edits come, some again, some from the past, some of tomorrow."""
        self._commit(self._read(posts))

    @rule(message=messages, time=times)
    def delete(self, message: int, time: int) -> None:
        """A message is removed."""
        catalogue = self._live.market.catalogue
        assert catalogue is not None
        self._commit([Reader.of(catalogue, 1).submission(RawDeletion(str(message), "1", time))])

    @rule(time=times, item=st.integers(0, 2), guarded=st.booleans())
    def guard(self, time: int, item: int, *, guarded: bool) -> None:
        """Time passes, forwards or not, and an item is guarded or free."""
        tick = ClockTicked(UNNUMBERED, time, START)
        self._commit([tick, ItemGuarded(UNNUMBERED, time, START, item, guarded)])

    @rule(time=times, given=st.sampled_from(LISTS), stated=st.booleans())
    def change(self, time: int, given: Catalogue, *, stated: bool) -> None:
        """Another item list and another reference list, or none, hold from here on."""
        catalogue = adopt(self._live.market.catalogue, given)
        reference = reference_fact(REFERENCE, catalogue, time)
        self._commit([catalogue_fact(catalogue, time)])
        self._commit([reference if stated else ReferenceRemoved(UNNUMBERED, time, START)])

    @rule()
    def keep(self) -> None:
        """A snapshot is saved."""
        save_snapshot(self._journal, self._snapshots, self._live)

    @precondition(lambda self: bool(snapshot_files(self._folder.snapshots_path)))
    @rule(share=st.floats(0, 1), cut=st.booleans())
    def damage(self, share: float, *, cut: bool) -> None:
        """The newest snapshot loses its end, or one byte of it changes."""
        newest = snapshot_files(self._folder.snapshots_path)[0]
        content = bytearray(newest.read_bytes())
        place = int(share * (len(content) - 1)) if content else 0
        if cut:
            del content[place:]
        elif content:
            content[place] ^= 0x10
        newest.write_bytes(content)

    @rule()
    def restart(self) -> None:
        """The engine is stopped and started."""
        self._close()
        self._open()

    @rule()
    def crash(self) -> None:
        """The engine is killed and started."""
        left = self._left()
        self._close()
        self._open(left)

    @rule(posts=st.lists(raw_posts, min_size=1, max_size=6), call=st.integers(30, 90))
    def fail(self, posts: list[RawPost], call: int) -> None:
        """The disk fails in the middle of a commit; what was written of it may count, as a whole."""
        submissions = self._read(posts)
        self._close()
        with troubled(Trouble(call, lasting=True)) as trouble:
            with suppress(FolderError, JournalFailed):
                self._open()
                self._commit(submissions)
            left = self._left()
            trouble.end()
            self._close()
        self._open(left)
        self._uninterrupted.catch_up(self._journal.read(self._uninterrupted.seq))

    @invariant()
    def same(self) -> None:
        """State and place are those of the run without a crash."""
        assert self._live.seq == self._uninterrupted.seq == self._journal.head
        assert self._live.state_hash.hex == self._uninterrupted.state_hash.hex
        assert self._live.market.time == self._uninterrupted.market.time

    def teardown(self) -> None:
        """A replay from the first fact gives that state, too."""
        replayed = Projection(1, simulated=False)
        replayed.catch_up(self._journal.read())
        self._close()
        rmtree(self._folders)
        assert replayed.state_hash.hex == self._uninterrupted.state_hash.hex

    def _read(self, posts: list[RawPost]) -> list[Submission]:
        catalogue = self._live.market.catalogue
        assert catalogue is not None
        reader = Reader.of(catalogue, self._live.catalogue_version)
        return [reader.submission(post) for post in posts]

    def _commit(self, submissions: list[Submission]) -> None:
        for receipt in self._journal.append(submissions, START):
            if receipt.fact is not None:
                self._live.apply(receipt.seq, receipt.fact)
                self._uninterrupted.apply(receipt.seq, receipt.fact)

    def _open(self, path: Path | None = None) -> None:
        self._path = path or self._path
        self._folder = DataFolder.open(self._path, simulated=False)
        try:
            self._journal = SqliteJournal(self._folder, grow=False)
        except BaseException:
            self._folder.close()
            raise
        self._snapshots = Snapshots(self._folder)
        self._live = recover(self._journal, self._snapshots)

    def _close(self) -> None:
        self._journal.close()
        self._folder.close()

    def _left(self) -> Path:
        """Copy the folder as a killed process leaves it."""
        left = self._path.with_name(str(int(self._path.name) + 1))
        copytree(self._path, left, ignore=lambda *_: {"engine.lock", "journal.sqlite-shm"})
        return left


TestCrashingMarket = pytest.mark.timeout(NIGHT_SECONDS)(CrashingMarket.TestCase)
TestCrashingMarket.settings = settings(max_examples=300 if NIGHTLY else 12, stateful_step_count=20)
