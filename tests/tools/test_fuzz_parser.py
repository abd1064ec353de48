"""The fuzzer's checks, seeds and commands; the fuzzing itself is a nightly run."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from tests.soundness import check_reading

TOOL = Path(__file__).resolve().parents[2] / "tools" / "fuzz_parser.py"
SEEDS = 104 + 3_201
ITEMS = 10


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load the script as a module."""
    spec = importlib.util.spec_from_file_location("fuzz_parser", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a corpus of two texts, one of them no UTF-8."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one").write_bytes(b"2 ase for mc, typo leopord, <:ASE:1>")
    (corpus / "two").write_bytes(b"\xff\xfe ase \x00 for mc")
    return tmp_path


def test_a_corpus_is_read_by_the_compiled_reader(
    tool: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Texts that are read soundly and as the oracle reads them are counted."""
    assert tool.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "2 texts, 0 failed\n"


def test_a_text_that_fails_is_named(
    tool: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its file and what is wrong; the other texts are still read."""
    known = tool.Checks()
    monkeypatch.setattr(known._comparison, "reference", _Deaf())
    monkeypatch.setattr(tool, "Checks", lambda: known)
    assert tool.main(["check", str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == "2 texts, 2 failed\n"
    assert captured.err.startswith(f"{folder}/corpus/one: AssertionError: '2 ase for mc, typo leopord")


class _Deaf:
    """An oracle that hears nothing but talk."""

    def parse(self, content: str) -> PostReading:
        """Give chatter."""
        del content
        return PostReading(Kind.CHATTER)


def test_the_seeds_are_the_labelled_posts_and_the_hazards(tool: ModuleType, tmp_path: Path) -> None:
    """Each under its id, byte for byte, and their words make the dictionary."""
    tool.write_seeds(tmp_path)
    assert len(list(tmp_path.iterdir())) == SEEDS
    assert (tmp_path / "seed-p01").read_bytes() == b"1 ASE FOR 7 MC"
    words = tool.dictionary()
    assert {"ASE", "for", "W:"} <= set(words)
    assert not any('"' in word or "\\" in word for word in words)


@pytest.mark.parametrize("arguments", [[], ["fuzz"], ["fuzz", "soon", "x"], ["check", "missing"]])
def test_wrong_usage_is_said_in_one_line(arguments: list[str]) -> None:
    """With exit code 2."""
    done = subprocess.run(
        [sys.executable, str(TOOL), *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("usage: fuzz_parser.py ")


def test_without_a_wheel_it_says_so_and_ends_well(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that has no atheris still runs the nightly tests."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert tool.main(["fuzz", "1", str(tmp_path)]) == 0
    assert capsys.readouterr().err == tool.NO_WHEEL + "\n"


@pytest.mark.parametrize(
    "quote",
    [
        QuoteReading((Leg(ITEMS, 1.0),), ()),
        QuoteReading((Leg(1, 0.0),), ()),
        QuoteReading((Leg(1, float("nan")),), ()),
        QuoteReading((Leg(1, float("inf")),), ()),
        QuoteReading((Leg(1, 1.0),), (), give_open=True),
    ],
)
def test_an_unsound_reading_does_not_pass(quote: QuoteReading) -> None:
    """An item beyond the list, a quantity of nothing, NaN or infinity, an open side that is full."""
    with pytest.raises(AssertionError):
        check_reading(PostReading(Kind.OFFER, (quote,)), ITEMS)
