"""Unknown words over records: which stand where an item would, and by which rule."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gpo_market.language.kernel import unknowns
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.quantities import attach, join_unknown
from tests.reference.settling import settle

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

judge = entry_of(unknowns.judge)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("zork for 3 mc", Rule.UNKNOWN_BEFORE_PRICE),
        ("ase for zork blim", Rule.UNKNOWN_BEHIND_SIGN),
        ("ase + zork for mc", Rule.UNKNOWN_BEHIND_SIGN),
        ("h: zork, ase w: mc", Rule.UNKNOWN_BEHIND_SIGN),
        ("wts ase, zork", Rule.UNKNOWN_LISTED),
        ("wts ase, zork\npika", Rule.UNKNOWN_LISTED),
        ("wts ase, zork, pika", Rule.UNKNOWN_AMID_ITEMS),
        ("ase zork mc", Rule.UNKNOWN_AMID_ITEMS),
        ("my zork for mc", Rule.UNKNOWN_BEHIND_MARKER),
        ("want zork", Rule.UNKNOWN_BEHIND_MARKER),
        ("3 zork", Rule.UNKNOWN_COUNTED),
        ("nlf zork", Rule.UNKNOWN_REFUSED),
        ("not zork", Rule.UNKNOWN_REFUSED),
        ("zork + ase for mc", Rule.UNKNOWN_BEFORE_SIGN),
        ("want zork when possible", Rule.UNKNOWN_IN_SENTENCE),
        ("ase or zork you know", Rule.UNKNOWN_IN_SENTENCE),
        ("hello zork + ase", Rule.UNKNOWN_IN_SENTENCE),
        ("ase for mc, zork", Rule.UNKNOWN_IN_TALK),
        ("wts ase, zork when", Rule.UNKNOWN_IN_TALK),
        ("zork", Rule.UNKNOWN_IN_TALK),
        ("ase for mc zork", Rule.UNKNOWN_IN_TALK),
        ("ase for " + "z" * 61, Rule.TOO_LONG_TO_NAME),
        ("ase for " + "z" * 40, Rule.UNKNOWN_BEHIND_SIGN),
    ],
)
def test_an_unknown_word_is_an_item_here(
    content: str, rule: Rule, elements_of: Callable[[str], list[Element]], conversion: "Conversion"
) -> None:
    """Beside a sign of trade or with a quantity it is one; in talk and trailing words it is not."""
    elements = attach(join_unknown(settle(elements_of(content))))
    records, _, _ = conversion.records(elements)
    trace = blank_trace(8)
    judge(records, len(elements), trace)
    at = next(position for position, element in enumerate(elements) if element.role is Role.UNKNOWN)
    assert trace[1].tolist() == [rule, records[at].start, records[at].end]
    assert records[at].role == (Role.PLAIN if rule <= Rule.UNKNOWN_IN_TALK else Role.UNKNOWN)


def test_a_held_alias_is_not_judged(conversion: "Conversion") -> None:
    """An alias that may be a word stays an unknown mention wherever it stands."""
    post = [Element(Role.UNKNOWN, "soul", held=True)]
    records, letters, _ = conversion.records(post)
    judge(records, 1, blank_trace(0))
    assert conversion.elements(records, 1, letters) == post
