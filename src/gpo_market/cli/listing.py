"""``catalogue diff``, ``apply``, ``log`` and ``unknown``: whole lists, and what happened to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from rich.table import Table
from rich.text import Text

from gpo_market.catalogue import Catalogue, CatalogueError, adopt, read_catalogue
from gpo_market.catalogue.changes import Apply
from gpo_market.catalogue.differences import differences
from gpo_market.catalogue.model import stated
from gpo_market.catalogue.packaged import packaged_bytes
from gpo_market.cli.changing import folder_options, make_change
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import read_small_file
from gpo_market.cli.output import progress_bar, results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import default_folder, has_journal, open_reading
from gpo_market.engine.cataloguing import logged_changes
from gpo_market.events.facts import CatalogueChanged, Fact
from gpo_market.journal.errors import JournalError
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.language import Parser
from gpo_market.views.unknown import LEAST_POSTERS, unknown_words

file_argument = click.argument("file", required=False, type=click.Path(path_type=Path))


@click.command()
@file_argument
@folder_options
def diff(file: Path | None, data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Compare the folder's list with a file: what would change if that were applied.

    Without FILE: with the list of `--catalogue`, of the settings, or of the package. Exit code 1 when they
    differ.

    \b
    Example:
      gpo-market catalogue diff my-game.json
    """
    current = _current(data)
    _, _, wanted = _wanted(file or catalogue_file)
    return 1 if _show_differences(current, wanted, as_json=as_json) else 0


@click.command()
@file_argument
@click.option("--dry-run", is_flag=True, help="Print what would change, and change nothing.")
@folder_options
def apply(
    file: Path | None, dry_run: bool, data: Path | None, catalogue_file: Path | None, as_json: bool
) -> None:
    """Take a whole list over; items keep their numbers, those it lacks are retired.

    Without FILE: as in `catalogue diff`. The differences are printed first.

    \b
    Examples:
      gpo-market catalogue apply my-game.json --dry-run
      gpo-market catalogue apply my-game.json
    """
    name, body, wanted = _wanted(file or catalogue_file)
    # Of a path only the last part goes into the fact: where files lie on this machine is nobody's business.
    shown = Path(name).name
    differ = _show_differences(_current(data), wanted, as_json=as_json)
    if differ and not dry_run:
        make_change(Apply(msgspec.Raw(body), shown[-80:]), data, as_json=as_json)


@click.command()
@folder_options
def log(data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """List the changes of the folder's list, oldest first: number, time, what changed.

    \b
    Example:
      gpo-market catalogue log
    """
    del catalogue_file
    with _journal(data) as journal:
        for change in logged_changes(_with_progress(journal)):
            if as_json:
                write_json(change)
            else:
                results().print(f"{change.seq:>8}  {change.time}  {change.summary}", markup=False)


@click.command()
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, help="How many words (default 20).")
@click.option("--all", "everything", is_flag=True, help="Also words that one poster alone has written.")
@folder_options
def unknown(
    limit: int, everything: bool, data: Path | None, catalogue_file: Path | None, as_json: bool
) -> None:
    """Rank the words that look like items and that nobody knows, by the posters who write them.

    Beside each stand the nearest items. `catalogue add`, `alias` or `ignore` deals with it; then it is no
    longer listed. A word that a single poster writes may be a person's name, and is shown only with --all.

    \b
    Examples:
      gpo-market catalogue unknown
      gpo-market catalogue alias all-seeing-eye asi
    """
    del catalogue_file
    with _journal(data) as journal:
        current = _newest(journal)
        counts = journal.unknown_words(1 if everything else LEAST_POSTERS)
        ranked = unknown_words(counts, current, Parser(current), limit, simulated=journal.simulated)
    if as_json:
        for word in ranked.words:
            write_json(word)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("word", "posters", "posts", "newest", "near"):
        table.add_column(title, justify="right" if title.startswith("post") else "left")
    for word in ranked.words:
        cells = (word.word, str(word.posters), str(word.posts), word.newest, ", ".join(word.near))
        table.add_row(*map(Text, cells))
    if ranked.words:
        results().print(table)
    else:
        say("No such words: whatever several posters write is known.")


def _current(data: Path | None) -> Catalogue:
    with _journal(data) as journal:
        return _newest(journal)


def _wanted(path: Path | None) -> tuple[str, bytes, Catalogue]:
    """Give the name, the bytes and the content of the list to compare with."""
    path = path or load_settings().catalogue
    name, body = (
        ("the packaged list", packaged_bytes()) if path is None else (str(path), read_small_file(path))
    )
    try:
        return name, body, read_catalogue(body, name)
    except CatalogueError as error:
        raise BadInputError(f"item list {error}") from error


def _show_differences(current: Catalogue, wanted: Catalogue, *, as_json: bool) -> bool:
    found = differences(current, adopt(current, wanted))
    for difference in found:
        if as_json:
            write_json(difference)
        else:
            results().print(str(difference), markup=False)
    if not as_json:
        say(_counted(len(found)))
    return bool(found)


@contextmanager
def _journal(data: Path | None) -> Iterator[SqliteJournal]:
    folder = data or default_folder(load_settings())
    if not has_journal(folder):
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    journal = open_reading(folder)
    try:
        yield journal
    except JournalError as error:
        raise BadInputError(str(error)) from error
    finally:
        journal.close()


def _newest(journal: SqliteJournal) -> Catalogue:
    newest: CatalogueChanged | None = None
    for _, fact in _with_progress(journal):
        if isinstance(fact, CatalogueChanged):
            newest = fact
    if newest is None:
        raise BadInputError("the market has no item list yet; import posts or run the engine first")
    return stated(newest)


def _with_progress(journal: SqliteJournal) -> Iterator[tuple[int, Fact]]:
    with progress_bar("Reading the journal", journal.head) as progress:
        for seq, fact in journal.read():
            progress(seq)
            yield seq, fact


def _counted(differences: int) -> str:
    if differences == 1:
        return "1 difference."
    return f"{differences:,} differences." if differences else "No difference."
