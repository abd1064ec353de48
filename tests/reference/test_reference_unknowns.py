"""Unknown words: which stand where an item would."""

from collections.abc import Callable

import pytest

from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.quantities import attach, join_unknown
from tests.reference.settling import settle
from tests.reference.unknowns import judge


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("zork for 3 mc", ["zork"]),
        ("ase for zork blim", ["zork blim"]),
        ("ase + zork for mc", ["zork"]),
        ("h: zork, ase w: mc", ["zork"]),
        ("wts ase, zork", ["zork"]),
        ("wts ase, zork, pika", ["zork"]),
        ("my zork for mc", ["zork"]),
        ("3 zork", ["3 zork"]),
        ("nlf zork", ["zork"]),
        ("zork + ase for mc", ["zork"]),
        ("want zork", ["zork"]),
        ("want zork when possible", []),
        ("ase or zork you know", []),
        ("ase for mc, zork", []),
        ("zork", []),
        ("hello zork + ase", []),
        ("ase for mc zork", []),
        ("ase for " + "z" * 61, []),
    ],
)
def test_an_unknown_word_is_an_item_here(
    content: str, names: list[str], elements_of: Callable[[str], list[Element]]
) -> None:
    """Beside a sign of trade or with a quantity it is one; in talk and trailing words it is not."""
    judged = judge(attach(join_unknown(settle(elements_of(content)))))
    found = [
        f"{element.amount:g} {element.text}" if element.counted else element.text
        for element in judged
        if element.role is Role.UNKNOWN
    ]
    assert found == names
