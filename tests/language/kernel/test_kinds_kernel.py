"""Kinds over records: what a post is for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from gpo_market.events.readings import Kind
from gpo_market.language.kernel import elements as parts
from gpo_market.language.kernel import kinds
from gpo_market.language.kernel.records import NOTHING, Records
from gpo_market.language.kernel.tracing import Trace, blank_trace
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.settling import settle

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

roles_said = entry_of(parts.roles_said)
asks = entry_of(kinds.asks)
asks_price = entry_of(kinds.asks_price)
invites = entry_of(kinds.invites)
is_deal = entry_of(kinds.is_deal)
judges = entry_of(kinds.judges)
offers_unknown = entry_of(kinds.offers_unknown)
outside_kind = entry_of(kinds.outside_kind)
speaks_of_underpay = entry_of(kinds.speaks_of_underpay)
Scan = Callable[[str], tuple[Records, int]]
Question = Callable[[Records, int, Trace], bool]
QuestionOfRoles = Callable[[Records, int, int, Trace], bool]


@pytest.fixture
def scanned(elements_of: Callable[[str], list[Element]], conversion: "Conversion") -> Scan:
    """Give a function that scans and settles a post into records."""

    def scan(content: str) -> tuple[Records, int]:
        elements = settle(elements_of(content))
        return conversion.records(elements)[0], len(elements)

    return scan


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("ase for robux", Kind.CASH),
        ("ase for mc or 5$", Kind.CASH),
        ("carry for robux", Kind.CASH),
        ("no robux, only robux", Kind.CASH),
        ("not robux ase", NOTHING),
        ("lf carry", Kind.SERVICE),
        ("no robux, carry", Kind.SERVICE),
        ("no carries", NOTHING),
        ("ase for mc", NOTHING),
        ("", NOTHING),
    ],
)
def test_money_and_services_are_outside(content: str, kind: int, scanned: Scan) -> None:
    """Real money comes first, then services; what is refused is not offered."""
    assert outside_kind(*scanned(content), blank_trace(0)) == kind


@pytest.mark.parametrize(
    ("question", "content", "answer"),
    [
        (asks, "ase worth", True),
        (asks, "selling ase worth mc", False),
        (asks, "w/f/l", True),
        (asks, "ase for mc", False),
        (asks, "", False),
        (judges, "is ase for mc ok?", True),
        (judges, "is anyone selling ase for mc?", False),
        (judges, "is ase for mc ok", False),
        (judges, "is ase ok?", False),
        (judges, "ase for mc ok?", False),
        (judges, "", False),
        (is_deal, "sold ase", True),
        (is_deal, "bought ase", True),
        (is_deal, "ase for mc done", True),
        (is_deal, "done", True),
        (is_deal, "ase done", False),
        (is_deal, "h: ase w: mc done", True),
        (is_deal, "h: ase done w: mc", False),
        (is_deal, "ase done ✅", True),
        (is_deal, "ase for mc ✅", True),
        (is_deal, "✅", False),
        (is_deal, "✅ ase", False),
        (is_deal, "~~ase for mc~~", True),
        (is_deal, "", False),
        (offers_unknown, "trading zork", True),
        (offers_unknown, "wts 5m peli", True),
        (offers_unknown, "5m peli wts", True),
        (offers_unknown, "5m peli", False),
        (offers_unknown, "trading ase", False),
        (offers_unknown, "zork lf", False),
        (offers_unknown, "lf ase zork", False),
        (offers_unknown, "zork", False),
    ],
)
@pytest.mark.parametrize("notes", [0, 4])
def test_roles_tell_the_kind(
    question: QuestionOfRoles,
    content: str,
    answer: bool,  # noqa: FBT001 - a table's column
    notes: int,
    scanned: Scan,
) -> None:
    """Questions, judgements, deals and offers of unknown items are told by the roles in the post."""
    records, count = scanned(content)
    trace = blank_trace(notes)
    assert question(records, count, roles_said(records, count), trace) == answer
    assert not notes or (trace[0, 0] == 1) == answer


@pytest.mark.parametrize(
    ("question", "content", "answer"),
    [
        (invites, "ase offers", True),
        (invites, "ase dm me", True),
        (invites, "ase for mc", False),
        (asks_price, "how many mc for ase", True),
        (asks_price, "howmuch ase", True),
        (asks_price, "how many zork", False),
        (asks_price, "ase for how many", False),
        (asks_price, "", False),
        (speaks_of_underpay, "ase for mc underpay", True),
        (speaks_of_underpay, "ase for mc up", False),
        (speaks_of_underpay, "ase for mc", False),
    ],
)
def test_single_words_tell_more(
    question: Question,
    content: str,
    answer: bool,  # noqa: FBT001 - a table's column
    scanned: Scan,
) -> None:
    """Invitations and underpay are told by one word."""
    assert question(*scanned(content), blank_trace(0)) == answer
