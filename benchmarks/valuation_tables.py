"""The tables of the valuation benchmark, in Markdown."""

import math
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.valuation_runs import (
    BASELINES,
    BUSY,
    DOUBLE,
    ENGINE,
    HALF,
    ORACLES,
    TEXT,
    THIN,
    TWIN,
    VERY_THIN,
    Bias,
    Score,
)
from benchmarks.valuation_timing import Timing
from benchmarks.valuation_worlds import AGENTS
from gpo_market.version import __version__


@dataclass
class Results:
    """Everything that was measured."""

    seeds: list[int]
    days: int
    scores: list[Score] = field(default_factory=list)
    biases: list[Bias] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)

    def add(self, found: Iterable[Score | Bias]) -> None:
        """Take what one piece of work found."""
        for one in found:
            if isinstance(one, Bias):
                self.biases.append(one)
            else:
                self.scores.append(one)

    def mean(self, scenario: str, estimator: str, figure: Callable[[Score], float]) -> float:
        """Give a figure's mean over the seeds; not-a-number where it was not measured."""
        found = [
            figure(score)
            for score in self.scores
            if (score.scenario, score.estimator) == (scenario, estimator)
        ]
        return statistics.fmean(found) if found else math.nan

    def oracle(self, scenario: str) -> int:
        """Tell which of the oracles is the better one in a scenario."""
        errors = [self.mean(scenario, name, lambda score: score.mdare) for name in ORACLES]
        return 1 if errors[1] < errors[0] else 0

    def ratio(self, scenario: str, estimator: str) -> float:
        """Give an estimator's MdARE over the better oracle's."""
        oracle = self.oracle(scenario)
        return self.mean(scenario, estimator, lambda score: score.ratios[oracle])

    def next_ratio(self, scenario: str, estimator: str) -> float:
        """Give an estimator's next-offer error over the better oracle's."""
        oracle = self.oracle(scenario)
        return self.mean(scenario, estimator, lambda score: score.next_ratios[oracle])

    def bias(self, estimator: str) -> float:
        """Give a pump's mean bias."""
        found = [one.bias for one in self.biases if one.estimator == estimator]
        return statistics.fmean(found) if found else math.nan


def tables(results: Results) -> list[str]:
    """Write all tables."""
    return [_about(results), _goals(results), *_comparisons(results), _timings(results.timings)]


def _about(results: Results) -> str:
    seeds = ", ".join(map(str, results.seeds))
    return (
        f"gpo-market {__version__}, {_processor()}, Python {platform.python_version()}; seeds {seeds}, "
        f"{results.days} days each, means over seeds"
    )


def _goals(results: Results) -> str:
    rows = [
        *_accuracy_rows(results),
        *_cover_rows(results),
        *_chain_rows(results),
        *_pump_rows(results),
    ]
    return "\n".join(["| measure | goal | measured |", "|---|---|---|", *rows])


def _accuracy_rows(results: Results) -> list[str]:
    rows = []
    for scenario, goal in ((BUSY, "≤ 1.05"), (THIN, "≤ 1.20"), (VERY_THIN, "≤ 1.25")):
        error = results.mean(scenario.name, ENGINE, lambda score: score.mdare)
        measured = f"{results.ratio(scenario.name, ENGINE):.3f} (MdARE {error:.2%})"
        rows.append(f"| {scenario.name}: MdARE ÷ oracle's | {goal} | {measured} |")
    answered = results.mean(VERY_THIN.name, ENGINE, lambda score: score.answered)
    valued = results.mean(VERY_THIN.name, ENGINE, lambda score: score.valued)
    held = results.mean(VERY_THIN.name, ENGINE, lambda score: score.range_cover)
    rows.append(
        f"| very thin: share of items answered (with a value) | all | {answered:.1%} ({valued:.1%}) |"
    )
    rows.append(f"| very thin: intervals of the others cover | 0.88-0.92 | {held:.3f} |")
    best = min(results.mean(AGENTS, name, lambda score: score.mdare) for name in BASELINES)
    agents = results.mean(AGENTS, ENGINE, lambda score: score.mdare)
    rows.append(
        f"| agents: MdARE ÷ best baseline's | ≤ 0.6 | {agents / best:.3f} ({agents:.2%} against {best:.2%}) |"
    )
    text = results.mean(TEXT.name, ENGINE, lambda score: score.mdare)
    rows.append(f"| busy, as text: MdARE | | {text:.2%} |")
    for scenario in (BUSY, THIN):
        ratio = results.next_ratio(scenario.name, ENGINE)
        rows.append(f"| {scenario.name}: next-offer error ÷ oracle's | ≤ 1.10 | {ratio:.3f} |")
    return rows


def _cover_rows(results: Results) -> list[str]:
    rows = []
    for name in (BUSY.name, THIN.name, VERY_THIN.name, HALF.name, DOUBLE.name, AGENTS):
        cover = results.mean(name, ENGINE, lambda score: score.cover)
        thin = results.mean(name, ENGINE, lambda score: score.thin_cover)
        rows.append(
            f"| {name}: 90 % intervals cover (least-traded quarter) | 0.88-0.92 | {cover:.3f} ({thin:.3f}) |"
        )
    return rows


def _chain_rows(results: Results) -> list[str]:
    rows = []
    for scenario in (BUSY, THIN):
        ratios = [
            results.mean(scenario.name, ENGINE, figure) / results.mean(scenario.name, BASELINES[0], figure)
            for figure in (
                lambda score: score.mdare,
                lambda score: score.churn,
                lambda score: score.idle_churn,
            )
        ]
        rows.append(f"| {scenario.name}: MdARE ÷ ratio chain's | ≤ 0.5 | {ratios[0]:.3f} |")
        what = f"{scenario.name}: churn of the thin half ÷ ratio chain's (beyond the truth's own)"
        rows.append(f"| {what} | ≤ 0.5 | {ratios[1]:.3f} ({ratios[2]:.3f}) |")
    return rows


def _pump_rows(results: Results) -> list[str]:
    names = (TWIN, ENGINE, "rolling median", "ratio chain")
    goals = dict.fromkeys(names, "") | {TWIN: "≤ +0.05"}
    rows = []
    for name in names:
        bias = results.bias(name)
        rows.append(f"| bias that a pump induces, log, {name} | {goals[name]} | {bias:+.3f} |")
    capped = results.mean(BUSY.name, TWIN, lambda score: score.mdare)
    loss = capped / results.mean(BUSY.name, ENGINE, lambda score: score.mdare) - 1.0
    rows.append(f"| what the cap costs on clean data | ≤ 5 % | {loss:+.1%} |")
    return rows


def _comparisons(results: Results) -> list[str]:
    names = list(dict.fromkeys(score.scenario for score in results.scores))
    order = [BUSY.name, THIN.name, VERY_THIN.name, AGENTS]
    return [_comparison(results, name) for name in sorted(names, key=lambda n: (_place(n, order), n))]


def _comparison(results: Results, scenario: str) -> str:
    columns = (
        "estimator",
        "MdARE",
        "÷ oracle's",
        "by popularity quarter",
        "cover",
        "least-traded quarter",
        "next offer",
        "÷ oracle's",
        "churn",
        "beyond the truth's",
        "valued",
    )
    header = f"**{scenario}**\n\n| {' | '.join(columns)} |\n{'|---' * len(columns)}|"
    names = list(dict.fromkeys(score.estimator for score in results.scores if score.scenario == scenario))
    return "\n".join([header, *(_estimator_row(results, scenario, name) for name in names)])


def _estimator_row(results: Results, scenario: str, name: str) -> str:
    def mean(figure: Callable[[Score], float]) -> float:
        return results.mean(scenario, name, figure)

    quarters = " ".join(f"{mean(lambda score, q=quarter: score.quarters[q]):.1%}" for quarter in range(4))  # type: ignore[misc] # the quarter is bound now
    cells = [
        name,
        f"{mean(lambda score: score.mdare):.2%}",
        _number(results.ratio(scenario, name)),
        quarters,
        _number(mean(lambda score: score.cover)),
        _number(mean(lambda score: score.thin_cover)),
        _number(mean(lambda score: score.next_offer), 4),
        _number(results.next_ratio(scenario, name)),
        _number(mean(lambda score: score.churn), 4),
        _number(mean(lambda score: score.idle_churn), 4),
        f"{mean(lambda score: score.valued):.1%}",
    ]
    return "| " + " | ".join(cells) + " |"


def _timings(timings: Sequence[Timing]) -> str:
    rows = [
        f"| {one.items} | {one.learned * 1e6:.0f} µs, {one.learned_mean * 1e6:.0f} µs "
        f"| {one.applied * 1e6:.0f} µs "
        f"| {one.sizes[0] / 1e6:.2f} MB, {one.sizes[1] / 1e6:.2f} MB after {one.quotes:,} quotes |"
        for one in timings
    ]
    learned = "one quote learned, p50 and mean (goal 55 / 130 µs)"
    header = f"| items | {learned} | one post applied | arrays, early and late |"
    return "\n".join([header, "|---|---|---|---|", *rows])


def _number(value: float, digits: int = 3) -> str:
    return "-" if math.isnan(value) else f"{value:.{digits}f}"


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    for line in file.read_text().splitlines() if file.exists() else ():
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return platform.processor() or platform.machine()
