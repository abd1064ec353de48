"""How commands speak: results on one stream, everything else on the other."""

import json
import sys

import pytest

from gpo_market.cli.output import PLAIN_WIDTH, amount, progress_bar, results, say, write_json
from gpo_market.views.models import ReadLeg


def test_an_answer_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Data classes are written by their fields, line breaks inside text are escaped."""
    write_json(ReadLeg("ruby", 2))
    write_json({"text": "one\ntwo ★"})
    captured = capsys.readouterr()
    assert captured.err == ""
    assert [json.loads(line) for line in captured.out.splitlines()] == [
        {"item": "ruby", "quantity": 2},
        {"text": "one\ntwo ★"},
    ]


def test_diagnostics_are_one_plain_line_on_the_error_stream(capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets and colons in it are text, and no line is broken to fit a width."""
    line = "[red]x[/] :heart: " + "word " * 100
    say(line)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.rstrip("\n") == line


def test_results_are_plain_and_wide_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal there are no colours, and tables have room."""
    console = results()
    console.print("[bold]text[/] :heart:")
    assert capsys.readouterr().out == "text :heart:\n"
    assert console.width == PLAIN_WIDTH


def test_a_terminal_keeps_its_own_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody watches, tables fit the window."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "72")
    assert results().width == 72


def test_a_bar_is_drawn_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A log or a pipe gets nothing of it, and standard output never does."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    with progress_bar("Counting", 2) as progress:
        progress(1)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bar("Counting", 2) as progress:
        progress(2)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Counting" in captured.err
    assert "2/2" in captured.err


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "-"), (0.0, "0"), (0.01234, "0.0123"), (54.26, "54.3"), (100.4, "100"), (1234567.8, "1,234,568")],
)
def test_amounts_have_three_digits_and_are_never_in_powers_of_ten(value: float | None, written: str) -> None:
    """People read values, not exponents."""
    assert amount(value) == written
