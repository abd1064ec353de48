"""``verify``: is everything in the folder sound?"""

from collections import defaultdict
from contextlib import closing, suppress
from pathlib import Path

import click
import msgspec

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import progress_bar, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, open_reading
from gpo_market.engine.projection import Projection, code_version
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.repair import Repair
from gpo_market.journal.repair import repair as repair_folder
from gpo_market.journal.snapshots import SnapshotError, SnapshotHeader, read_header, snapshot_files
from gpo_market.journal.verification import Report
from gpo_market.journal.verification import verify as verify_folder


class SnapshotCheck(msgspec.Struct, frozen=True):
    """A snapshot held to the replay at its fact; ``matches`` is None for one that other code made."""

    name: str
    seq: int
    matches: bool | None


class Replayed(msgspec.Struct, frozen=True):
    """What running every fact gave: the last one, the state hash behind it, and the snapshots on the way."""

    seq: int
    hash: str
    snapshots: tuple[SnapshotCheck, ...]


@click.command()
@click.option("--repair", is_flag=True, help="Cut a torn tail; put other damage aside, never guess.")
@click.option(
    "--replay", is_flag=True, help="Also run every fact again: each snapshot must hold the state it gives."
)
@data_option
@catalogue_option
@json_option
def verify(repair: bool, replay: bool, data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Check journal, stores and snapshots; prints the details as JSON.

    Exit code 0: sound; 1: not. A journal carries its item list, so `--catalogue` changes nothing here.

    \b
    Example:
      gpo-market verify --replay
    """
    del catalogue_file, as_json  # the details are JSON either way
    folder = data or default_folder(load_settings())
    try:
        found: Repair | Report = repair_folder(folder) if repair else verify_folder(folder)
    except FolderError as error:
        raise BadInputError(str(error)) from error
    report = found.report if isinstance(found, Repair) else found
    if not (replay and report.sound):
        write_json(found)
        return 0 if report.sound else 1
    replayed = replay_against_snapshots(folder)
    write_json(msgspec.to_builtins(found) | {"replay": replayed})
    return 1 if any(check.matches is False for check in replayed.snapshots) else 0


def replay_against_snapshots(path: Path) -> Replayed:
    """Run a sound journal from its first fact and compare the state hash at each snapshot's.

    Memory: the market's, and the headers of the snapshots that are kept (3).
    """
    waiting: dict[int, list[tuple[str, SnapshotHeader]]] = defaultdict(list)
    for name, header in _headers(path):
        waiting[header.seq].append((name, header))
    checks: list[SnapshotCheck] = []
    with closing(open_reading(path)) as journal, progress_bar("Replaying", journal.head) as progress:
        projection = Projection(journal.epoch, simulated=journal.simulated)
        for seq, fact in journal.read():
            projection.apply(seq, fact)
            checks += [_check(name, header, projection) for name, header in waiting.pop(seq, [])]
            progress(seq)
    return Replayed(projection.seq, projection.state_hash.hex, tuple(checks))


def _headers(path: Path) -> list[tuple[str, SnapshotHeader]]:
    found: list[tuple[str, SnapshotHeader]] = []
    for file in snapshot_files(DataFolder.open_reading(path).snapshots_path):
        with suppress(OSError, SnapshotError):  # a running engine has replaced it since it was verified
            found.append((file.name, read_header(file)))
    return found


def _check(name: str, header: SnapshotHeader, projection: Projection) -> SnapshotCheck:
    if header.code_version != code_version():
        return SnapshotCheck(name, header.seq, None)
    return SnapshotCheck(name, header.seq, header.state_hash == projection.state_hash.hex)
