"""``replay``: runs the journal through the market again."""

import re
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, open_reading
from gpo_market.engine.projection import Projection
from gpo_market.engine.replay import replay
from gpo_market.events.time import DAY, HOUR, MINUTE, SECOND, WEEK
from gpo_market.journal.errors import JournalError

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
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write those lines to a file.")
@data_option
@catalogue_option
@json_option
def replay_journal(
    every: int | None,
    out: Path | None,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> int:
    """Run the journal through the market from its first fact and print the state's hash.

    Facts carry the item list that read them, so `--catalogue` changes nothing here.

    \b
    Example:
      gpo-market replay --every 1d --out values.jsonl
    """
    del catalogue_file
    folder = data or default_folder(load_settings())
    journal = open_reading(folder)
    projection = Projection(journal.epoch, simulated=journal.simulated)
    encoder = msgspec.json.Encoder()
    started = time.perf_counter()
    try:
        with _target(out) as target, progress_bar("Replaying", journal.head) as progress:
            for values in replay(journal.read(), projection, every, progress):
                target.write(encoder.encode(values) + b"\n")
    except JournalError as error:
        say(f"gpo-market: {error}")
        return 1
    finally:
        journal.close()
    seconds = time.perf_counter() - started
    digest = projection.state_hash.hex
    if as_json:
        write_json(
            {"seq": projection.seq, "hash": digest, "facts": projection.seq, "seconds": round(seconds, 3)}
        )
    else:
        say(f"{projection.seq:,} facts in {seconds:.1f} s; state hash {digest}")
    return 0


def _target(out: Path | None) -> AbstractContextManager[BinaryIO]:
    if out is None:
        return nullcontext(sys.stdout.buffer)
    try:
        return out.open("wb")
    except OSError as error:
        raise BadInputError(f"{out}: {reason(error)}") from error
