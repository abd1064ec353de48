"""``backup`` and ``restore``: a market's journal in a file, and back."""

from pathlib import Path
from time import time_ns

import click

from gpo_market.cli.errors import BadInputError, reason
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder
from gpo_market.events.time import to_rfc3339
from gpo_market.journal.backup import Copied, back_up
from gpo_market.journal.backup import restore as put_back
from gpo_market.journal.errors import FolderError
from gpo_market.journal.folder import JOURNAL_NAME, DataFolder
from gpo_market.journal.key_file import read_key_file, write_key_file

file_path = click.Path(path_type=Path)


@click.command()
@click.argument("target", required=False, type=file_path, metavar="FILE-OR-DIR")
@click.option(
    "--key",
    "key_file",
    type=file_path,
    help="Write the key and what was forgotten to this file; keep it apart.",
)
@data_option
@catalogue_option
@json_option
def backup(
    target: Path | None,
    key_file: Path | None,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Copy the journal into a file, also while the engine runs, and check the copy.

    In a folder the file gets a name with the time. The copy holds neither the key nor API keys: without the
    key its texts cannot be read and it cannot be restored, so back the key up too, once and after each
    `forget`, in another place.

    \b
    Examples:
      gpo-market backup /backups
      gpo-market backup --key /elsewhere/market.key
    """
    del catalogue_file
    if target is None and key_file is None:
        raise BadInputError("name a file or folder for the backup, or a file for the key with --key")
    folder = data or default_folder(load_settings())
    if target is not None:
        _back_up(folder, target, as_json=as_json)
    if key_file is not None:
        _back_up_key(folder, key_file, as_json=as_json)


@click.command()
@click.argument("source", type=file_path, metavar="BACKUP")
@click.option(
    "--key",
    "key_file",
    type=file_path,
    required=True,
    help="The file written by `backup --key`, or secret.key.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder to restore into; it must hold no market.",
)
@catalogue_option
@json_option
def restore(source: Path, key_file: Path, data: Path, catalogue_file: Path | None, as_json: bool) -> None:
    """Put a backup into a folder, and forget again what was forgotten since it was made.

    The folder has the market whole afterwards, or not at all. API keys are made anew with `keys create`.

    \b
    Example:
      gpo-market restore /backups/gpo-market-2026-11-22T180000Z.backup --key market.key --data ./new
    """
    del catalogue_file
    try:
        key = read_key_file(key_file)
        with progress_bar("Restoring", _size(source), in_bytes=True) as progress:
            copied = put_back(source, key, data, lambda done, _: progress(done))
    except FolderError as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{data}: {reason(error)}; nothing was restored") from error
    if as_json:
        write_json(_told(copied) | {"forgotten": copied.forgotten})
        return
    say(f"{copied.head:,} facts restored into {data} and checked; the first start reads them all.")
    if copied.forgotten:
        say(f"{copied.forgotten:,} authors and messages that were forgotten since were forgotten again.")


def _back_up(folder: Path, target: Path, *, as_json: bool) -> None:
    if target.is_dir():
        target /= _name()
    try:
        with progress_bar("Copying", _size(folder / JOURNAL_NAME), in_bytes=True) as progress:
            copied = back_up(folder, target, lambda done, _: progress(done))
    except FolderError as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{target}: {reason(error)}; nothing was kept") from error
    if as_json:
        write_json(_told(copied))
        return
    say(f"{copied.head:,} facts copied to {copied.path} and checked ({copied.size:,} bytes).")
    say("The key is not in it: back that up in another place with `gpo-market backup --key FILE`.")


def _back_up_key(folder: Path, key_file: Path, *, as_json: bool) -> None:
    try:
        lines = write_key_file(DataFolder.open_reading(folder), key_file)
    except FolderError as error:
        raise BadInputError(str(error)) from error
    except OSError as error:
        raise BadInputError(f"{key_file}: {reason(error)}; no key was written") from error
    if as_json:
        write_json({"key": str(key_file), "forgettings": lines})
    else:
        say(f"The key and {lines:,} forgettings are in {key_file}; with it, a backup's texts can be read.")


def _told(copied: Copied) -> dict[str, object]:
    return {
        "path": str(copied.path),
        "simulated": copied.simulated,
        "epoch": copied.epoch,
        "seq": copied.head,
        "chain": f"{copied.chain:08x}",
        "bytes": copied.size,
    }


def _size(file: Path) -> int | None:
    return file.stat().st_size if file.is_file() else None


def _name() -> str:
    moment = to_rfc3339(time_ns() // 1000)[:19].replace(":", "")
    return f"gpo-market-{moment}Z.backup"
