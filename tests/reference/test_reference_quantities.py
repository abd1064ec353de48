"""Quantities: which number counts which item."""

from collections.abc import Callable

import pytest

from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.quantities import attach, join_unknown
from tests.reference.settling import settle

Scan = Callable[[str], list[Element]]


def _counted(elements: list[Element]) -> list[str]:
    return [
        f"{element.amount:g}{'+' if element.ranged else ''} {element.text}"
        for element in attach(join_unknown(settle(elements)))
        if element.role in (Role.ITEM, Role.UNKNOWN, Role.CURRENCY)
    ]


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ("3 mc", ["3 mc"]),
        ("3x mc", ["3 mc"]),
        ("x3 mc", ["3 mc"]),
        ("mc x3 pika x2", ["3 mc", "2 pika"]),
        ("mc (3) dragon", ["3 mc", "1 dragon"]),
        ("(3) dragon", ["3 dragon"]),
        ("ase 3 mc", ["1 ase", "3 mc"]),
        ("mc 3, pika", ["3 mc", "1 pika"]),
        ("2 (mc)", ["2 mc"]),
        ("2-3 mc", ["2+ mc"]),
        ("2k or 3k lfb", ["2000+ lfb"]),
        ("3mc - 4mc", ["3+ mc"]),
        ("3mc - 4lc", ["3 mc", "4 lc"]),
        ("5+ mc", ["5+ mc"]),
        ("mc 5+", ["5+ mc"]),
        ("ase 5+mc", ["5 ase", "1 mc"]),
        ("two ase", ["2 ase"]),
        ("two of us", []),
        ("2 + 3 mc", ["3 mc"]),
        ("5m", ["5e+06 5m"]),
        ("5m peli", ["5e+06 peli"]),
        ("0 mc, ase", ["1 ase"]),
        ("3 zork", ["3 zork"]),
        ("gear 5 fit", ["1 gear 5 fit"]),
        ("zork of blim", ["1 zork of blim"]),
        ("ase x mc", ["1 ase", "1 mc"]),
        ("2 ase 3", ["2 ase"]),
        ("buying lc 1 mc for 8", ["8 lc", "1 mc"]),
        ("buying ur lc in bulk 1 mc for 8 pls", ["8 lc", "1 mc"]),
        ("buying lc 1 mc for 8 pika", ["1 lc", "1 mc", "8 pika"]),
        ("buying 2 lc 1 mc for 8", ["2 lc", "1 mc"]),
        ("buying lc, 1 mc for 8", ["1 lc", "1 mc"]),
        ("lc mc for 8", ["1 lc", "1 mc"]),
        ("mc for 8", ["1 mc"]),
        ("nice nice nice nice lc nice nice nice nice 1 mc for 8", ["1 lc", "1 mc"]),
        ("zork dragon blim", ["1 zork dragon blim"]),
        ("zork dragon mc", ["1 zork", "1 dragon", "1 mc"]),
        ("dragon zork", ["1 dragon", "1 zork"]),
    ],
)
def test_numbers_count(content: str, counts: list[str], elements_of: Scan) -> None:
    """Numbers before, behind and glued count one item; ranges count as their lower end."""
    assert _counted(elements_of(content)) == counts


@pytest.mark.parametrize(
    ("content", "means"),
    [("ase 4 7 mc", True), ("ase 4 mc", True), ("h: ase 4 mc", False), ("4 mc", False), ("ase 4", False)],
)
def test_a_four_can_mean_for(content: str, means: bool, elements_of: Scan) -> None:  # noqa: FBT001 - a table's column
    """A 4 between an item and its price is the word for."""
    roles = {element.role for element in attach(settle(elements_of(content)))}
    assert (Role.FOR in roles) is means


def test_a_long_run_of_unknown_words_is_talk(elements_of: Scan) -> None:
    """More words than a name has are no name."""
    joined = join_unknown(elements_of("zork " * 7))
    assert [element.role for element in joined] == [Role.PLAIN]
