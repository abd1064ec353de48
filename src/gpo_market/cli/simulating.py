"""``simulate``: a synthetic market in files, with the truth beside it."""

from pathlib import Path

import click

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.feeds.findings import FeedError
from gpo_market.feeds.simulated_files import DEFAULT_START, write
from gpo_market.feeds.simulation import Simulation, SimulationSettings


@click.command()
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write to."
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same files.")
@click.option("--days", default=10, show_default=True, type=click.IntRange(1, 3650), help="Days of market.")
@click.option("--items", default=60, show_default=True, type=click.IntRange(5), help="How many items trade.")
@click.option(
    "--posts-per-day",
    default=500,
    show_default=True,
    type=click.IntRange(1, 1_000_000),
    help="Posts per day.",
)
@catalogue_option
@json_option
def simulate(
    out: Path,
    seed: int,
    days: int,
    items: int,
    posts_per_day: int,
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Write a synthetic market: posts.jsonl, to import, and truth.jsonl, the true values per day.

    \b
    Example:
      gpo-market simulate --out market --days 10 --items 60
      gpo-market import market/posts.jsonl --data market/data
      gpo-market replay --every 1d --data market/data
    """
    settings = load_settings()
    catalogue = catalogue_of(settings, catalogue_file)
    if items > len(catalogue):
        raise BadInputError(f"--items {items}: the list has only {len(catalogue)} items")
    simulation = Simulation(
        catalogue,
        reference_of(settings, catalogue_file),
        SimulationSettings(seed, DEFAULT_START, items=items, posts_per_day=posts_per_day),
    )
    try:
        with progress_bar("Simulating", days) as progress:
            written = write(simulation, out, days, progress)
    except FeedError as error:
        raise BadInputError(str(error)) from error
    if as_json:
        write_json({"posts": str(out / "posts.jsonl"), "truth": str(out / "truth.jsonl"), "written": written})
    else:
        say(f"{written:,} posts in {out / 'posts.jsonl'}, the true values in {out / 'truth.jsonl'}")
