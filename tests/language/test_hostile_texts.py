"""Whatever is posted is read: nothing raises, and the work grows no faster than the text."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, packaged_catalogue
from gpo_market.events.readings import Kind
from tests.agreement import Comparison
from tests.harness import gpo_market
from tests.hostile import HOSTILE, MILLIONS, PATTERNS, unicode_by_pages
from tests.readers import LONGEST_READ, Parser
from tests.soundness import check_columns, check_places, check_reading

STEPS = Path(__file__).parents[1] / "counting_steps.py"
SHORT, LONG = (512, 2_048) if os.environ.get("GPO_NIGHTLY") else (128, 512)
SLACK = 1.25
"""How much faster than the text the work may grow: one that is cut amid a pattern is uneven."""
COMPARISON = Comparison(packaged_catalogue())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_soundly(name: str, catalogue: Catalogue) -> None:
    """It gives a reading within all caps and places in its text, alone and between other posts the same."""
    text, compiled = HOSTILE[name](), COMPARISON.compiled
    alone = compiled.parse(text)
    check_places(compiled, text)
    check_reading(alone, len(catalogue))
    columns = compiled.parse_many(["ase for mc", text, "ase for mc"])
    check_columns(columns, 3)
    between = list(columns)
    assert between[1] == alone
    assert between[0] == between[2] == compiled.parse("ase for mc")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_as_the_oracle_reads_it(name: str) -> None:
    """No shortcut of the compiled reader shows, however strange the text."""
    differences = list(COMPARISON.differences([HOSTILE[name]()]))
    assert not differences, str(COMPARISON.shrunk(differences[0]))


def test_every_character_is_read_as_the_oracle_reads_it() -> None:
    """All of Unicode, a page at a time, before an item."""
    posts = [f"ase for {page} mc" for page in unicode_by_pages()]
    differences = list(COMPARISON.differences(posts))
    assert not differences, str(COMPARISON.shrunk(differences[0]))


@given(st.text(max_size=200))
def test_any_text_is_read_as_the_oracle_reads_it(text: str) -> None:
    """Texts of any characters are read soundly and alike."""
    check_reading(COMPARISON.compiled.parse(text), len(packaged_catalogue()))
    check_places(COMPARISON.compiled, text)
    assert not list(COMPARISON.differences([text]))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_the_oracle_reads_them(raw: bytes) -> None:
    """Bytes that are no text come as lone surrogates, as replacements or as Latin letters."""
    texts = [raw.decode("utf-8", "surrogateescape"), raw.decode("utf-8", "replace"), raw.decode("latin-1")]
    assert not list(COMPARISON.differences(texts))


@pytest.mark.parametrize("letter", ["a", "ase ", "ase for mc\n"])
def test_what_stands_behind_the_cap_costs_and_changes_nothing(letter: str, parser: Parser) -> None:
    """A post of 10 MB is read as its first 16,384 characters are, and says that it was cut."""
    text = (letter * (MILLIONS // len(letter)))[:MILLIONS]
    whole, cut = parser.parse(text), parser.parse(text[:LONGEST_READ])
    assert (whole.kind, whole.quotes, whole.unknown) == (cut.kind, cut.quotes, cut.unknown)
    said = () if whole.kind is Kind.CHATTER else ("only the first 16384 characters were read",)
    assert whole.notes == (*cut.notes, *said)


def test_four_times_the_text_is_at_most_four_times_the_work() -> None:
    """Counted in lines that the kernels run, with the compiler off: no pattern is worse than linear."""
    command = [sys.executable, str(STEPS), str(SHORT), str(LONG)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    steps = json.loads(done.stdout)
    assert steps.keys() == PATTERNS.keys()
    growth = {name: long / short for name, (short, long) in steps.items()}
    worse = {name: f"{times:.2f}" for name, times in growth.items() if times > SLACK * LONG / SHORT}
    assert not worse


@pytest.mark.process
def test_the_command_reads_a_line_of_ten_megabytes(tmp_path: Path) -> None:
    """The lines around it are read as ever, and it is answered like any other, with a note."""
    file = tmp_path / "posts.txt"
    long_line = "ase for mc or " * (MILLIONS // 14)
    file.write_bytes(b"1 ase for 7 mc\n" + long_line.encode() + b"\n\xff\xfe\x00\n1 ase for 7 mc\n")
    done = gpo_market("parse", str(file))
    assert done.returncode == 0, done.stderr
    first, long, broken, last = map(json.loads, done.stdout.splitlines())
    assert (first["quotes"], first["kind"]) == (last["quotes"], "offer")
    assert long["notes"] == ["only the first 16384 characters were read"]
    assert broken["kind"] == "chatter"
