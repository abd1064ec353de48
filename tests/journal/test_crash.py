"""Kill -9 at any moment: what was acknowledged is there, nothing is doubled, the chain is sound."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify
from tests.forking import ForkServer

KILLS = 10_000 if os.environ.get("GPO_NIGHTLY") else 300
"""Kills in all: a fork takes milliseconds, so that 300 of them fit into half a minute."""

KILLS_OF_A_FOLDER = 20
"""Each folder lives through so many, so that the check after each stays short."""

OVERLAP = 25
"""How many acknowledged posts each new process submits again."""

MOST_LINES = 120

DELETED_UNSEEN = (6, 9)
"""Last digits of the submissions that are deleted, and of those that delete."""

APPENDER = """
import os
from collections import deque
from gpo_market.events.log import Lane
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import Kind, PostReading
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.sqlite_journal import SqliteJournal

START = 1_700_000_000_000_000

def submission(number):
    if number % 10 == 9:
        return DeletionSubmission(RawDeletion(f"m{number - 3}", "7", START + number))
    edit = START if number % 10 == 8 else 0
    name, text = f"m{number - 4 if edit else number}", f"text {number}"
    post = RawPost(name, "7", f"a{number % 50}", START + number, text, edit)
    return PostSubmission(post, PostReading(Kind.CHATTER), 1, 1, text)

def work(path, number, grow):
    def tell(line):
        os.write(1, (line + "\\n").encode())
    folder = DataFolder.open(path, simulated=True)
    tell("the folder is open")
    journal = SqliteJournal(folder, grow=bool(grow))
    tell("the journal is open")
    writer = GroupCommit(journal)
    writer.start(lambda receipts: None, lambda error: None)
    waiting = deque()
    while True:
        waiting.append((number, writer.submit([submission(number)], Lane(number % 5 == 0), START + number)))
        number += 1
        if len(waiting) >= 40:
            told, future = waiting.popleft()
            tell(f"{told} {future.result()[0].seq}")
"""

LOADED = """
import importlib, pkgutil, sys
import gpo_market.journal
for module in pkgutil.iter_modules(gpo_market.journal.__path__, "gpo_market.journal."):
    importlib.import_module(module.name)
print(sorted({name.split(".")[0] if not name.startswith("gpo_market") else ".".join(name.split(".")[:2])
              for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    """A process that forks appending ones."""
    with ForkServer(APPENDER) as started:
        yield started


def run_until_killed(server: ForkServer, path: Path, number: int, chance: random.Random) -> dict[int, int]:
    """Append from a submission on in another process, kill it at some line it prints; give all it told."""
    process = server.start(str(path), number, chance.random() < 0.1)
    lines = 0 if chance.random() < 0.1 else chance.randrange(MOST_LINES)
    heard = [server.line() for _ in range(lines)]
    heard += server.kill(process)
    told = (line.split() for line in heard if line[0].isdigit())
    return {int(number): int(seq) for number, seq in told}


def require_whole(path: Path, acknowledged: dict[int, int]) -> None:
    """Hold what a killed process left to what it had told: each fact and text there, once, chained.

    A deletion is in the ledger before it is in the log. Where the kill fell between, and the post was not in
    the log either, the deletion counts from the next opening on: neither ever makes a fact.
    """
    with DataFolder.open_reading(path) as folder, SqliteJournal(folder) as journal:
        facts = dict(journal.read())
        posts = {seq: fact for seq, fact in facts.items() if isinstance(fact, PostRecorded)}
        deletions = [fact.post for fact in facts.values() if isinstance(fact, PostDeleted)]
        edited = {fact.post for seq, fact in posts.items() if fact.post != seq}
        for number, seq in acknowledged.items():
            if seq == 0:
                assert number % 10 in DELETED_UNSEEN
                continue
            assert seq in facts
            if seq in posts and posts[seq].post == seq and seq not in deletions:
                assert journal.text_of(seq) == f"text {number + 4 if seq in edited else number}"
        assert not any(journal.text_of(post) for post in deletions)
    assert list(facts) == list(range(1, len(facts) + 1))
    assert len({fact.fingerprint for fact in posts.values()}) == len(posts)
    assert len(set(deletions)) == len(deletions)
    report = verify(path)
    assert report.sound, report.damages


@pytest.mark.process
@pytest.mark.parametrize("seed", range(KILLS // KILLS_OF_A_FOLDER))
def test_nothing_acknowledged_is_lost_and_nothing_doubled(
    seed: int, server: ForkServer, tmp_path: Path
) -> None:
    """Over kills at chosen moments every acknowledged fact stays, once, and numbers have no gap."""
    path = tmp_path / "market"
    chance = random.Random(seed)
    acknowledged: dict[int, int] = {}
    for _ in range(KILLS_OF_A_FOLDER):
        number = max(0, max(acknowledged, default=0) - OVERLAP)
        for told, seq in run_until_killed(server, path, number, chance).items():
            assert acknowledged.setdefault(told, seq) == seq
        if acknowledged:
            require_whole(path, acknowledged)
    assert len(acknowledged) > KILLS_OF_A_FOLDER


@pytest.mark.process
def test_the_journal_loads_neither_market_nor_compiler() -> None:
    """A journal-only process starts light: only the standard library, the store and the facts."""
    ran = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.replace("'", "").strip("[]\n").split(", "))
    assert {"gpo_market.journal", "gpo_market.events", "apsw"} <= loaded
    assert {name for name in loaded if name.startswith("gpo_market.")} <= {
        "gpo_market.journal",
        "gpo_market.events",
        "gpo_market.version",
    }
    assert loaded.isdisjoint({"numba", "llvmlite", "river"})
