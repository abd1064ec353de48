"""``forget``: deletes all that is held of one author."""

from pathlib import Path
from time import time_ns

import click
import msgspec

from gpo_market.cli.asking import ask_engine
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, origin_of, own_journal
from gpo_market.events.forgetting import Forgotten
from gpo_market.journal.eraser import JournalEraser
from gpo_market.journal.folder import running_engine
from gpo_market.journal.repair import QUARANTINE

LONGEST_ID = 100


class _Wish(msgspec.Struct):
    author_id: str


@click.command()
@click.argument("author_id")
@data_option
@catalogue_option
@json_option
def forget(author_id: str, data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Delete what is held of one author: texts, message ids, unknown words, and every tie to the log.

    What was offered, and when, stays in the log and points to nobody. If an engine runs on the folder, it is
    done through it. Exit code 1 when nothing is held of the author.

    \b
    Example:
      gpo-market forget 80351110224678912
    """
    del catalogue_file
    if not 0 < len(author_id) <= LONGEST_ID or not author_id.isprintable():
        raise BadInputError(f"an author's id has 1 to {LONGEST_ID} characters that can be shown")
    folder = data or default_folder(load_settings())
    forgotten = _forgotten(author_id, folder)
    if as_json:
        write_json(forgotten)
    else:
        _tell(forgotten, folder)
    return 0 if forgotten.known else 1


def _forgotten(author_id: str, folder: Path) -> Forgotten:
    simulated = origin_of(folder)
    if simulated is None:
        raise BadInputError(f"{folder} holds no market yet; there is nothing to forget")
    running = running_engine(folder)
    if running is not None:
        return ask_engine(running, "/privacy/forgettings", _Wish(author_id), Forgotten)
    with own_journal(folder, simulated=simulated) as (_, journal):
        return JournalEraser(journal).forget(author_id, time_ns() // 1000)


def _tell(forgotten: Forgotten, folder: Path) -> None:
    if not forgotten.known:
        say("Nothing is held of this author.")
        return
    say(
        f"{forgotten.texts:,} texts and {forgotten.links:,} links to messages are gone; "
        f"{forgotten.posts:,} posts point to nobody."
    )
    if not forgotten.scrubbed:
        say("Somebody reads the journal, a backup perhaps; what is left in its log goes with its next use.")
    if (folder / QUARANTINE).is_dir():
        say(f"{folder / QUARANTINE} holds copies that `verify --repair` made; they were not changed.")
    say("Write the key file anew with `gpo-market backup --key FILE`, so that a restore forgets this too.")
