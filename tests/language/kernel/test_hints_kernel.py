"""Hints change no answer."""

import numpy as np
import pytest

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel import hints
from gpo_market.language.kernel.records import TOKEN, Records, blank_records
from tests.language.kernel.entries import entry_of


@entry_of
@compiled_part
def seldom(said: int) -> bool:
    """Hand a truth through."""
    return hints.seldom(said > 0)


@entry_of
@compiled_part
def fetch(records: Records, place: int) -> None:
    """Ask for a record ahead."""
    hints.fetch(records, place)


@pytest.mark.parametrize("said", [0, 1])
def test_what_is_seldom_so_is_so_when_it_is(said: int) -> None:
    """A truth comes back as it was."""
    assert bool(seldom(said)) is (said > 0)


@pytest.mark.parametrize("place", [0, 2, 3, -1, 1 << 40])
def test_any_place_may_be_fetched(place: int) -> None:
    """Records stay as they are, and a place where none is does no harm."""
    records = blank_records(TOKEN, 3)
    records.word = 7
    fetch(records.view(np.ndarray), place)
    assert records["word"].tolist() == [7, 7, 7]
