"""Quantities over records: which number counts which item."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gpo_market.language.kernel import elements as parts
from gpo_market.language.kernel import quantities
from gpo_market.language.kernel.quantities import FURTHEST_RATIO
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.roles import MENTIONS, Role
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.quantities import join_unknown
from tests.reference.settling import settle

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

all_said = entry_of(parts.all_said)
attach = entry_of(quantities.attach)
Attach = Callable[[list[Element]], list[tuple[Element, str]]]


@pytest.fixture
def attached(conversion: "Conversion") -> Attach:
    """Give a function that attaches, and gives elements with the characters that they stand for."""

    def run(elements: list[Element]) -> list[tuple[Element, str]]:
        records, letters, _ = conversion.records(elements)
        whole = "".join(element.text for element in elements)
        said, marks = all_said(records, len(elements))
        count = attach(records, len(elements), said, marks, blank_trace(0))
        found = conversion.elements(records, count, letters)
        return [
            (element, whole[row.start : row.end]) for element, row in zip(found, records[:count], strict=True)
        ]

    return run


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ("3 mc", ["3 mc <3mc>"]),
        ("3x mc", ["3 mc <3xmc>"]),
        ("x3 mc", ["3 mc <3mc>"]),
        ("mc x3 pika x2", ["3 mc <mcx3>", "2 pika <pikax2>"]),
        ("mc (3) dragon", ["3 mc <mc(3>", "1 dragon <dragon>"]),
        ("(3) dragon", ["3 dragon <3)dragon>"]),
        ("ase 3 mc", ["1 ase <ase>", "3 mc <3mc>"]),
        ("mc 3, pika", ["3 mc <mc3>", "1 pika <pika>"]),
        ("2 (mc)", ["2 mc <2(mc>"]),
        ("2-3 mc", ["2+ mc <2-3mc>"]),
        ("mc x2-3", ["2+ mc <mcx2-3>"]),
        ("mc x2 or 3 lc", ["2 mc <mcx2>", "3 lc <3lc>"]),
        ("2k or 3k lfb", ["2000+ lfb <2kor3klfb>"]),
        ("10m or 3 mc", ["1e+07 10m <10m>", "3 mc <3mc>"]),
        ("3mc - 4mc", ["3+ mc <3mc-4mc>"]),
        ("3mc - 4lc", ["3 mc <3mc>", "4 lc <4lc>"]),
        ("5+ mc", ["5+ mc <5+mc>"]),
        ("mc 5+", ["5+ mc <mc5+>"]),
        ("ase 5+mc", ["5 ase <ase5>", "1 mc <mc>"]),
        ("two ase", ["2 ase <twoase>"]),
        ("ase two", ["1 ase <ase>"]),
        ("two of us", []),
        ("2 + 3 mc", ["3 mc <3mc>"]),
        ("5m", ["5e+06 5m <5m>"]),
        ("5m peli", ["5e+06 peli <5mpeli>"]),
        ("0 mc, ase", ["1 ase <ase>"]),
        ("3 zork", ["3 zork <3zork>"]),
        ("ase x mc", ["1 ase <ase>", "1 mc <mc>"]),
        ("2 ase 3", ["2 ase <2ase>"]),
        ("a few mc", ["2+ mc <mc>"]),
        ("some of my mc", ["1+ mc <mc>"]),
        ("some for mc", ["1 mc <mc>"]),
        ("many", []),
        ("3 of mc", ["3 mc <3ofmc>"]),
        ("3x of mc", ["3 mc <3xofmc>"]),
        ("3 of of mc", ["1 mc <mc>"]),
        ("2-3 of mc", ["2+ mc <2-3ofmc>"]),
    ],
)
def test_numbers_count(
    content: str, counts: list[str], elements_of: Callable[[str], list[Element]], attached: Attach
) -> None:
    """Numbers before, behind and glued count one item, which then stands for their characters too."""
    found = [
        f"{element.amount:g}{'+' if element.ranged else ''} {element.text} <{characters}>"
        for element, characters in attached(join_unknown(settle(elements_of(content))))
        if element.role in MENTIONS
    ]
    assert found == counts


@pytest.mark.parametrize(
    ("content", "means"),
    [
        ("ase 4 7 mc", True),
        ("ase 4 mc", True),
        ("ase 4mc", False),
        ("ase4 mc", False),
        ("ase4mc", True),
        ("h:ase4mc", True),
        ("ase4 7", False),
        ("ase 4 hello", False),
        ("h: ase 4 mc", False),
        ("4 mc", False),
        ("ase 4", False),
    ],
)
def test_a_four_can_mean_for(
    content: str,
    means: bool,  # noqa: FBT001 - a table's column
    elements_of: Callable[[str], list[Element]],
    attached: Attach,
) -> None:
    """A 4 between an item and its price is the word for."""
    roles = {element.role for element, _ in attached(settle(elements_of(content)))}
    assert (Role.FOR in roles) is means


@pytest.mark.parametrize(
    ("content", "roles", "ratios"),
    [
        ("ase 1:2 mc", [Role.ITEM, Role.FOR, Role.ITEM], [None, (1.0, 2.0)]),
        ("ase for mc 1:2", [Role.ITEM, Role.FOR, Role.ITEM], [None, (1.0, 2.0)]),
        ("ase 1:2 mc for lc", [Role.ITEM, Role.ITEM, Role.FOR, Role.ITEM], [None, (1.0, 2.0), None]),
        ("1:2 mc", [Role.ITEM], [(1.0, 2.0)]),
        ("1:2", [], []),
    ],
)
def test_a_ratio_hangs_on_the_item_beside_it(
    content: str,
    roles: list[Role],
    ratios: list[tuple[float, float] | None],
    elements_of: Callable[[str], list[Element]],
    attached: Attach,
) -> None:
    """The item behind has it, else the last one before; between two items it stands for the word for."""
    found = [element for element, _ in attached(settle(elements_of(content)))]
    assert [element.role for element in found] == roles
    assert [element.ratio for element in found if element.role is Role.ITEM] == ratios


def test_a_ratio_reaches_back_a_few_elements_only(attached: Attach) -> None:
    """An item further back than that has nothing to do with the ratio."""
    item, ratio = Element(Role.ITEM, "mc", (1,)), Element(Role.RATIO, "1:2", ratio=(1.0, 2.0))
    talk = [Element(Role.PLAIN, "word")] * (FURTHEST_RATIO - 1)
    assert attached([item, *talk, ratio])[0][0].ratio == (1.0, 2.0)
    assert attached([item, *talk, talk[0], ratio])[0][0].ratio is None


@pytest.mark.parametrize(
    "content", ["3 " * 3000, "x 3 " * 2000, "(" * 5000, "3 (" * 2000, "some of " * 2000, "1:2 " * 2000]
)
def test_any_length_is_read(
    content: str, elements_of: Callable[[str], list[Element]], attached: Attach
) -> None:
    """Numbers, brackets and ratios without end leave no item."""
    assert [element for element, _ in attached(elements_of(content)) if element.role in MENTIONS] == []
