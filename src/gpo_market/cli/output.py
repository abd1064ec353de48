"""How commands speak: results on standard output, everything else on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

PLAIN_WIDTH = 160

_ENCODER = msgspec.json.Encoder()


def write_json(answer: Any) -> None:  # noqa: ANN401 - whatever msgspec can encode
    """Write one answer as one line of JSON."""
    sys.stdout.buffer.write(_ENCODER.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


def results() -> Console:
    """Give a console for results; where standard output is no terminal it is plain, wide text."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PLAIN_WIDTH)


def say(text: str) -> None:
    """Write one line of diagnostics for people."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(text, markup=False)


@contextmanager
def progress_bar(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar while long work runs, on a terminal only; the yielded function takes what is done so far."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)
