"""What parts the sides of a trade only in some posts: the rule that decides, and what it decides about."""

import pytest

from gpo_market.language.kernel.records import ELEMENT, blank_records
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.marks import marks_of
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from tests.language.kernel.conftest import Conversion
from tests.language.kernel.scanning import KernelScanner
from tests.language.kernel.settling import fired, scan, settled, settled_plainly


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("ase - 7 mc", [(Rule.DASH_NAMES_PRICE, "-")]),
        ("ase - 7x mc, dragon - 2 lc", [(Rule.DASH_NAMES_PRICE, "-"), (Rule.DASH_NAMES_PRICE, "-")]),
        ("ase (2) - 7 mc", [(Rule.DASH_NAMES_PRICE, "-")]),
        ("ase - 7 mc or 2 lc", [(Rule.WORD_OF_GRAMMAR, "or"), (Rule.DASH_NAMES_PRICE, "-")]),
        ("ase - 7 mc - 2 lc", [(Rule.DASH_PARTS, "-"), (Rule.DASH_PARTS, "-")]),
        ("h: ase - 7 mc", [(Rule.DASH_PARTS, "-")]),
        ("h: ase\ndragon - 7 mc", [(Rule.DASH_NAMES_PRICE, "-")]),
        ("dragon - 7 mc\nh: ase", [(Rule.DASH_NAMES_PRICE, "-")]),
        ("ase - mc", [(Rule.DASH_PARTS, "-")]),
        ("it - 7 mc", [(Rule.DASH_PARTS, "-")]),
        ("ase - 7 it", [(Rule.DASH_PARTS, "-")]),
        ("ase to 7 mc", [(Rule.TO_STANDS_BETWEEN_SIDES, "to")]),
        ("ase to 7 it", [(Rule.DASH_WORD, "to")]),
        ("it to 7 mc", [(Rule.DASH_WORD, "to")]),
        ("mc to 7 mc", [(Rule.DASH_WORD, "to")]),
        ("no ase to mc", [(Rule.DASH_WORD, "to")]),
        ("troco lih em 3 ase", [(Rule.TO_STANDS_BETWEEN_SIDES, "em")]),
        ("giving 2 ase on icc", [(Rule.TO_STANDS_BETWEEN_SIDES, "on")]),
        ("buying ase with mc", [(Rule.BUYING_WITH, "with")]),
        ("buying with mc", []),
        ("buying ase + mc", []),
        ("buying ase with mc for lc", []),
        ("i gave: ase got: mc wfl", [(Rule.GAVE_AND_GOT_SAY_SIDES, "got :")]),
        ("ase vs mc wfl", [(Rule.VERSUS_PARTS_SIDES, "vs")]),
        ("ase vs mc", []),
        ("gave ase for mc wfl", [(Rule.GAVE_AND_GOT_SAY_SIDES, "gave")]),
        ("gave ase got mc wfl", [(Rule.GAVE_AND_GOT_SAY_SIDES, word) for word in ("gave", "got")]),
        ("mc for ase got wfl", [(Rule.GAVE_AND_GOT_SAY_SIDES, "got")]),
        ("got ase wfl", []),
        ("gave ase got mc", []),
        ("should i take 6 mc for ase", [(Rule.TAKING_WANTS, "should i take")]),
        ("do i accept mc for ase", [(Rule.TAKING_WANTS, "do i accept")]),
        ("should i take it", []),
        ("should i mc for ase", []),
        ("lc to mc 8:1", [(Rule.TO_STANDS_BETWEEN_SIDES, "to")]),
        ("trading lc to mc", [(Rule.TO_STANDS_BETWEEN_SIDES, "to")]),
        ("lc to it 8:1", [(Rule.DASH_WORD, "to")]),
        ("it to lc 8:1", [(Rule.DASH_WORD, "to")]),
        ("lc - mc 8:1", [(Rule.DASH_PARTS, "-")]),
        ("lc to mc for ase 8:1", [(Rule.DASH_WORD, "to")]),
    ],
)
def test_sides_are_parted_by(content: str, rules: list[tuple[Rule, str]]) -> None:
    """Only where nothing else says the sides, and for ``vs`` and its like only in a question."""
    assert fired(content) == rules


def test_each_question_whether_to_take_adds_an_element() -> None:
    """What may be taken is wanted, in each question of a post."""
    roles = [element.role for element in settled("ase, should i take 6 mc\ndo i take lc for it\n")]
    assert roles.count(Role.WANT) == roles.count(Role.ASK) == 2
    assert [roles[at + 1] for at, role in enumerate(roles) if role is Role.ASK] == [Role.WANT] * 2


def test_an_emoji_named_like_a_question_asks(kernel_scanner: KernelScanner) -> None:
    """Its words are read as any others are."""
    content = "<:should_i_take:123456789> 6 mc for ase"
    assert settled(content) == settled_plainly(content)
    assert settled(content)[1].role is Role.WANT
    assert kernel_scanner.scan(content).marks[0] == marks_of("should i take")


def test_without_room_nothing_is_added(conversion: Conversion) -> None:
    """A buffer that is too short is never written beyond."""
    elements = scan("should i take mc for ase")
    records, _, _ = conversion.records(elements)
    count = len(elements)
    tight = blank_records(ELEMENT, count)
    tight[:] = records[:count]
    assert settle(tight, count, blank_trace(0)) == count
