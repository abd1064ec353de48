"""Segments: where a side begins, and whose it is."""

from collections.abc import Callable

import pytest

from gpo_market.language.sides import Bond, Side
from tests.reference.elements import Element
from tests.reference.quantities import attach
from tests.reference.segments import Segment, Segmenter
from tests.reference.settling import settle


def _written(segment: Segment) -> str:
    side = "across" if segment.across else segment.side.name.lower() if segment.side is not None else "none"
    owned = "!" if segment.owned else ""
    return f"{side}{owned}:{'/'.join(term.element.text for term in segment.terms)}"


@pytest.mark.parametrize(
    ("content", "segments"),
    [
        ("ase for mc", ["none:ase", "across:mc"]),
        ("h: ase w: mc", ["none:", "give:ase", "want:mc"]),
        ("anyone selling ase", ["none:", "want:ase"]),
        ("anyone here now selling ase", ["none:", "want:ase"]),
        ("anyone who was in there. selling ase", ["none:", "give:ase"]),
        ("who wants ase", ["none:", "give:ase"]),
        ("my ase for ur mc", ["give!:ase", "across!:mc"]),
        ("my ase ur mc", ["give!:ase", "want!:mc"]),
        ("ase + my mc", ["none:ase/mc"]),
        ("my friend ase", ["none:ase"]),
        ("trading have ase", ["none:", "give:ase"]),
        ("offers on ase", ["none:", "give:ase"]),
        ("will overpay with ase", ["none:", "give:ase"]),
    ],
)
def test_a_post_has_these_segments(
    content: str, segments: list[str], elements_of: Callable[[str], list[Element]]
) -> None:
    """Markers, for, my and your begin a segment; another subject turns the marker around."""
    walked = Segmenter().walk(attach(settle(elements_of(content))))
    assert [_written(segment) for segment in walked] == segments


def test_the_strongest_sign_between_terms_bonds_them(elements_of: Callable[[str], list[Element]]) -> None:
    """A join or an or wins over commas and line breaks around it."""
    (segment,) = Segmenter().walk(settle(elements_of("ase,\n+ mc, or pika\nlc, mera goro")))
    bonds = [term.bond for term in segment.terms]
    assert bonds == [Bond.BESIDE, Bond.JOIN, Bond.OR, Bond.LINE, Bond.COMMA, Bond.BESIDE]


def test_sides_face_each_other() -> None:
    """Across from give is want, and back."""
    assert Side.GIVE.other is Side.WANT
    assert Side.WANT.other is Side.GIVE
