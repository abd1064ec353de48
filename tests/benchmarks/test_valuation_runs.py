"""The runs of the valuation benchmark, and its command."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import valuation, valuation_runs, valuation_timing
from benchmarks.valuation_runs import (
    BASELINES,
    BUSY,
    ENGINE,
    ORACLES,
    Score,
    pump_biases,
    score_agents,
    score_scenario,
)
from benchmarks.valuation_timing import timing


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the markets be small and short."""
    busy = replace(BUSY, items=30, posts_per_day=150.0)
    monkeypatch.setattr(valuation_runs, "BUSY", busy)
    monkeypatch.setattr(valuation_runs, "COMPARED", (busy,))
    monkeypatch.setattr(valuation, "COMPARED", (busy,))
    monkeypatch.setattr(valuation, "OTHERS", ())
    monkeypatch.setattr(valuation, "QUICK_DAYS", 4)
    monkeypatch.setattr(valuation, "SIZES", (30,))
    monkeypatch.setattr(valuation_timing, "POSTS_PER_DAY", 300.0)
    monkeypatch.setattr(valuation_timing, "WARM_UP_QUOTES", 20)


@pytest.mark.usefixtures("small")
def test_a_market_is_scored_for_everybody() -> None:
    """Oracles, engine and baselines follow the same posts, and the better oracle's own ratio is one."""
    scores = {one.estimator: one for one in score_scenario(valuation_runs.BUSY, 1, 6)}
    assert {*ORACLES, ENGINE, *BASELINES} <= set(scores)
    for place, name in enumerate(ORACLES):
        assert scores[name].ratios[place] == pytest.approx(1.0)
        assert scores[name].mdare < scores[ENGINE].mdare * 1.2
    assert scores[ENGINE].mdare < scores["static list"].mdare
    assert np.isnan(scores["Elo"].cover)


@pytest.mark.usefixtures("small")
def test_other_markets_are_scored_for_the_engine_and_its_oracles() -> None:
    """Baselines follow the compared markets only."""
    scores = score_scenario(replace(valuation_runs.BUSY, name="other"), 1, 3)
    assert [one.estimator for one in scores] == [*ORACLES, ENGINE]


def test_agents_have_no_oracle() -> None:
    """Where no filter's parameters exist, nobody can be told them."""
    scores = score_agents(1, 2)
    assert [one.estimator for one in scores] == [ENGINE, *BASELINES]
    assert all(np.isnan(one.ratios).all() for one in scores)


@pytest.mark.usefixtures("small")
def test_a_pump_moves_what_believes_everything() -> None:
    """A rolling median follows a pump nearly all the way."""
    biases = {one.estimator: one.bias for one in pump_biases(1)}
    assert biases["rolling median"] > 0.2
    assert ENGINE in biases


@pytest.mark.usefixtures("small")
def test_times_and_sizes_are_measured() -> None:
    """A quote takes some time, and memory does not grow with quotes."""
    found = timing(30)
    assert 0.0 < found.learned < found.applied < 0.1
    assert found.sizes[0] == found.sizes[1] > 0
    assert found.quotes > 300


@pytest.mark.usefixtures("small")
def test_the_command_prints_tables_or_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Tables by default, all figures as one line of JSON where asked for; progress to standard error."""
    assert valuation.main(["--quick", "--processes", "1", "--only", "busy", "timing"]) == 0
    out, err = capsys.readouterr()
    assert "| busy: MdARE ÷ oracle's |" in out
    assert "1/1 busy, seed 1" in err
    assert valuation.main(["--quick", "--json", "--processes", "2", "--only", "busy"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["estimator"] for one in found["scores"]} >= {*ORACLES, ENGINE}
    assert found["timings"] == []
    assert Score(**found["scores"][0]).scenario == "busy"


@pytest.mark.usefixtures("small")
def test_plots_are_drawn_where_asked_for(tmp_path: Path) -> None:
    """Three files, readable as SVG, the same every time."""
    pytest.importorskip("matplotlib", reason="plots are drawn by the benchmark's own requirements")
    for name in ("one", "two"):
        assert (
            valuation.main(["--quick", "--only", "busy", "--processes", "1", "--plots", str(tmp_path / name)])
            == 0
        )
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["valuation-cover.svg", "valuation-errors.svg", "valuation-values.svg"]
    for name in files:
        assert b"<svg" in (tmp_path / "one" / name).read_bytes()
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
