"""The plots of docs/valuation.md: drawn without background in colours that read on light and dark pages."""

import math
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.valuation_engine import Engine
from benchmarks.valuation_runs import BASELINES, BUSY, DOUBLE, ENGINE, HALF, ORACLES, THIN, VERY_THIN
from benchmarks.valuation_scores import Run, follow
from benchmarks.valuation_tables import Results
from benchmarks.valuation_worlds import AGENTS, World, play

VALUES_FILE, ERRORS_FILE, COVER_FILE = "valuation-values.svg", "valuation-errors.svg", "valuation-cover.svg"
SHOWN_RANKS = (0.05, 0.4, 0.8)

_INK = "#808a94"
_ENGINE, _ORACLE, _TRUTH = "#2f8ee0", "#2aa37a", "#d9762b"
_OTHERS = ("#a58ad6", "#c96f9e", "#9aa53a", "#c2953a", "#8a97a5")
_STYLE = {
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": _INK,
    "axes.titlesize": 10,
    "font.size": 9,
    "legend.frameon": False,
    "legend.labelcolor": _INK,
    "savefig.transparent": True,
    "svg.hashsalt": "gpo-market",
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}


def draw(folder: Path, results: Results) -> list[Path]:
    """Draw all plots into a folder; give their files."""
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_STYLE):
        figures = {
            VALUES_FILE: draw_values(results.seeds[0], results.days),
            ERRORS_FILE: draw_errors(results),
            COVER_FILE: draw_cover(results),
        }
        for name, figure in figures.items():
            figure.savefig(folder / name, bbox_inches="tight", metadata={"Date": None})
    return [folder / name for name in figures]


def draw_values(seed: int, days: int) -> Figure:
    """Draw truth and value with its interval for a popular, a middling and a rare item of a thin market."""
    world = play(THIN, seed, days)
    run = follow(Engine(world.catalogue, world.start), world)
    figure = Figure(figsize=(9.0, 3.0))
    panels: Sequence[Axes] = figure.subplots(1, len(SHOWN_RANKS))
    for axes, rank in zip(panels, SHOWN_RANKS, strict=True):
        _value_panel(axes, world, run, round(rank * world.items))
    panels[0].set_ylabel("value, units")
    panels[0].legend(loc="best")
    return figure


def draw_errors(results: Results) -> Figure:
    """Draw the errors of the engine, the better oracle and the baselines as bars, by market.

    Each over the items it has a value for; bars that would dwarf the rest are cut off and say their height.
    """
    figure = Figure(figsize=(9.0, 3.2))
    axes = figure.subplots()
    scenarios = (BUSY.name, THIN.name, VERY_THIN.name, AGENTS)
    names = ("oracle", ENGINE, *BASELINES)
    width = 0.85 / len(names)
    top = _highest(results, scenarios)
    for place, name in enumerate(names):
        errors = [
            100.0 * results.mean(scenario, _named(results, scenario, name), lambda score: score.mdare)
            for scenario in scenarios
        ]
        at = np.arange(len(scenarios)) + (place - (len(names) - 1) / 2.0) * width
        colour = (_ORACLE, _ENGINE, *_OTHERS)[place]
        axes.bar(at, np.nan_to_num(errors), 0.9 * width, color=colour, label=name)
        for middle, error in zip(at, errors, strict=True):
            if error > top:
                axes.text(
                    middle, 0.98 * top, f"{error:.0f}", ha="center", va="top", color="white", fontsize=8
                )
    axes.set_xticks(range(len(scenarios)), scenarios)
    axes.set_ylim(0.0, top)
    axes.set_ylabel("median error of what each values, %")
    axes.legend(ncols=4, loc="upper center", bbox_to_anchor=(0.5, 1.25))
    return figure


def draw_cover(results: Results) -> Figure:
    """Draw how often 90 % intervals hold the truth, all items and the least traded quarter, by market."""
    figure = Figure(figsize=(7.0, 2.6))
    axes = figure.subplots()
    scenarios = (BUSY.name, THIN.name, VERY_THIN.name, HALF.name, DOUBLE.name, AGENTS)
    axes.axvspan(88.0, 92.0, color=_ORACLE, alpha=0.25, label="goal", linewidth=0.0)
    rows = np.arange(len(scenarios))[::-1]
    overall = [100.0 * results.mean(name, ENGINE, lambda score: score.cover) for name in scenarios]
    rare = [100.0 * results.mean(name, ENGINE, lambda score: score.thin_cover) for name in scenarios]
    axes.plot(overall, rows, "o", color=_ENGINE, label="all items")
    axes.plot(rare, rows, "D", color=_TRUTH, fillstyle="none", label="least-traded quarter")
    axes.set_yticks(rows, scenarios)
    axes.set_xlabel("intervals that hold the truth, %")
    axes.legend(ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.2))
    return figure


def _value_panel(axes: Axes, world: World, run: Run, item: int) -> None:
    days = np.arange(1, world.days + 1)
    axes.plot(days, np.exp(world.truth[:, item]), color=_TRUTH, label="truth")
    axes.fill_between(
        days, np.exp(run.low[:, item]), np.exp(run.high[:, item]), color=_ENGINE, alpha=0.25, linewidth=0.0
    )
    axes.plot(days, np.exp(run.log_values[:, item]), color=_ENGINE, label="value, 90 % interval")
    middle = float(np.exp(np.median(world.truth[:, item])))
    axes.set_ylim(0.4 * middle, 1.9 * middle)
    axes.set_title(f"item {item} of {world.items} by popularity")
    axes.set_xlabel("day")


def _named(results: Results, scenario: str, name: str) -> str:
    return ORACLES[results.oracle(scenario)] if name == "oracle" else name


def _highest(results: Results, scenarios: Sequence[str]) -> float:
    """Give the top of the error axis: the worst but Elo and list, which would dwarf the rest."""
    errors = [
        results.mean(scenario, name, lambda score: score.mdare)
        for scenario in scenarios
        for name in (ENGINE, *BASELINES[:3])
    ]
    known = [error for error in errors if not math.isnan(error)]
    return 130.0 * max(known, default=1.0)
