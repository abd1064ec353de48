"""``replay``: the journal through the market again."""

import json
import statistics
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from gpo_market.cli.main import run_command
from gpo_market.cli.replaying import Duration
from gpo_market.events.time import DAY, HOUR, MINUTE, SECOND, WEEK

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


def test_values_learned_from_text_lie_near_the_hidden_truth(
    market: Path, simulated_market: Path, printed: Printed
) -> None:
    """After four days of a small market the median error of the last day is below 10 %."""
    days = printed("replay", "--every", "1d", "--data", market)
    truth = [json.loads(line) for line in (simulated_market / "truth.jsonl").read_text().splitlines()]
    assert [day["time"] for day in days] == [day["time"] for day in truth]
    values = days[-1]["values"]
    assert isinstance(values, dict)
    true = truth[-1]["values"]
    errors = [abs(value["value"] / true[slug] - 1) for slug, value in values.items()]
    assert len(errors) >= 35
    assert statistics.median(errors) < 0.10


def test_a_replay_can_write_its_lines_to_a_file(market: Path, tmp_path: Path, printed: Printed) -> None:
    """Standard output then holds only the state."""
    out = tmp_path / "values.jsonl"
    (state,) = printed("replay", "--every", "12h", "--out", out, "--data", market, "--json")
    assert set(state) == {"seq", "hash", "facts", "seconds"}
    assert len(out.read_text().splitlines()) == 8


def test_the_hash_is_told_in_words_on_the_error_stream(
    market: Path, printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without ``--json`` standard output holds results only, and the same hash is said to people."""
    (state,) = printed("replay", "--data", market, "--json")
    assert run_command(["replay", "--data", str(market)]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"state hash {state['hash']}" in captured.err


def test_a_damaged_journal_is_the_answer_no(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, the line says where the damage is."""
    assert run_command(["replay", "--data", str(damaged)]) == 1
    assert "damaged" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_refused(market: Path, tmp_path: Path, refused: Refused) -> None:
    """The line names the file."""
    line = refused("replay", "--data", market, "--out", tmp_path / "nowhere" / "values.jsonl")
    assert "values.jsonl: no such file or directory" in line


@pytest.mark.parametrize(
    ("text", "micros"),
    [("1s", SECOND), ("30m", 30 * MINUTE), ("6h", 6 * HOUR), ("1d", DAY), ("02w", 2 * WEEK)],
)
def test_lengths_of_time_are_read(text: str, micros: int) -> None:
    """A length of time is a whole number and a unit."""
    assert Duration().convert(text, None, None) == micros
    assert Duration().convert(micros, None, None) == micros


@pytest.mark.parametrize("text", ["", "d", "1", "0d", "-1d", "1.5h", "1y", "²d", "1d ", "9" * 5000 + "d"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    """Zero, fractions, other units and numbers without measure are none."""
    with pytest.raises(click.BadParameter, match="is no length of time"):
        Duration().convert(text, None, None)
