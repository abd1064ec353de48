"""How commands speak: results on standard output, everything else on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

PLAIN_WIDTH = 160
WHOLE_FROM = 100

_ENCODER = msgspec.json.Encoder()


def write_json(answer: Any) -> None:  # noqa: ANN401 - whatever msgspec can encode
    """Write one answer as one line of JSON."""
    sys.stdout.buffer.write(_ENCODER.encode(answer) + b"\n")
    sys.stdout.buffer.flush()


class ResultConsole(Console):
    """A console that leaves a closed pipe to the command, instead of ending the process."""

    def on_broken_pipe(self) -> None:
        """Say that nobody reads any more."""
        raise BrokenPipeError


def results() -> Console:
    """Give a console for results; where standard output is no terminal it is plain, wide text."""
    width = None if sys.stdout.isatty() else PLAIN_WIDTH
    return ResultConsole(highlight=False, emoji=False, width=width)


def say(text: str) -> None:
    """Write one line of diagnostics for people."""
    Console(stderr=True, highlight=False, emoji=False, soft_wrap=True).print(text, markup=False)


def amount(value: float | None) -> str:
    """Write a value for people: three digits are enough, and whole numbers from 100 on.

    >>> amount(1234567.8), amount(0.01234), amount(None)
    ('1,234,568', '0.0123', '-')
    """
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= WHOLE_FROM else f"{value:.3g}"


@contextmanager
def progress_bar(title: str, total: int | None, *, in_bytes: bool = False) -> Iterator[Callable[[int], None]]:
    """Show a bar while long work runs, on a terminal only; the yielded function takes what is done so far."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        DownloadColumn() if in_bytes else MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)
