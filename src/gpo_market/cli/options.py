"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

FILE_TO_WRITE = click.Path(path_type=Path, dir_okay=False)


def data_option(command: Command) -> Command:
    """Add ``--data``, the engine's folder."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="The engine's folder (default ./data, for the demo ./data/demo).",
    )(command)


def catalogue_option(command: Command) -> Command:
    """Add ``--catalogue``, the item list."""
    return click.option(
        "--catalogue",
        "catalogue_file",
        type=click.Path(path_type=Path),
        help="An item list (default: the packaged Grand Piece Online list).",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one line per result.")(command)
