"""The page on durability promises what is tested, and as often as it says."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "durability.md").read_text(encoding="utf-8")
FAULTS = PAGE.split("## Faults")[1]

COUNTS = [
    ("tests/journal/test_crash.py", "KILLS = 10_000 if", "else 300", "300 kills | 10,000"),
    ("tests/process/test_engine_kills.py", "HASH_SEEDS = range(20) if", "else (0, 77)", "20 kills | 500"),
    ("tests/process/test_engine_kills.py", "KILLS = 25 if", "else 10", "20 kills | 500"),
    ("tests/process/test_crash.py", "range(20 if", "else 3)", "3 kills | 20"),
    (
        "tests/journal/test_power_cut.py",
        "for seed in range(98)]",
        "600) for seed in",
        "2,000 disks",
    ),
    ("tests/journal/test_power_cut.py", "(99, True, 2_000)]", "(99, True, 200)]", "| 200,000 |"),
    ("tests/journal/test_failing_disk.py", "range(1, 201) if", "else FEW_CALLS", "60 calls | 600"),
    ("tests/journal/test_failing_disk.py", "FULL_DISKS = 10_000 if", "else 20", "20 page boundaries"),
    ("tests/journal/test_damage.py", "range(100 if", "else 1)", "300 | 100,000"),
    ("tests/journal/test_damage.py", "FLIPS = 1_000 if", "else 300", "300 + 300 | 100,000 + 100,000"),
    ("tests/journal/test_damage.py", "LENGTHS = 400 if", "else 60", "120 lengths | 80,000"),
    ("tests/engine/test_damaged_snapshots.py", "CHANGES = 2_000 if", "else 40", "40 | 2,000"),
    ("tests/journal/test_back_ends_agree.py", "2_000 if", "else 50", "50 lives of 25 steps | 2,000"),
    ("tests/engine/test_crashing_market.py", "300 if", "else 12", "12 lives of 20 steps | 300"),
]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"tests/[\w/]+\.py", PAGE))))
def test_every_test_it_names_is_there(path: str) -> None:
    """As a file of the repository."""
    assert (ROOT / path).is_file()


@pytest.mark.parametrize(("path", "nightly", "daily", "told"), COUNTS)
def test_the_counts_are_those_of_the_tests(path: str, nightly: str, daily: str, told: str) -> None:
    """Whoever changes a count changes the page, and the other way round."""
    source = (ROOT / path).read_text(encoding="utf-8")
    assert nightly in source
    assert daily in source
    assert any(f"`{path}`" in row and told in row for row in FAULTS.splitlines())


def test_every_fault_has_its_test() -> None:
    """Each row of the table names one."""
    rows = [row for row in FAULTS.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 17
    assert all("`tests/" in row.split("|")[3] for row in rows)
