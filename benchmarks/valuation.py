"""Measures how good values are, against an oracle and against what they could be made with instead.

Run it from the root of the source tree: ``python -m benchmarks.valuation`` (``make bench-valuation``);
``--quick`` plays one seed and fewer days. Progress goes to standard error, the tables of docs/valuation.md to
standard output, or all figures as JSON. Nothing here asserts anything.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks.valuation_runs import COMPARED, OTHERS, Bias, Score, pump_biases, score_agents, score_scenario
from benchmarks.valuation_tables import Results, tables
from benchmarks.valuation_timing import SIZES, timing
from benchmarks.valuation_worlds import AGENTS, SNAPSHOTS, WARM_UP_DAYS

SEEDS = (1, 2, 3, 4)
DAYS = WARM_UP_DAYS + SNAPSHOTS
QUICK_DAYS = WARM_UP_DAYS + 5
PUMPS = "pumps"
TIMING = "timing"
PARTS = (*(scenario.name for scenario in (*COMPARED, *OTHERS)), AGENTS, PUMPS, TIMING)

Found = Sequence[Score] | Sequence[Bias]


@dataclass(frozen=True)
class _Task:
    """One independent piece of work: the part it belongs to, its name for the progress lines."""

    part: str
    name: str
    work: Callable[[], Found]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and draw where asked to."""
    options = _options().parse_args(arguments)
    seeds = SEEDS[:1] if options.quick else tuple(options.seeds)
    days = QUICK_DAYS if options.quick else DAYS
    results = Results(list(seeds), days)
    tasks = [task for task in _tasks(seeds, days) if task.part in (options.only or PARTS)]
    for found in _run(tasks, options.processes):
        results.add(found)
    for items in SIZES if TIMING in (options.only or PARTS) else ():
        print(f"timing, {items} items", file=sys.stderr)
        results.timings.append(timing(items))
    print(json.dumps(asdict(results)) if options.json else "\n\n".join(tables(results)))
    if options.plots is not None:
        from benchmarks.valuation_plots import draw  # noqa: PLC0415 - matplotlib only where plots are wanted

        draw(options.plots, results)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.valuation", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="which markets to play")
    parser.add_argument("--quick", action="store_true", help="one seed, fewer days")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="some parts instead of all")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many work at once")
    parser.add_argument("--json", action="store_true", help="all figures as one line of JSON")
    parser.add_argument("--plots", type=Path, help="folder to draw the plots into")
    return parser


def _tasks(seeds: Iterable[int], days: int) -> Iterator[_Task]:
    """List the work, seed by seed."""
    for seed in seeds:
        for scenario in (*COMPARED, *OTHERS):
            work = partial(score_scenario, scenario, seed, days)
            yield _Task(scenario.name, f"{scenario.name}, seed {seed}", work)
        yield _Task(AGENTS, f"{AGENTS}, seed {seed}", partial(score_agents, seed, days))
        yield _Task(PUMPS, f"{PUMPS}, seed {seed}", partial(pump_biases, seed))


def _run(listed: Sequence[_Task], processes: int) -> Iterator[Found]:
    """Do the work, several at once where asked to, and tell of each that is done."""
    if processes <= 1:
        for done, task in enumerate(listed, start=1):
            yield task.work()
            print(f"{done}/{len(listed)} {task.name}", file=sys.stderr, flush=True)
        return
    with ProcessPoolExecutor(processes) as pool:
        names = {pool.submit(task.work): task.name for task in listed}
        for done, future in enumerate(as_completed(names), start=1):
            yield future.result()
            print(f"{done}/{len(listed)} {names[future]}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
