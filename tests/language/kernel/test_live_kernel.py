"""Live parts over records: what is sold, struck, refused or not for sale goes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gpo_market.language.kernel import live
from gpo_market.language.kernel.records import ELEMENT, blank_records
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.roles import Role
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.quantities import attach
from tests.reference.settling import settle

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

without_done = entry_of(live.without_done)
without_refused = entry_of(live.without_refused)
Scan = Callable[[str], list[Element]]


def _items(elements: list[Element]) -> list[str]:
    return [element.text for element in elements if element.role is Role.ITEM]


@pytest.mark.parametrize(
    ("content", "items"),
    [
        ("sold pika, still have goru for mera", ["goru", "mera"]),
        ("sold pika, and now lf goru", ["goru"]),
        ("sold pika", ["pika"]),
        ("~~ase for mc~~ pika for lc", ["pika", "lc"]),
        ("~~ase for mc~~", ["ase", "mc"]),
        ("~~ase for mc", ["ase", "mc"]),
        ("h: ase sold, pika w: mc", ["pika", "mc"]),
        ("h: ase sold", ["ase"]),
        ("ase sold, hello. pika for lc", ["pika", "lc"]),
        ("ase for mc sold. pika for lc", ["pika", "lc"]),
        ("lf pika, sold out", ["pika"]),
        ("sold! pika for mc. lf goru", ["goru"]),
        ("sold! lf goru", ["goru"]),
        ("all is long since sold! pika for mc. lf goru", ["pika", "mc", "goru"]),
        ("hello! pika for mc. sold lc", ["pika", "mc"]),
    ],
)
def test_only_live_parts_stay(
    content: str, items: list[str], elements_of: Scan, conversion: "Conversion"
) -> None:
    """Sold and struck parts go when something live stands beside them."""
    elements = attach(settle(elements_of(content)))
    records, letters, _ = conversion.records(elements)
    kept = blank_records(ELEMENT, len(elements))
    count = without_done(records, len(elements), kept, blank_trace(0))
    assert _items(conversion.elements(records, count, letters)) == items


@pytest.mark.parametrize(
    ("content", "items"),
    [
        ("w: pika, nlf magu, mera", ["pika"]),
        ("w: pika, no magu, mera", ["pika", "mera"]),
        ("w: pika, no magu or goru, mera", ["pika", "mera"]),
        ("w: pika + no magu", ["pika"]),
        ("no lowballs, ase", ["ase"]),
        ("not my ase", []),
        ("h: pika + mochi nfs", ["pika"]),
        ("h: pika not for sale, mochi", ["mochi"]),
        ("not for sale: pika", []),
        ("nfs for mc", ["nfs", "mc"]),
        ("w: pika, nlf stuff, mera", ["pika"]),
        ("w: pika, nlf stuff mera", ["pika", "mera"]),
        ("w: pika, nlf stuff, hello mera", ["pika", "mera"]),
        ("w: pika, no stuff, mera", ["pika", "mera"]),
        ("w: pika, nlf stuff", ["pika"]),
        ("pika, nlf anything under 4 mc", ["pika"]),
        ("pika, nothing less than 4 mc", ["pika"]),
        ("pika, nlf anything under that, mc", ["pika"]),
    ],
)
def test_refused_items_go(
    content: str, items: list[str], elements_of: Scan, conversion: "Conversion"
) -> None:
    """A refusal takes the items behind it (a list after nlf, alternatives after no), nfs the one before."""
    elements = attach([element for element in settle(elements_of(content)) if element.text != ":"])
    records, letters, _ = conversion.records(elements)
    count = without_refused(records, len(elements), blank_trace(0))
    assert _items(conversion.elements(records, count, letters)) == items
