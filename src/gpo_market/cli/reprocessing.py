"""``reprocess``: a new epoch from what the journal holds, alone or beside the running engine."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from gpo_market.cli.asking import ask_engine
from gpo_market.cli.changing import folder_options
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.output import amount, progress_bar, results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.warming import warm_engine
from gpo_market.cli.wiring import default_folder, open_reading, origin_of, own_market, read_projection
from gpo_market.engine.differing import ValueDifference, differences
from gpo_market.engine.projection import Projection
from gpo_market.engine.replay import ValueAt, values_at
from gpo_market.engine.reprocessing import Rereading, reprocess
from gpo_market.engine.switching import Switched, TakenIn, Tidied, switch_alone
from gpo_market.events.log import EpochError
from gpo_market.journal.epoch_draft import Draft, DraftedEpoch
from gpo_market.journal.epochs import Epochs, KeptEpoch
from gpo_market.journal.errors import JournalError
from gpo_market.journal.folder import Announcement, DataFolder, running_engine
from gpo_market.journal.sqlite_journal import SqliteJournal

SWITCH_SECONDS = 600.0
"""How long the engine may take to follow what came in while the new epoch was drafted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; ``switched`` is null where nothing was, ``posts`` where none were read again."""

    epoch: int
    posts: Rereading | None
    switched: Switched | None


Drafting = Callable[[SqliteJournal, Projection, Draft], tuple[Projection, Rereading | None]]
"""Drafts a new epoch from a journal and the state at its head; gives its state at the same fact."""


@click.command("reprocess")
@click.option("--dry-run", is_flag=True, help="Only show how the values would differ.")
@click.option("--undo", is_flag=True, help="Go back to the epoch before; what came since is carried over.")
@click.option("--drop-old", is_flag=True, help="Drop the epoch before: there is no way back then.")
@folder_options
def reprocess_journal(
    dry_run: bool,
    undo: bool,
    drop_old: bool,
    data: Path | None,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Read the posts again with today's parser and the folder's item list, each in its place in time.

    Builds a new epoch beside the one that is served, shows how the values differ, and switches to it; if an
    engine runs on the folder, it goes on serving meanwhile. Posts whose text is gone keep the quotes they
    have. Late posts come to stand where they belong. The epoch before is kept for `--undo`.

    \b
    Examples:
      gpo-market reprocess --dry-run
      gpo-market reprocess
      gpo-market reprocess --undo
    """
    del catalogue_file
    folder = data or default_folder(load_settings())
    if drop_old and (undo or dry_run):
        raise click.UsageError("--drop-old goes alone")
    simulated = origin_of(folder)
    if simulated is None:
        raise BadInputError(f"{folder} holds no market yet; import posts or run the engine first")
    try:
        if drop_old:
            _drop_old(folder, simulated=simulated)
            return
        warm_engine()
        _reprocess(
            folder, _undone if undo else _reread, simulated=simulated, dry_run=dry_run, as_json=as_json
        )
    except (EpochError, JournalError) as error:
        raise BadInputError(str(error)) from error


def _reprocess(folder: Path, drafting: Drafting, *, simulated: bool, dry_run: bool, as_json: bool) -> None:
    running = running_engine(folder)
    if running is None and not dry_run:
        with own_market(folder, simulated=simulated) as market, Draft(market.folder) as draft:
            posts = _draft(drafting, market.journal, market.projection, draft, as_json=as_json)
            switched = _switch_alone(Epochs(market.journal, market.folder), draft.finished)
        _report(Outcome(switched.epoch, posts, switched), as_json=as_json)
        return
    before = read_projection(folder)
    assert before is not None
    journal = open_reading(folder)
    answer: Switched | None = None
    try:
        with Draft(DataFolder.open_reading(folder)) as draft:
            posts = _draft(drafting, journal, before, draft, as_json=as_json)
            if running is not None and not dry_run:
                answer = _switch_engine(running, draft.finished)
    finally:
        journal.close()
    _report(Outcome(journal.epoch + 1, posts, answer), as_json=as_json)


def _reread(journal: SqliteJournal, before: Projection, draft: Draft) -> tuple[Projection, Rereading | None]:
    return reprocess(journal, journal.texts(), before, draft, progress_bar)


def _undone(journal: SqliteJournal, before: Projection, draft: Draft) -> tuple[Projection, None]:
    """Go on with the epoch that was kept: its state at its last fact, and then what came since."""
    kept = KeptEpoch(journal.path)
    after = Projection(journal.epoch + 1, simulated=journal.simulated)
    with progress_bar(f"Running epoch {kept.number} again", before.seq) as progress:
        after.catch_up(kept.read(), progress)
        draft.finish(journal.epoch + 1, after.snapshot(kept.chain), kept.number)
        after.catch_up(((seq, fact) for seq, fact in journal.read(kept.head) if seq <= before.seq), progress)
    return after, None


def _draft(
    drafting: Drafting, journal: SqliteJournal, before: Projection, draft: Draft, *, as_json: bool
) -> Rereading | None:
    after, posts = drafting(journal, before, draft)
    _show(differences(_values(before), _values(after)), as_json=as_json)
    return posts


def _values(projection: Projection) -> dict[str, ValueAt]:
    return values_at(projection.market, projection.market.time, projection.seq).values


def _take_in(drafted: DraftedEpoch, take_in: Callable[[int], int]) -> None:
    """Have the draft's facts taken in, a little at a time; those of a kept epoch are there already."""
    last = 0
    with progress_bar("Taking the new epoch in", drafted.head) as progress:
        while drafted.source is None and last < drafted.head:
            last = take_in(last)
            progress(last)


def _switch_alone(epochs: Epochs, drafted: DraftedEpoch) -> Switched:
    _take_in(drafted, epochs.take_in)
    answer = switch_alone(epochs).answer
    while epochs.tidy():
        pass
    return answer


def _switch_engine(running: Announcement, drafted: DraftedEpoch) -> Switched:
    try:
        _take_in(drafted, lambda last: ask_engine(running, f"/epochs/facts?after={last}", {}, TakenIn).last)
        return ask_engine(running, "/epochs/switch", {}, Switched, SWITCH_SECONDS)
    finally:
        with suppress(BadInputError):  # what stays is removed by the engine's next start
            while ask_engine(running, "/epochs/former", None, Tidied).more:
                pass


def _drop_old(folder: Path, *, simulated: bool) -> None:
    running = running_engine(folder)
    if running is not None:
        while ask_engine(running, "/epochs/former?keep=false", None, Tidied).more:
            pass
    else:
        with own_market(folder, simulated=simulated) as market:
            epochs = Epochs(market.journal, market.folder)
            while epochs.tidy(keep=False):
                pass
    say("The epochs before this one are gone.")


def _show(rows: Iterable[ValueDifference], *, as_json: bool) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("item", "before", "90 % interval", "after", "90 % interval", "change", "std. errors"):
        table.add_column(title, justify="left" if title == "item" else "right", no_wrap=True)
    same = 0
    for row in rows:
        if as_json:
            write_json(row)
        elif row.before == row.after:
            same += 1
        else:
            table.add_row(*map(Text, _cells(row)))
    if as_json:
        return
    if table.row_count:
        results().print(table)
    say(f"{table.row_count:,} values differ, {same:,} stay as they are.")


def _cells(row: ValueDifference) -> tuple[str, ...]:
    return (
        row.item,
        *_value_cells(row.before),
        *_value_cells(row.after),
        "" if row.change is None else f"{row.change:+.1%}",
        "" if row.errors is None else f"{row.errors:.2f}",
    )


def _value_cells(value: ValueAt | None) -> tuple[str, str]:
    if value is None:
        return amount(None), ""
    return amount(value.value), f"{amount(value.low)} … {amount(value.high)}"


def _report(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        write_json(outcome)
        return
    posts, switched = outcome.posts, outcome.switched
    if posts is not None:
        say(
            f"{posts.posts:,} posts and edits: {posts.reread:,} read again, {posts.changed:,} of them "
            f"otherwise than before; {posts.kept:,} kept as they were read, for their text is gone; "
            f"{posts.late:,} late ones now in their place."
        )
    if switched is None:
        say("Nothing was changed; without --dry-run the new epoch would be served.")
        return
    say(
        f"Epoch {switched.epoch} is served now, {switched.seq:,} facts, {switched.carried:,} of them carried "
        f"over; state hash {switched.hash}. `gpo-market reprocess --undo` goes back."
    )
