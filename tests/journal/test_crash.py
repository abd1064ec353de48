"""Kill -9 at any moment: what was acknowledged is there, nothing is doubled, the chain is sound."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from gpo_market.events.facts import PostRecorded
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

KILLS = 300 if os.environ.get("GPO_NIGHTLY") else 12
"""Kills in one run."""

OVERLAP = 25
"""How many acknowledged posts each new process submits again."""

APPENDER = """
import sys
from collections import deque
from gpo_market.events.log import Lane
from gpo_market.events.posts import PostSubmission, RawPost
from gpo_market.events.readings import Kind, PostReading
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.sqlite_journal import SqliteJournal

START = 1_700_000_000_000_000

def submission(number):
    post = RawPost(f"m{number}", "7", f"a{number % 50}", START + number, f"text {number}")
    return PostSubmission(post, PostReading(Kind.CHATTER), 1, 1, f"text {number}")

writer = GroupCommit(SqliteJournal(DataFolder.open(sys.argv[1], simulated=True)))
writer.start(lambda receipts: None, lambda error: None)
number = int(sys.argv[2])
waiting = deque()
while True:
    waiting.append((number, writer.submit([submission(number)], Lane(number % 5 == 0), START + number)))
    number += 1
    if len(waiting) >= 40:
        told, future = waiting.popleft()
        print(told, future.result()[0].seq, flush=True)
"""

LOADED = """
import importlib, pkgutil, sys
import gpo_market.journal
for module in pkgutil.iter_modules(gpo_market.journal.__path__, "gpo_market.journal."):
    importlib.import_module(module.name)
print(sorted({name.split(".")[0] if not name.startswith("gpo_market") else ".".join(name.split(".")[:2])
              for name in sys.modules}))
"""


def run_until_killed(path: Path, number: int, lines: int) -> dict[int, int]:
    """Append from a message on in another process, kill it after so many acknowledgements; give them all."""
    process = subprocess.Popen(
        [sys.executable, "-c", APPENDER, str(path), str(number)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    heard = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    # A line that the kill cut in two acknowledges nothing; whole lines still in the pipe do.
    rest = process.communicate()[0]
    heard += rest[: rest.rfind("\n") + 1].splitlines()
    return {int(line.split()[0]): int(line.split()[1]) for line in heard}


@pytest.mark.process
def test_nothing_acknowledged_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    """Over kills at chosen moments every acknowledged fact stays, once, and numbers have no gap."""
    path = tmp_path / "market"
    chance = random.Random(7)
    acknowledged: dict[int, int] = {}
    number = 0
    for _ in range(KILLS):
        told = run_until_killed(path, number, chance.randrange(1, 200))
        for message, seq in told.items():
            assert acknowledged.setdefault(message, seq) == seq
        number = max(0, max(acknowledged) - OVERLAP)
        with DataFolder.open_reading(path) as folder, SqliteJournal(folder) as journal:
            facts = list(journal.read())
            texts = {journal.text_of(seq): seq for seq, _ in facts}
        assert [seq for seq, _ in facts] == list(range(1, len(facts) + 1))
        assert len(texts) == len(facts)
        assert all(texts[f"text {message}"] == seq for message, seq in acknowledged.items())
        fingerprints = [fact.fingerprint for _, fact in facts if isinstance(fact, PostRecorded)]
        assert len(set(fingerprints)) == len(facts)
        report = verify(path)
        assert report.sound, report.damages
    assert len(acknowledged) > KILLS


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
