"""Why a post was read so, for people and as JSON, and what a hostile post cannot do to a terminal."""

import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from gpo_market.catalogue import packaged_catalogue
from gpo_market.cli.explanations import MOST_ROWS, show_explanation, visible
from gpo_market.cli.main import run_command
from gpo_market.language import Parser
from gpo_market.views.explaining import explain_post

CATALOGUE = packaged_catalogue()
PARSER = Parser(CATALOGUE)
NO_VALUES: dict[int, float] = {}
POST = "2 ase for leopord, nlf pika"
PAGE = Path(__file__).parents[2] / "docs" / "language.md"


def shown(content: str, width: int = 96) -> str:
    """Give what a terminal of some width would show."""
    written = io.StringIO()
    console = Console(file=written, width=width, highlight=False, emoji=False)
    post = explain_post(PARSER.explain(content), CATALOGUE, "", NO_VALUES.get)
    show_explanation(console, content, post, CATALOGUE)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def test_the_page_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    """The example of the documentation is the command's output."""
    assert run_command(["parse", "--explain", POST]) == 0
    printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    found = re.search(r"## Why was my post read so\?.*?```text\n(.*?)\n```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    assert found[1] == printed.rstrip("\n")


def test_marks_stand_under_their_words_in_signs_of_their_own() -> None:
    """Given, wanted and unknown can be told apart without colour."""
    lines = shown("2 ASE for case or zork").splitlines()
    assert lines[1].startswith("│ 2 ASE for case or zork ")
    assert lines[2].startswith("│ ━━━━━     ════    ???? ")
    assert lines[4] == "  ━━ given   ══ wanted   ?? not known"


def test_a_long_post_wraps_with_its_marks() -> None:
    """At spaces, and inside a word only where it must."""
    lines = shown("lf mythical fruit chest for 3 ase, " + "y" * 40, width=24).splitlines()
    frame = [
        line.strip("│ ") for line in lines[1 : next(at for at, line in enumerate(lines) if line[0] == "╰")]
    ]
    assert frame[:3] == ["lf mythical fruit", "══════════════", "chest for 3 ase,"]
    assert "y" * 20 in frame


def test_pieces_say_what_they_were_understood_as() -> None:
    """A piece of a longer mention points up, one that means nothing has a dot."""
    rows = [
        line.split(maxsplit=2) for line in shown(POST).split("Pieces")[1].split("Decisions")[0].splitlines()
    ]
    assert rows[2:] == [
        ["2", "number", "2 All Seeing Eye"],
        ["ase", "word", '"'],
        ["for", "word", "for"],
        ["leopord", "word", "1 Leopard"],
        [",", "sign", "comma"],
        ["nlf", "word", "·"],
        ["pika", "word", "·"],
        [],
    ]


def test_quotes_are_told_in_words() -> None:
    """Open sides, adds, what is not known, and remarks."""
    assert "gives any offer, wants 1 All Seeing Eye" in shown("lf ase")
    assert "wants 7 Mythical Fruit Chest + adds" in shown("ase for 7 mc + adds")
    told = shown("fb + zork for 1k mc")
    assert "wants 1,000 Mythical Fruit Chest (not complete" in told
    assert "Not understood: zork, fb" in told
    assert "Note: fb can be several items" in told
    assert "gives 1 All Seeing Eye, wants something unknown" in shown("ase for zork")


def test_a_post_without_trade_says_so() -> None:
    """There is nothing to underline, and there are no quotes."""
    told = shown("good morning")
    assert "chatter" in told
    assert "nothing in it is traded" in told
    assert told.endswith("Quotes\n  none")


def test_a_post_that_nobody_can_read_is_cut_short() -> None:
    """Tables say how many rows more there are."""
    told = shown("2 ase, " * (MOST_ROWS + 10))
    assert "more (--json has them all)" in told
    assert told.count("All Seeing Eye") < MOST_ROWS


HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9b\r\u202e\u2066\u2028\u200b\ud800[]m3 \n\t")),
    max_size=40,
)


@settings(deadline=None)
@given(HOSTILE, st.integers(20, 120))
def test_no_post_steers_the_terminal(content: str, width: int) -> None:
    """Whatever it holds, nothing printed is a control character, and no markup is obeyed."""
    told = shown("2 ase [bold]for[/bold] " + content, width)
    joiners = "\u200c\u200d"
    assert [c for c in told if c != "\n" and c not in joiners and unicodedata.category(c)[0] == "C"] == []
    assert not {"\u2028", "\u2029"} & set(told)
    assert "[bold]" in told.replace("\n", "")


@pytest.mark.parametrize(
    ("character", "printed"),
    [("a", "a"), ("\t", " "), ("\x1b", "␛"), ("\x7f", "<007F>"), ("\u202e", "<202E>"), ("\ud800", "<D800>")],
)
def test_characters_that_do_not_print_are_named(character: str, printed: str) -> None:
    """By their picture or their number."""
    assert visible(character) == printed


def test_an_explanation_is_one_line_of_json(printed: Callable[..., list[dict[str, object]]]) -> None:
    """What is read without it, and the explanation."""
    (told,) = printed("parse", "--explain", "--json", "2 ase for mc")
    explanation = told.pop("explanation")
    assert isinstance(explanation, dict)
    assert list(explanation) == ["marks", "tokens", "elements", "decisions"]
    assert explanation["marks"][0] == {"start": 0, "end": 5, "says": "give", "items": ["all-seeing-eye"]}
    assert told["kind"] == "offer"


def test_the_first_post_of_a_file_is_explained(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And the command says that there are more."""
    (workplace / "posts").write_text('\n{"id": "x9", "content": "lf pika"}\n7 mc for ase\n')
    assert run_command(["parse", "--explain", "--json", "posts"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["id"] == "x9"
    assert captured.err == "This is the first post; the others are not explained.\n"


def test_a_post_is_explained_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One post alone needs no remark."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"7 mc for ase\n")))
    assert run_command(["parse", "--explain"]) == 0
    captured = capsys.readouterr()
    assert "7 mc for ase" in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(
    "text", ["w/f/l", "2 ase.txt for mc", "x" * 5000, "ase\nfor 7 mc", "caf\udce9 for mc"]
)
def test_what_is_no_file_is_a_post(
    text: str, workplace: Path, printed: Callable[..., list[dict[str, object]]]
) -> None:
    """However long, with slashes or lines, or in no known encoding."""
    del workplace
    (told,) = printed("parse", "--explain", "--json", text)
    assert told["id"] == ""


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("posts.jsnl.txt", "posts.jsnl.txt: no such file or directory"),
        ("empty", "empty: no post to explain; give one, or its text"),
        (".", ".: is a directory"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    source: str, complaint: str, workplace: Path, refused: Callable[..., str]
) -> None:
    """A mistyped file is no post."""
    (workplace / "empty").write_text("\n")
    assert complaint in refused("parse", "--explain", source)


def test_the_frame_holds_wide_letters() -> None:
    """Letters of two cells have a line as wide below them."""
    lines = shown("2 ase for 日本語").splitlines()
    assert {cell_len(line) for line in lines[:4]} == {96}
