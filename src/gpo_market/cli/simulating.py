"""``simulate``: a synthetic market in files, with the truth beside it."""

from pathlib import Path

import click

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, json_option
from gpo_market.cli.output import progress_bar, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.feeds.findings import FeedError
from gpo_market.feeds.market_model import Movement
from gpo_market.feeds.pumping import Pump
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
@click.option(
    "--volatility",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.0, 100.0),
    help="Times the usual random walk of 2 % a day.",
)
@click.option(
    "--trend",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0.0, 1.0),
    help="How fast items drift, as sd in log per day; 0.01 is a lot.",
)
@click.option(
    "--reversion",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0.0, 10.0),
    help="Share of its distance by which a value returns to its first one per day.",
)
@click.option("--jumps/--no-jumps", default=True, show_default=True, help="Whether items jump overnight.")
@click.option(
    "--outliers",
    default=0.1,
    show_default=True,
    type=click.FloatRange(0.0, 0.9),
    help="Share of proposals that are lowballs, jokes or errors.",
)
@click.option(
    "--reposts",
    default=0.3,
    show_default=True,
    type=click.FloatRange(0.0, 0.7),
    help="Share of posts that repeat an offer.",
)
@click.option(
    "--bundle-premium",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0.0, 0.5),
    help="A basket of m items counts as its sum times m to minus this.",
)
@click.option(
    "--pump", metavar="ITEM", help="Slug of an item that five new accounts talk up by +0.40 in log."
)
@click.option(
    "--pump-days",
    nargs=2,
    default=(5.0, 10.0),
    show_default=True,
    type=float,
    metavar="FROM TO",
    help="The days between which they do so.",
)
@catalogue_option
@json_option
def simulate(
    out: Path,
    seed: int,
    days: int,
    items: int,
    posts_per_day: int,
    volatility: float,
    trend: float,
    reversion: float,
    jumps: bool,
    outliers: float,
    reposts: float,
    bundle_premium: float,
    pump: str | None,
    pump_days: tuple[float, float],
    catalogue_file: Path | None,
    as_json: bool,
) -> None:
    """Write a synthetic market: posts.jsonl, to import, and truth.jsonl, the true values per day.

    \b
    Example:
      gpo-market simulate --out market --days 10 --items 60
      gpo-market import market/posts.jsonl --data market/data
      gpo-market replay --every 1d --data market/data
      gpo-market simulate --out pumped --items 200 --pump candy-cane --pump-days 5 8
    """
    settings = load_settings()
    catalogue = catalogue_of(settings, catalogue_file)
    if items > len(catalogue):
        raise BadInputError(f"--items {items}: the list has only {len(catalogue)} items")
    try:
        wanted = SimulationSettings(
            seed,
            DEFAULT_START,
            items=items,
            posts_per_day=posts_per_day,
            outliers=outliers,
            reposts=reposts,
            movement=Movement(volatility, trend, reversion, jumps),
            bundle_premium=bundle_premium,
            pump=Pump(pump, begins=pump_days[0], ends=pump_days[1]) if pump else None,
        )
        simulation = Simulation(catalogue, reference_of(settings, catalogue_file), wanted)
    except ValueError as error:
        raise BadInputError(str(error)) from error
    try:
        with progress_bar("Simulating", days) as progress:
            written = write(simulation, out, days, progress)
    except FeedError as error:
        raise BadInputError(str(error)) from error
    if as_json:
        write_json({"posts": str(out / "posts.jsonl"), "truth": str(out / "truth.jsonl"), "written": written})
    else:
        say(f"{written:,} posts in {out / 'posts.jsonl'}, the true values in {out / 'truth.jsonl'}")
