"""Snapshots come back bit for bit, or are passed over with a warning."""

import logging
import struct
from pathlib import Path

import google_crc32c
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from gpo_market.events.log import Array, Dump, Snapshot
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.snapshots import Snapshots, read_snapshot, snapshot_files


@pytest.fixture
def snapshots(folder: DataFolder) -> Snapshots:
    """The snapshots of an empty folder."""
    return Snapshots(folder)


class Log:
    """A log of one epoch whose commits each hold one fact; fact n's checksum is 7 n."""

    def __init__(self, head: int = 1_000, epoch: int = 1) -> None:
        self.head = head
        self.epoch = epoch

    def chain_at(self, seq: int) -> int | None:
        """Give the checksum up to a fact."""
        return 7 * seq


def newest(snapshots: Snapshots, code: str, at_most: int, log: Log | None = None) -> Snapshot | None:
    """Give the newest usable snapshot."""
    return next(snapshots.usable(code, log or Log(), at_most), None)


def make(seq: int, code: str = "v1", epoch: int = 1, chain: int | None = None) -> Snapshot:
    """Make a snapshot of one part."""
    part = Dump({"count": seq, "names": ["a", None, 1.5, True]}, {"mean": np.arange(seq, dtype=np.float64)})
    chain = 7 * seq if chain is None else chain
    return Snapshot(seq, f"hash{seq}", code, {"market": part}, epoch, chain)


SCALARS = ("seq", "state_hash", "code_version", "epoch", "chain")


def same(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots hold the same, bit for bit."""
    if any(getattr(one, name) != getattr(other, name) for name in SCALARS):
        return False
    return one.parts.keys() == other.parts.keys() and all(
        dict(part.plain) == dict(other.parts[name].plain)
        and part.arrays.keys() == other.parts[name].arrays.keys()
        and all(same_array(array, other.parts[name].arrays[key]) for key, array in part.arrays.items())
        for name, part in one.parts.items()
    )


def same_array(one: Array, other: Array) -> bool:
    """Whether two arrays have the same type, shape and bytes."""
    return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())


def test_a_folder_without_snapshots_has_none(snapshots: Snapshots) -> None:
    """Nothing saved, nothing found."""
    assert newest(snapshots, "v1", 10) is None


@settings(max_examples=40, deadline=None)
@given(
    arrays=st.dictionaries(
        st.text(max_size=5),
        hnp.arrays(
            st.sampled_from([np.dtype(kind) for kind in ("f8", "i8", "i4", "u1", "?", ">f4")]),
            hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5),
        ),
        max_size=4,
    )
)
def test_any_plain_arrays_come_back(
    tmp_path_factory: pytest.TempPathFactory, arrays: dict[str, Array]
) -> None:
    """Types, shapes and bits survive, also of empty, scalar and turned arrays; all can be written to."""
    with DataFolder.open(tmp_path_factory.mktemp("folder"), simulated=False) as folder:
        turned = {name: array.T for name, array in arrays.items()}
        saved = Snapshot(3, "hash", "v1", {"one": Dump({}, arrays), "two": Dump({"a": [1]}, turned)}, 1, 21)
        Snapshots(folder).save(saved)
        loaded = newest(Snapshots(folder), "v1", 3)
    assert loaded is not None
    assert same(loaded, saved)
    assert all(array.flags.writeable for part in loaded.parts.values() for array in part.arrays.values())


def test_arrays_lie_aligned_in_the_file(snapshots: Snapshots) -> None:
    """Each array begins at a multiple of 64 bytes."""
    arrays: dict[str, Array] = {"odd": np.full(3, 0x11, np.uint8), "wide": np.full(5, 7.25)}
    path = snapshots.save(Snapshot(1, "hash", "v1", {"part": Dump({}, arrays)}))
    content = path.read_bytes()
    assert content.index(arrays["odd"].tobytes()) % 64 == 0
    assert content.index(arrays["wide"].tobytes()) % 64 == 0
    assert len(content) % 64 == 0


def test_three_are_kept_and_the_newest_that_fits_is_given(snapshots: Snapshots) -> None:
    """The oldest go; at_most chooses among the rest."""
    for seq in (5, 20, 100, 300):
        snapshots.save(make(seq))
    found = [newest(snapshots, "v1", at_most) for at_most in (1_000, 299, 99, 19)]
    assert [snapshot.seq if snapshot else None for snapshot in found] == [300, 100, 20, None]


def test_other_code_does_not_fit(snapshots: Snapshots, caplog: pytest.LogCaptureFixture) -> None:
    """A snapshot of other code or numerics is passed over and said so."""
    snapshots.save(make(1, "v1"))
    snapshots.save(make(2, "v2"))
    with caplog.at_level(logging.WARNING):
        found = newest(snapshots, "v1", 10)
    assert found is not None
    assert found.seq == 1
    assert "made by code v2" in caplog.text


@pytest.mark.parametrize(
    ("misfit", "why"),
    [
        (make(20, epoch=2), "it is of epoch 2, the journal of epoch 1"),
        (make(20, epoch=0), "it is of epoch 0, the journal of epoch 1"),
        (make(20, chain=5), "the journal's facts up to 20 are not those it was made of"),
        (make(40), "it stands at fact 40, behind the journal's 30"),
    ],
)
def test_a_snapshot_of_another_journal_does_not_fit(
    misfit: Snapshot, why: str, snapshots: Snapshots, caplog: pytest.LogCaptureFixture
) -> None:
    """Of another epoch, of other facts or of more of them: it is passed over, and one line says why."""
    snapshots.save(make(1))
    path = snapshots.save(misfit)
    assert [snapshot.seq for snapshot in snapshots.usable("v1", Log(head=30), 30)] == [1]
    assert caplog.messages == [f"snapshot {path.name} is passed over: {why}"]


def test_one_that_is_only_too_new_is_no_misfit(
    snapshots: Snapshots, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever needs an older one gets it without a warning."""
    for seq in (5, 20):
        snapshots.save(make(seq))
    assert [snapshot.seq for snapshot in snapshots.usable("v1", Log(), 1_000)] == [20, 5]
    assert [snapshot.seq for snapshot in snapshots.usable("v1", Log(), 19)] == [5]
    assert caplog.messages == []


def test_a_later_epoch_drops_nothing_of_its_own_for_an_earlier_one(
    snapshots: Snapshots, folder: DataFolder
) -> None:
    """The oldest of the three go by epoch first, since an epoch may have fewer facts than the one before."""
    for epoch, seq in ((1, 100), (1, 200), (2, 50), (2, 60), (1, 300)):
        snapshots.save(make(seq, epoch=epoch))
    kept = [path.stem for path in snapshot_files(folder.snapshots_path)]
    assert kept == ["0002-0000000000000060", "0002-0000000000000050", "0001-0000000000000300"]


def test_saving_again_replaces(snapshots: Snapshots) -> None:
    """A second snapshot at the same fact takes the first one's place."""
    snapshots.save(make(1, "v1"))
    snapshots.save(make(1, "v2"))
    assert newest(snapshots, "v1", 1) is None
    assert newest(snapshots, "v2", 1) is not None


def test_scraps_of_a_killed_save_are_cleared(snapshots: Snapshots) -> None:
    """A temporary file left behind never counts and goes with the next save."""
    path = snapshots.save(make(1))
    scrap = path.with_name("0001-0000000000000009.snapshot.tmp")
    scrap.write_bytes(b"half")
    found = newest(snapshots, "v1", 10)
    assert found is not None
    assert found.seq == 1
    snapshots.save(make(2))
    assert not scrap.exists()


def test_any_flipped_byte_or_cut_is_passed_over(
    snapshots: Snapshots, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever byte is harmed, and wherever the file ends, the one before it is used, with a warning."""
    snapshots.save(make(1))
    path = snapshots.save(make(20))
    content = path.read_bytes()
    unused = range(20, 64)
    harmed = [
        content[:place] + bytes([content[place] ^ 0x40]) + content[place + 1 :]
        for place in range(len(content))
        if place not in unused
    ]
    harmed += [content[:length] for length in range(0, len(content), 7)] + [content + b"x"]
    for change in harmed:
        path.write_bytes(change)
        caplog.clear()
        found = newest(snapshots, "v1", 100)
        assert found is not None
        assert found.seq == 1
        assert path.name in caplog.text
    path.write_bytes(content)
    assert same(read_snapshot(path), make(20))


def test_a_header_of_another_version_is_passed_over(folder: DataFolder) -> None:
    """A sound file whose header has another form is passed over."""
    path = Snapshots(folder).save(make(1))
    header = b"\x01" + bytes(63)
    path.write_bytes(struct.pack("<8sIII44x", b"GPOSNAP1", 1, google_crc32c.value(header), 0) + header)
    assert newest(Snapshots(folder), "v1", 1) is None


def test_an_array_of_things_is_refused(snapshots: Snapshots, folder: DataFolder) -> None:
    """Only plain numbers are saved; nothing is left of the attempt."""
    things: dict[str, Array] = {"things": np.array(["text"], dtype=object)}
    with pytest.raises(ValueError, match="plain numbers"):
        snapshots.save(Snapshot(1, "hash", "v1", {"part": Dump({}, things)}))
    assert list(folder.snapshots_path.iterdir()) == []


def test_files_are_listed_newest_first(tmp_path: Path) -> None:
    """Names sort by epoch, then sequence number, however long; those of earlier releases come last."""
    names = ["0002-0000000000000003", "0001-0000100000000000", "0001-0000000000000009", "0000000000000010"]
    for name in names:
        (tmp_path / f"{name}.snapshot").touch()
    assert [path.stem for path in snapshot_files(tmp_path)] == names
