"""Diagnostics go to standard error, one line each."""

import json
import logging

import pytest
import structlog

from gpo_market.cli.logs import configure_logging


def test_both_ways_of_logging_come_out_alike(capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, each line is JSON."""
    configure_logging("info")
    structlog.get_logger().info("stopped", seq=7)
    logging.getLogger("somewhere").warning("snapshot %s ignored", 5)
    captured = capsys.readouterr()
    assert captured.out == ""
    first, second = (json.loads(line) for line in captured.err.splitlines())
    assert (first["event"], first["level"], first["seq"]) == ("stopped", "info", 7)
    assert (second["event"], second["level"]) == ("snapshot 5 ignored", "warning")


def test_less_severe_lines_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The level is the least that is logged."""
    configure_logging("error")
    structlog.get_logger().warning("nobody hears this")
    logging.getLogger("somewhere").warning("nor this")
    assert capsys.readouterr().err == ""


def test_an_exception_brings_its_traceback_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A broken feed can be understood from the log."""
    configure_logging("error")
    try:
        int("broken")
    except ValueError:
        structlog.get_logger().exception("feed ended")
    (line,) = capsys.readouterr().err.splitlines()
    assert "ValueError: invalid literal" in json.loads(line)["exception"]
