"""``replay``: runs the journal through the market again."""

import re
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.options import FILE_TO_WRITE, catalogue_option, data_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, open_reading
from gpo_market.engine.projection import Projection
from gpo_market.engine.replay import replay
from gpo_market.events.time import DAY, HOUR, MINUTE, SECOND, WEEK
from gpo_market.journal.errors import JournalError
from gpo_market.journal.update_record import record_lines

UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}

_DURATION = re.compile("0*[1-9][0-9]{0,8}[smhdw]", re.ASCII)


class Duration(click.ParamType[int]):
    """A length of time such as ``30m``, ``6h``, ``1d``; in microseconds."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the text."""
        if isinstance(value, int):
            return value
        text = str(value)
        if not _DURATION.fullmatch(text):
            self.fail(f"{text!r} is no length of time; write it like 30m, 6h or 1d", param, ctx)
        return int(text[:-1]) * UNITS[text[-1]]


@click.command("replay")
@click.option("--every", type=Duration(), help="Print the values at the end of each interval: 1d, 6h, 30m.")
@click.option("--out", type=FILE_TO_WRITE, help="Write those lines to a file.")
@click.option("--record", type=FILE_TO_WRITE, help="Write every update to a file, as `run --record` does.")
@data_option
@catalogue_option
@json_option
def replay_journal(
    every: int | None,
    out: Path | None,
    record: Path | None,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> int:
    """Run the journal through the market from its first fact and print the state's hash.

    Facts carry the item list that read them, so `--catalogue` changes nothing here.

    \b
    Examples:
      gpo-market replay --every 1d --out values.jsonl
      gpo-market replay --record updates.jsonl
    """
    del catalogue_file
    folder = data or default_folder(load_settings())
    started = time.perf_counter()
    try:
        projection = _replayed(folder, every, out, record)
    except JournalError as error:
        say(f"gpo-market: {error}")
        return 1
    seconds = time.perf_counter() - started
    digest = projection.state_hash.hex
    if as_json:
        write_json(
            {"seq": projection.seq, "hash": digest, "facts": projection.seq, "seconds": round(seconds, 3)}
        )
    else:
        say(f"{projection.seq:,} facts in {seconds:.1f} s; state hash {digest}")
    return 0


class _Lines:
    """Writes every update of a replay from its first fact on."""

    position = 0

    def __init__(self, target: BinaryIO, epoch: int) -> None:
        self._target = target
        self._epoch = epoch

    def take(self, seq: int, encoded: Sequence[bytes]) -> None:
        """Write a fact's updates."""
        self._target.write(record_lines(self._epoch, seq, encoded))


def _replayed(folder: Path, every: int | None, out: Path | None, record: Path | None) -> Projection:
    encoder = msgspec.json.Encoder()
    with ExitStack() as opened:
        journal = opened.enter_context(open_reading(folder))
        projection = Projection(journal.epoch, simulated=journal.simulated)
        target = sys.stdout.buffer if out is None else opened.enter_context(_written(out))
        if record is not None:
            projection.consumers = [_Lines(opened.enter_context(_written(record)), journal.epoch)]
        progress = opened.enter_context(progress_bar("Replaying", journal.head))
        for values in replay(journal.read(), projection, every, progress):
            target.write(encoder.encode(values) + b"\n")
    return projection


def _written(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise BadInputError(f"{path}: {reason(error)}") from error
