"""Drafts: which segments make a trade together."""

from collections.abc import Callable

import pytest

from gpo_market.language.limits import MOST_DRAFTS
from gpo_market.language.sides import Side
from tests.reference.drafts import Draft, Pairing
from tests.reference.elements import Element
from tests.reference.quantities import attach
from tests.reference.segments import Segmenter
from tests.reference.settling import settle

Scan = Callable[[str], list[Element]]


def _written(draft: Draft) -> str:
    sides = ("/".join(term.element.text for term in draft.sides[side] or []) for side in Side)
    return " > ".join(sides) + ("" if draft.meant else " (not meant)")


@pytest.mark.parametrize(
    ("content", "drafts"),
    [
        ("ase for mc", ["ase > mc"]),
        ("lf ase for mc", ["mc > ase"]),
        ("mc <- ase", ["ase > mc"]),
        ("mc for my ase", ["ase > mc"]),
        ("ase, lf mc", ["ase > mc"]),
        ("ase, got mc", ["mc > ase"]),
        ("wts ase wtb mc", ["ase > ", " > mc"]),
        ("wts ase lf mc", ["ase > mc"]),
        ("h: ase h: mc", ["ase/mc > "]),
        ("ase for mc pika for lc", ["ase > mc", "pika > lc"]),
        ("ase for mc for lc", ["ase > mc"]),
        ("lf ase\npika for lc", [" > ase", "pika > lc"]),
        ("lf ase\nfor lc", ["lc > ase"]),
        ("ase ft", ["ase > "]),
        ("ase selling for mc", ["ase > mc"]),
        ("ase wtb", [" > ase"]),
        ("ase for mc selling", ["ase > mc"]),
        ("trading for ase", [" > ase"]),
        ("for my ase", ["ase >  (not meant)"]),
        ("for ase", []),
        ("ase for us", ["ase >  (not meant)"]),
        ("ase dm offers", ["ase > "]),
        ("selling 3 ase, 2 mc + lc each", ["ase > mc/lc"]),
        ("selling ase or mc each", ["ase/mc > "]),
        ("selling ase each", ["ase > "]),
        ("dragon for mc or for lc", ["dragon > mc/lc"]),
        ("dragon for mc or for", ["dragon > mc"]),
        ("lf ev, will overpay w ase", ["ase > ev"]),
        ("lf ev, i add ase", [" > ev"]),
        ("will overpay w ase", ["ase >  (not meant)"]),
        ("lf tsa 11 mc", ["mc > tsa"]),
        ("sell me tsa 11 mc", ["mc > tsa"]),
        ("selling 2 dragon 8 mc", ["dragon/mc > "]),
        ("2 dragon 8 mc", ["dragon/mc >  (not meant)"]),
        ("selling dragon mochi 4 mc", ["dragon/mochi > mc"]),
        ("selling ev, dragon mochi 4 mc, tori", ["ev > ", "dragon/mochi > mc", "tori > "]),
        ("selling 2 ev dragon 4 mc", ["ev/dragon/mc > "]),
    ],
)
def test_segments_pair(content: str, drafts: list[str], elements_of: Scan) -> None:
    """Markers and arrows pair the sides; a second for, a new line or seller and buyer part trades."""
    paired = Pairing().pair(Segmenter().walk(attach(settle(elements_of(content)))))
    assert [_written(draft) for draft in paired] == drafts


def test_drafts_are_capped(elements_of: Scan) -> None:
    """Endless trades are read to a limit."""
    assert len(Pairing().pair(Segmenter().walk(elements_of("ase for mc pika for lc " * 99)))) == MOST_DRAFTS
