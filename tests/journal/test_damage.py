"""Damaged files: what is wrong is refused or told at its place, and never given as if it were right."""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import apsw
import pytest

from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.events.log import StoredText
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal import frames, verification
from gpo_market.journal.database import open_reader
from gpo_market.journal.errors import FolderError, JournalDamaged, JournalError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import checksum
from gpo_market.journal.reading import read_frames
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]

NIGHTLY = bool(os.environ.get("GPO_NIGHTLY"))
ROUNDS = range(100 if NIGHTLY else 1)
FLIPS = 1_000 if NIGHTLY else 300
LENGTHS = 400 if NIGHTLY else 60
COMMITS = 30
FILES = ("journal.sqlite", "journal.sqlite-wal", "secret.key")
START = 1_700_000_000_000_000


@dataclass(frozen=True)
class Sound:
    """A closed folder as it was written, file by file, with its facts and the places of its frames."""

    path: Path
    files: dict[str, bytes]
    facts: list[tuple[int, Fact]]
    bodies: list[bytes]
    texts: list[StoredText]

    def with_file(self, name: str, content: bytes) -> None:
        """Put a folder back as it was, but for one file."""
        for path in self.path.iterdir():
            if path.name not in self.files and path.is_file():
                path.unlink()
        for other, sound in self.files.items():
            (self.path / other).write_bytes(content if other == name else sound)

    def read(self) -> list[tuple[int, Fact]]:
        """Read all facts; raises what opening and reading raise."""
        with DataFolder.open_reading(self.path) as folder, SqliteJournal(folder) as journal:
            return list(journal.read())

    def wrong_silently(self) -> bool:
        """Tell whether it can be read and gives other facts than it was given; fewer are not wrong."""
        try:
            facts = self.read()
        except (FolderError, JournalError):
            return False
        return facts != self.facts[: len(facts)]

    def wrong_texts(self) -> bool:
        """Tell whether a text can be read that was never written, or that is another post's."""
        written = {(text.post, text.content) for text in self.texts}
        with DataFolder.open_reading(self.path) as folder, SqliteJournal(folder) as journal:
            with suppress(JournalError):
                if not set(journal.texts()) <= set(self.texts):
                    return True
            for text in self.texts:
                with suppress(JournalError):
                    newest = journal.text_of(text.post)
                    if newest is not None and (text.post, newest) not in written:
                        return True
        return False


def write(journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker, text: str = "text") -> None:
    """Write commits of posts, edits and deletions."""
    for number in range(COMMITS):
        new = post(f"{number}", f"{text} {number}", author_id=f"{number % 7}")
        journal.append([new, post(f"+{number}")], START + number)
        if number % 6 == 5:
            edit = post(f"{number - 1}", f"new {text}", edited_timestamp=START)
            journal.append([edit, deletion(f"{number - 2}")], START + number)


def kept(path: Path) -> Sound:
    """Take in a folder as it is."""
    with DataFolder.open_reading(path) as folder, SqliteJournal(folder) as journal:
        facts, texts = list(journal.read()), list(journal.texts())
    with closing(open_reader(path / "journal.sqlite")) as connection:
        bodies = [frame.body for frame in read_frames(connection, 1)]
    return Sound(path, {name: (path / name).read_bytes() for name in FILES}, facts, bodies, texts)


@contextmanager
def opened(path: Path) -> Iterator[SqliteJournal]:
    """Open a folder and its journal for writing."""
    with DataFolder.open(path, simulated=False) as folder, SqliteJournal(folder, grow=False) as journal:
        yield journal


@pytest.fixture
def closed(fast_path: Path, post: PostMaker, deletion: DeletionMaker) -> Sound:
    """A folder whose engine was stopped: everything stands in the database."""
    path = fast_path / "market"
    with opened(path) as journal:
        write(journal, post, deletion)
    return kept(path)


@pytest.fixture
def moved(fast_path: Path, post: PostMaker, deletion: DeletionMaker) -> Sound:
    """A folder whose engine was killed when all stood in the database, half of it as recent commits."""
    path, living = fast_path / "market", fast_path / "living"
    path.mkdir()
    with opened(living) as journal:
        write(journal, post, deletion)
        for number in range(COMMITS):
            journal.append([post(f"recent {number}"), post(f"also {number}")], START + number)
        edit = post(f"recent {number}", "new text", edited_timestamp=START)
        journal.append([edit], START)
        journal.find_room()
        for name in FILES:
            copyfile(living / name, path / name)
    (path / "journal.sqlite-wal").write_bytes(b"")
    return kept(path)


@pytest.fixture(params=["closed", "moved"])
def sound(request: pytest.FixtureRequest) -> Sound:
    """A folder with everything in the database, however it got there."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Sound)
    return found


@pytest.fixture
def killed(fast_path: Path, post: PostMaker, deletion: DeletionMaker) -> Sound:
    """A folder whose engine was killed: everything stands in the WAL."""
    path, living = fast_path / "market", fast_path / "living"
    path.mkdir()
    with opened(living) as journal:
        write(journal, post, deletion)
        for name in FILES:
            copyfile(living / name, path / name)
    return kept(path)


def flipped(content: bytes, offset: int, chance: random.Random) -> bytes:
    """Change one byte."""
    changed = bytearray(content)
    changed[offset] ^= chance.randrange(1, 256)
    return bytes(changed)


def lengths(content: bytes, chance: random.Random) -> list[int]:
    """Choose lengths to cut a file to: nothing, page ends and their neighbours, and any others."""
    pages = [chance.randrange(1, len(content) // 4096) * 4096 for _ in range(LENGTHS)]
    anywhere = [chance.randrange(len(content)) for _ in range(LENGTHS)]
    return [0, 1, len(content) - 1, *(end + chance.randrange(-1, 2) for end in pages), *anywhere]


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_flipped_byte_in_a_frame_is_told_at_its_frame(seed: int, sound: Sound) -> None:
    """By reading and by the check, with the frame's number and its first fact; the others count as sound."""
    chance = random.Random(seed)
    content = sound.files["journal.sqlite"]
    for _ in range(FLIPS):
        frame = chance.randrange(len(sound.bodies))
        place = content.index(sound.bodies[frame]) + chance.randrange(len(sound.bodies[frame]))
        sound.with_file("journal.sqlite", flipped(content, place, chance))
        with pytest.raises(JournalDamaged) as damage:
            sound.read()
        assert damage.value.frame == frame + 1
        report = verify(sound.path)
        assert [found.frame for found in report.damages if found.where == "frame"] == [frame + 1]
        assert report.sound_frames == frame
        assert report.head == damage.value.seq - 1


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_flipped_byte_anywhere_makes_no_wrong_fact(seed: int, sound: Sound) -> None:
    """Whatever byte of the database it is, facts are right or refused; one told sound has all of them."""
    chance = random.Random(seed)
    content = sound.files["journal.sqlite"]
    for _ in range(FLIPS):
        place = chance.randrange(len(content))
        sound.with_file("journal.sqlite", flipped(content, place, chance))
        assert not sound.wrong_silently(), place
        if verify(sound.path).sound:
            assert sound.read() == sound.facts, place


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_flipped_byte_anywhere_makes_no_wrong_text(seed: int, sound: Sound) -> None:
    """What is held beside the log is right, refused or missing."""
    chance = random.Random(seed)
    content = sound.files["journal.sqlite"]
    assert len(sound.texts) in (2 * COMMITS, 4 * COMMITS + 1)
    for _ in range(FLIPS):
        place = chance.randrange(len(content))
        sound.with_file("journal.sqlite", flipped(content, place, chance))
        with suppress(FolderError, JournalError):
            assert not sound.wrong_texts(), place


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_flipped_byte_in_the_wal_makes_no_wrong_fact(seed: int, killed: Sound) -> None:
    """SQLite takes a broken WAL for a torn one: what stands before the damage is right."""
    chance = random.Random(seed)
    content = killed.files["journal.sqlite-wal"]
    for _ in range(FLIPS):
        place = chance.randrange(len(content))
        killed.with_file("journal.sqlite-wal", flipped(content, place, chance))
        assert not killed.wrong_silently(), place


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_cut_database_is_refused(seed: int, closed: Sound) -> None:
    """At any length: never fewer facts without a word, and never told sound."""
    content = closed.files["journal.sqlite"]
    for length in lengths(content, random.Random(seed)):
        closed.with_file("journal.sqlite", content[:length])
        with suppress(FolderError, JournalError):
            assert closed.read() == closed.facts, length
        with suppress(FolderError):
            assert not verify(closed.path).sound, length


@pytest.mark.parametrize("seed", ROUNDS)
def test_a_cut_wal_is_a_torn_end(seed: int, killed: Sound) -> None:
    """At any length there are whole commits from the first on, and the journal goes on behind them."""
    content = killed.files["journal.sqlite-wal"]
    for length in lengths(content, random.Random(seed)):
        killed.with_file("journal.sqlite-wal", content[:length])
        with opened(killed.path) as journal:
            facts = list(journal.read())
            assert facts == killed.facts[: len(facts)]
            assert journal.append([ClockTicked(0, START, START)], START)[0].seq == len(facts) + 1
        assert verify(killed.path).sound
        (killed.path / "engine.lock").unlink()


@pytest.mark.parametrize("length", [0, 1, 31, 33])
def test_a_cut_secret_is_refused(length: int, closed: Sound) -> None:
    """Without the right secret known posts would count again."""
    closed.with_file("secret.key", bytes(length))
    with pytest.raises(FolderError, match=r"secret\.key does not hold 32 bytes"):
        DataFolder.open(closed.path, simulated=False)


def no_checksum(previous: int, first: int, count: int, body: bytes) -> int:
    """Check nothing."""
    del previous, first, count, body
    return 0


def unchained_checksum(previous: int, first: int, count: int, body: bytes) -> int:
    """Check each frame alone."""
    del previous
    return checksum(0, first, count, body)


@contextmanager
def careless(check: Callable[[int, int, int, bytes], int]) -> Iterator[None]:
    """Write and read frames with another checksum."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "checksum", check)
        patch.setattr(verification, "checksum", check)
        yield


def test_a_log_without_checksums_is_caught(fast_path: Path, post: PostMaker, deletion: DeletionMaker) -> None:
    """Flipped bytes then give wrong facts, and this suite sees it."""
    chance = random.Random(3)
    with careless(no_checksum):
        with opened(fast_path / "market") as journal:
            write(journal, post, deletion)
        sound = kept(fast_path / "market")
        content = sound.files["journal.sqlite"]
        wrong = 0
        for _ in range(100):
            body = chance.choice(sound.bodies)
            place = content.index(body) + chance.randrange(len(body))
            sound.with_file("journal.sqlite", flipped(content, place, chance))
            wrong += sound.wrong_silently()
    assert wrong > 10


@pytest.mark.parametrize("check", [checksum, unchained_checksum])
def test_a_frame_of_another_log_is_told_only_by_the_chain(
    fast_path: Path, post: PostMaker, deletion: DeletionMaker, check: Callable[[int, int, int, bytes], int]
) -> None:
    """A page that belongs to another copy of the journal has a checksum of its own that fits."""
    with careless(check):
        made = {}
        for text in ("text", "other"):
            path = fast_path / text
            path.mkdir()
            (path / "secret.key").write_bytes(bytes(32))
            with opened(path) as journal:
                write(journal, post, deletion, text)
            made[text] = kept(path)
        first, row = 21, "SELECT count, crc, body FROM frames WHERE first = 21"
        with closing(apsw.Connection(str(made["other"].path / "journal.sqlite"))) as connection:
            frame = connection.execute(row).fetchone()
        with closing(apsw.Connection(str(made["text"].path / "journal.sqlite"))) as connection:
            replace = "UPDATE frames SET count = ?, crc = ?, body = ? WHERE first = ?"
            connection.execute(replace, (*(frame or ()), first))
            assert connection.changes() == 1
        assert made["text"].wrong_silently() is (check is unchained_checksum)
        assert verify(made["text"].path).sound is (check is unchained_checksum)
