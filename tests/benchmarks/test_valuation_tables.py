"""The tables of the valuation benchmark."""

import math

import pytest

from benchmarks.valuation_runs import BASELINES, BUSY, ENGINE, ORACLES, TWIN, Bias, Score
from benchmarks.valuation_tables import Results, tables
from benchmarks.valuation_timing import Timing


def score(estimator: str, mdare: float, seed: int = 1, scenario: str = BUSY.name) -> Score:
    """Make a score with this error and ratios that follow from oracles of 4 and 2 %."""
    ratios = (mdare / 0.04, mdare / 0.02)
    return Score(
        scenario,
        seed,
        estimator,
        0.8,
        1.0,
        mdare,
        [mdare] * 4,
        0.9,
        0.88,
        0.91,
        0.1,
        0.02,
        0.01,
        ratios,
        (1.2, 1.1),
    )


@pytest.fixture
def results() -> Results:
    """Two seeds of one market with two oracles, the engine and a baseline, and a pump."""
    results = Results([1, 2], 30)
    results.add([score(ORACLES[0], 0.04), score(ORACLES[1], 0.02), score(BASELINES[0], 0.08)])
    results.add([score(ENGINE, 0.03), score(ENGINE, 0.05, seed=2)])
    results.add([Bias(1, ENGINE, 0.2), Bias(2, ENGINE, 0.3)])
    results.timings.append(Timing(240, 12e-6, 15e-6, 70e-6, 2000, (490_000, 490_000)))
    return results


def test_figures_are_means_over_seeds(results: Results) -> None:
    """What was not measured is no number."""
    assert results.mean(BUSY.name, ENGINE, lambda one: one.mdare) == pytest.approx(0.04)
    assert results.bias(ENGINE) == pytest.approx(0.25)
    assert math.isnan(results.bias(TWIN))


def test_the_better_oracle_is_the_measure(results: Results) -> None:
    """Ratios are told against the oracle with the smaller error."""
    assert results.oracle(BUSY.name) == 1
    assert results.ratio(BUSY.name, ENGINE) == pytest.approx(2.0)
    assert results.next_ratio(BUSY.name, ENGINE) == pytest.approx(1.1)


def test_the_tables_tell_goals_markets_and_times(results: Results) -> None:
    """Every goal has its row, every market its table, every estimator its line; gaps are said to be such."""
    text = "\n".join(tables(results))
    assert "seeds 1, 2, 30 days each" in text
    assert "| busy: MdARE ÷ oracle's | ≤ 1.05 | 2.000 (MdARE 4.00%) |" in text
    assert "| busy: MdARE ÷ ratio chain's | ≤ 0.5 | 0.500 |" in text
    assert "| bias that a pump induces, log, engine |  | +0.250 |" in text
    assert f"| bias that a pump induces, log, {TWIN} | ≤ +0.05 | +nan |" in text
    assert "**busy**" in text
    assert f"| {ORACLES[1]} | 2.00% | 1.000 |" in text
    assert "| 240 | 12 µs, 15 µs | 70 µs | 0.49 MB, 0.49 MB after 2,000 quotes |" in text
    for line in text.splitlines():
        assert not line.startswith("|") or line.endswith("|")
