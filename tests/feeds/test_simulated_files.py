"""Simulated markets as files."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, to_rfc3339
from gpo_market.feeds.files import open_posts
from gpo_market.feeds.findings import FeedError
from gpo_market.feeds.simulated_files import DEFAULT_START, post_line, write
from gpo_market.feeds.simulation import Simulation

Simulate = Callable[..., Simulation]


def test_the_posts_can_be_imported(simulate: Simulate, start: int, tmp_path: Path) -> None:
    """The file of posts reads back as the posts and edits that were simulated, marked as simulated."""
    count = write(simulate(), tmp_path / "out", 3)
    file = open_posts(tmp_path / "out" / "posts.jsonl")
    assert file.simulated
    read = list(file)
    assert read == [event for event in simulate().posts(start + 3 * DAY) if isinstance(event, RawPost)]
    assert (len(read), file.dropped, file.whole) == (count, 0, True)
    assert any(post.edited_timestamp for post in read)


def test_the_truth_has_a_line_per_day(simulate: Simulate, start: int, tmp_path: Path) -> None:
    """The file of truth gives every item's hidden value at each day's end."""
    write(simulate(items=20), tmp_path, 3)
    lines = [msgspec.json.decode(line) for line in (tmp_path / "truth.jsonl").read_bytes().splitlines()]
    assert [line["time"] for line in lines] == [to_rfc3339(start + day * DAY) for day in (1, 2, 3)]
    simulation = simulate(items=20)
    for day, line in enumerate(lines, start=1):
        list(simulation.posts(start + day * DAY))
        assert line["values"] == simulation.true_values()


def test_the_same_seed_writes_the_same_bytes(simulate: Simulate, tmp_path: Path) -> None:
    """Two runs of the same settings write equal files."""
    for name in ("one", "two"):
        write(simulate(), tmp_path / name, 2)
    for name in ("posts.jsonl", "truth.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_other_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """Processes with other hash seeds write equal files."""
    script = (
        "import sys; from pathlib import Path\n"
        "from gpo_market.catalogue import packaged_catalogue, packaged_reference\n"
        "from gpo_market.feeds.simulated_files import DEFAULT_START, write\n"
        "from gpo_market.feeds.simulation import Simulation, SimulationSettings\n"
        "settings = SimulationSettings(7, DEFAULT_START)\n"
        "write(Simulation(packaged_catalogue(), packaged_reference(), settings), Path(sys.argv[1]), 1)\n"
    )
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=environment, check=True)
    for name in ("posts.jsonl", "truth.jsonl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_progress_counts_days(simulate: Simulate, tmp_path: Path) -> None:
    """Whoever waits hears of each finished day."""
    days: list[int] = []
    write(simulate(), tmp_path, 3, days.append)
    assert days == [1, 2, 3]


def test_simulated_files_are_replaced_whole(simulate: Simulate, tmp_path: Path) -> None:
    """A second run replaces the first one's files and leaves nothing else behind."""
    write(simulate(), tmp_path, 1)
    before = (tmp_path / "posts.jsonl").read_bytes()
    write(simulate(seed=8), tmp_path, 1)
    assert (tmp_path / "posts.jsonl").read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.jsonl", "truth.jsonl"]


def test_an_interrupted_run_leaves_the_files_as_they_were(simulate: Simulate, tmp_path: Path) -> None:
    """A run that stops half-way changes no file."""
    write(simulate(), tmp_path, 1)
    before = (tmp_path / "posts.jsonl").read_bytes()

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(simulate(seed=8), tmp_path, 2, stop)
    assert (tmp_path / "posts.jsonl").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.jsonl", "truth.jsonl"]


def test_real_posts_are_not_overwritten(
    simulate: Simulate, tmp_path: Path, post_line: Callable[..., bytes]
) -> None:
    """A folder that holds posts that are not simulated is refused, and they stay."""
    path = tmp_path / "posts.jsonl"
    path.write_bytes(post_line(1))
    with pytest.raises(FeedError, match=f"{path}: holds posts that are not simulated"):
        write(simulate(), tmp_path, 1)
    assert path.read_bytes() == post_line(1)


def test_an_empty_file_is_no_loss(simulate: Simulate, tmp_path: Path) -> None:
    """An empty file of posts may be replaced."""
    (tmp_path / "posts.jsonl").touch()
    assert write(simulate(), tmp_path, 1) > 300


def test_a_folder_that_cannot_be_written_is_named(simulate: Simulate, tmp_path: Path) -> None:
    """An output folder that is a file is refused by name."""
    out = tmp_path / "taken"
    out.touch()
    with pytest.raises(FeedError, match=f"{out}: cannot be written"):
        write(simulate(), out, 1)


def test_no_days_are_refused(simulate: Simulate, tmp_path: Path) -> None:
    """A simulation of no days writes nothing."""
    with pytest.raises(FeedError, match="at least 1 day, not 0"):
        write(simulate(), tmp_path, 0)
    assert list(tmp_path.iterdir()) == []


def test_a_line_holds_what_import_reads() -> None:
    """A post's line has the import's fields and the mark; an edit has its time."""
    post = RawPost("1", "2", "3", DEFAULT_START, "2 ase for case", server_id="4")
    assert msgspec.json.decode(post_line(post)) == {
        "id": "1",
        "channel_id": "2",
        "server_id": "4",
        "author_id": "3",
        "timestamp": "2026-01-01T00:00:00Z",
        "content": "2 ase for case",
        "simulated": True,
    }
    edit = msgspec.structs.replace(post, edited_timestamp=DEFAULT_START + 1000)
    assert msgspec.json.decode(post_line(edit))["edited_timestamp"] == "2026-01-01T00:00:00.001Z"
