"""Lanes: sixteen characters at once fold as each does alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.compiling import compiled_part
from gpo_market.language.folding import fold_character
from gpo_market.language.kernel import lanes
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.lanes import LANES
from gpo_market.language.kernel.records import Characters, Origins
from tests.language.kernel.entries import entry_of

BEFORE = "zz"
ASCII = st.text(st.characters(max_codepoint=127), min_size=LANES, max_size=LANES)


@entry_of
@compiled_part
def fold_lanes(text: Characters, start: int, at: int, folded: Characters, origins: Origins) -> bool:
    """Fold LANES characters."""
    return lanes.fold_lanes(text, start, at, folded, origins)


@entry_of
@compiled_part
def line_in_lanes(text: Characters, at: int) -> bool:
    """Look for a line break."""
    return lanes.line_in_lanes(text, at)


fold_one = entry_of(lanes.fold_one)


def folded(text: str, at: int) -> tuple[str, list[int], bool]:
    """Fold the LANES characters at a place of a text that stands behind another one."""
    room, origins = np.zeros(3 * LANES, np.uint32), np.full(3 * LANES, -1, np.int32)
    strange = bool(fold_lanes(characters_of(BEFORE + text), len(BEFORE), at, room, origins))
    assert not room[:at].any() and not room[at + LANES :].any()  # noqa: PT018 - what is around stays
    return "".join(map(chr, room[at : at + LANES])), origins[at : at + LANES].tolist(), strange


@given(ASCII, st.integers(0, LANES))
def test_lanes_of_ascii_fold_as_the_plain_fold_does(text: str, at: int) -> None:
    """Letters and origins are those of the plain fold, wherever the lanes begin."""
    wanted = "".join(map(fold_character, text))
    assert folded("-" * at + text, at) == (wanted, list(range(at, at + LANES)), False)


@pytest.mark.parametrize("code", [128, 0xE9, 0x1F600, 0x10FFFF])
@pytest.mark.parametrize("lane", [0, 7, LANES - 1])
def test_one_strange_character_is_told_of(code: int, lane: int) -> None:
    """Whichever lane it stands in; the text is folded by tables then."""
    text = "a" * lane + chr(code) + "a" * (LANES - 1 - lane)
    assert folded(text, 0)[2]


@pytest.mark.parametrize("code", range(130))
def test_one_character_folds_as_by_the_plain_fold(code: int) -> None:
    """Every one of ASCII; any other is told of."""
    room, origins = np.zeros(1, np.uint32), np.ones(1, np.int32)
    assert bool(fold_one(characters_of(BEFORE + chr(code)), len(BEFORE), 0, room, origins)) is (code > 127)
    assert code > 127 or chr(room[0]) == fold_character(chr(code))
    assert origins[0] == 0


@pytest.mark.parametrize("lane", range(-1, LANES + 1))
def test_a_line_break_is_found_in_any_lane(lane: int) -> None:
    """One beside the lanes is none of theirs."""
    text = list("." * (LANES + 2))
    text[lane + 1] = "\n"
    assert bool(line_in_lanes(characters_of("".join(text)), 1)) is (0 <= lane < LANES)
