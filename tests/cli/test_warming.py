"""The reader and the valuation are compiled before they are needed."""

from threading import Event

import pytest

from gpo_market.cli import warming

FOR_EVER = 30.0


def test_what_is_compiled_already_needs_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Loading takes less than the patience it is given."""
    warming.warm_reader()
    warming.warm_reader()
    assert capsys.readouterr().err.count(warming.NOTICE) <= 1


def test_an_engine_warms_its_valuation_too(capsys: pytest.CaptureFixture[str]) -> None:
    """A market of two items learns from a quote, and nothing is said of it."""
    warming.warm_engine()
    assert capsys.readouterr().err.count(warming.NOTICE) <= 1


def test_compiling_is_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits hears why."""
    said, heard = Event(), list[str]()

    def say(text: str) -> None:
        heard.append(text)
        said.set()

    class SlowParser:
        """Takes as long as it takes to be spoken of."""

        def __init__(self, catalogue: object) -> None:
            """Read by any list."""

        def parse(self, content: str) -> None:
            """Wait."""
            assert said.wait(FOR_EVER), content

    monkeypatch.setattr(warming, "PATIENCE", 0.0)
    monkeypatch.setattr(warming, "say", say)
    monkeypatch.setattr(warming, "Parser", SlowParser)
    warming.warm_reader()
    assert heard == [warming.NOTICE]
