"""Two back ends that share no decision give the same answers, whatever comes and whenever one dies."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from gpo_market.events.facts import ClockTicked, Fact, ItemGuarded, PostDeleted
from gpo_market.events.log import Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.journal import recent_commits
from gpo_market.journal.contract import JournalBackEnd
from gpo_market.journal.errors import FolderError, JournalFailed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.identity import Identity
from gpo_market.journal.ledger import read_lines
from gpo_market.journal.memory_journal import MemoryJournal
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.faulty_disks import Trouble, fast_folder, troubled

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
NIGHT_SECONDS = 7_200 if NIGHTLY else 300
"""What all examples together may take."""

SECRET = bytes(range(32))
START = 1_700_000_000_000_000

identifiers = st.sampled_from(
    ["1", "2", "3", "1175928847299117063", "1175928847299117064", "\ud800", "x" * 99]
)
authors = st.sampled_from(["", "42", "43", "80351110224678912"])
edits = st.integers(0, 4)
texts = st.sampled_from(["ase for case", "CASE for ase", "", "zorb \ud800", "long " * 300])
words = st.lists(st.sampled_from(["zorb", "yak", "\ud800", "w" * 61]), max_size=3).map(tuple)
times = st.integers(START - 10, START + 10)
quote = QuoteReading((Leg(3, 2.0),), (Leg(5, 1.0),))


@st.composite
def posts(draw: st.DrawFn) -> PostSubmission:
    """Draw a post or an edit, of few messages, so that they meet."""
    text = draw(texts)
    post = RawPost(
        draw(identifiers),
        draw(st.sampled_from(["", "7", "8"])),
        draw(authors),
        draw(times),
        text,
        draw(edits),
        draw(st.sampled_from(["", "1", "2", "99"])),
        draw(st.sampled_from(["", "9"])),
        draw(st.sampled_from([0, START])),
    )
    reading = PostReading(draw(st.sampled_from(Kind)), draw(st.sampled_from([(), (quote,)])), draw(words))
    return PostSubmission(post, reading, 2, 1, text.lower())


deletions = st.builds(RawDeletion, identifiers, st.just("7"), times).map(DeletionSubmission)
facts = st.one_of(
    st.builds(ClockTicked, st.just(0), times, times),
    st.builds(ItemGuarded, st.just(0), times, times, st.integers(0, 9), st.booleans(), st.text(max_size=5)),
)
submissions: st.SearchStrategy[Submission] = st.one_of(posts(), posts(), posts(), deletions, facts)
batches = st.lists(st.builds(Batch, st.lists(submissions, max_size=6), times), min_size=1, max_size=3)


class TwoBackEnds(RuleBasedStateMachine):
    """SQLite in a folder, which crashes, beside memory, which does not."""

    def __init__(self) -> None:
        super().__init__()
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(recent_commits, "MOST_COMMITS", 3)
        self._patch.setattr(recent_commits, "MOST_FACTS", 4)
        self._folders = Path(mkdtemp(dir=fast_folder(), prefix="two-back-ends-"))
        self._path = self._folders / "0"
        self._path.mkdir()
        (self._path / "secret.key").write_bytes(SECRET)
        self._memory = MemoryJournal(SECRET, simulated=False)
        self._open()

    @rule(commit=batches)
    def commit(self, commit: list[Batch]) -> None:
        """Both give the same receipts."""
        assert self._sqlite.commit(commit) == self._memory.commit(commit)

    @rule(chosen=st.sets(st.integers(0, 30), max_size=5))
    def erase(self, chosen: set[int]) -> None:
        """Both erase as much."""
        assert self._sqlite.erase(chosen) == self._memory.erase(chosen)

    @rule(commit=batches)
    def refuse(self, commit: list[Batch]) -> None:
        """Neither keeps anything of a commit in which one thing cannot be written."""
        broken = PostSubmission(
            RawPost("5", "7", "44", 2**70, "broken"), PostReading(Kind.CHATTER), 2, 1, "broken"
        )
        for journal in (self._sqlite, self._memory):
            with suppress(OverflowError):
                journal.commit([*commit, Batch([broken], START)])
                raise AssertionError("it was recorded")

    @rule()
    def close(self) -> None:
        """Close the folder and open it again."""
        self._close()
        self._open()

    @rule()
    def crash(self) -> None:
        """Go on with the files as the system has them, as behind a killed process."""
        left = self._left()
        self._close()
        self._open(left)

    @rule(commit=batches, call=st.integers(1, 60))
    def fail(self, commit: list[Batch], call: int) -> None:
        """Die at opening or in the middle of a commit: all of it is there afterwards, or nothing.

        Deletions are in the ledger before the commit: they may count from the next opening on by themselves.
        """
        self._close()
        lines = self._ledger_lines()
        with troubled(Trouble(call, lasting=True)) as trouble:
            with suppress(FolderError, JournalFailed):
                self._open()
                self._sqlite.commit(commit)
            left = self._left()
            trouble.end()
            self._close()
        self._open(left)
        received = min((batch.received_time for batch in commit), default=0)
        if any(not again(fact, received) for _, fact in self._sqlite.read(self._memory.head)):
            self._memory.commit(commit)
            return
        if self._ledger_lines() > lines:
            self._memory.commit([Batch(deletions_of(commit, received), received)])
        # What makes no fact, as a tombstone, may be there already: brought again it changes nothing.
        self.commit(commit)

    @invariant()
    def agree(self) -> None:
        """Facts, chain, texts and words are the same."""
        for one, other in zip(observed(self._sqlite), observed(self._memory), strict=True):
            assert one == other

    def teardown(self) -> None:
        """The folder is sound at the end."""
        report = verify(self._path)
        self._close()
        rmtree(self._folders)
        self._patch.undo()
        assert report.sound, report.damages

    def _open(self, path: Path | None = None) -> None:
        self._path = path or self._path
        self._folder = DataFolder.open(self._path, simulated=False)
        try:
            self._sqlite = SqliteJournal(self._folder, grow=False)
        except BaseException:
            self._folder.close()
            raise

    def _close(self) -> None:
        self._sqlite.close()
        self._folder.close()

    def _ledger_lines(self) -> int:
        ledger = self._path / "forgettings.log"
        return sum(1 for _ in read_lines(ledger, Identity(SECRET).check_value())) if ledger.exists() else 0

    def _left(self) -> Path:
        """Copy the folder as a killed process leaves it."""
        left = self._path.with_name(str(int(self._path.name) + 1))
        copytree(self._path, left, ignore=lambda *_: {"engine.lock", "journal.sqlite-shm"})
        return left


def again(fact: Fact, received: int) -> bool:
    """Tell whether a fact can be a deletion that the ledger brought, in a commit received at a time."""
    return isinstance(fact, PostDeleted) and fact.event_time == fact.received_time == received


def deletions_of(commit: list[Batch], received: int) -> list[Submission]:
    """Give the deletions of a commit as the ledger has them: when they were received."""
    return [
        DeletionSubmission(RawDeletion(submission.deletion.id, "", received))
        for batch in commit
        for submission in batch.submissions
        if isinstance(submission, DeletionSubmission)
    ]


def observed(journal: JournalBackEnd) -> tuple[object, ...]:
    """Give all that can be asked of a journal."""
    posts = range(1, journal.head + 2)
    return (
        list(journal.read()),
        (journal.head, journal.chain),
        list(journal.texts()),
        [journal.text_of(post) for post in posts],
        [journal.unknown_words(least) for least in (0, 1, 2)],
    )


TestTwoBackEnds = pytest.mark.timeout(NIGHT_SECONDS)(TwoBackEnds.TestCase)
TestTwoBackEnds.settings = settings(max_examples=2_000 if NIGHTLY else 50, stateful_step_count=25)
