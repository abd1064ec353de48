"""``verify``: is everything in the folder sound?"""

from pathlib import Path

import click

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder
from gpo_market.journal.errors import FolderError
from gpo_market.journal.repair import repair as repair_folder
from gpo_market.journal.verification import verify as verify_folder


@click.command()
@click.option("--repair", is_flag=True, help="Cut a torn tail; put other damage aside, never guess.")
@data_option
@catalogue_option
@json_option
def verify(repair: bool, data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Check journal, stores and snapshots; prints the details as JSON.

    Exit code 0: sound; 1: not. A journal carries its item list, so `--catalogue` changes nothing here.
    """
    del catalogue_file, as_json  # the details are JSON either way
    folder = data or default_folder(load_settings())
    try:
        if repair:
            mended = repair_folder(folder)
            write_json(mended)
            return 0 if mended.report.sound else 1
        report = verify_folder(folder)
    except FolderError as error:
        raise BadInputError(str(error)) from error
    write_json(report)
    return 0 if report.sound else 1
