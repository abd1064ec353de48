"""Kinds: what a post is for, and which of its parts no longer count."""

from collections.abc import Callable

import pytest

from gpo_market.events.readings import Kind
from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.kinds import (
    asks,
    asks_price,
    is_deal,
    judges,
    outside_kind,
    without_done,
    without_refused,
)
from tests.reference.quantities import attach
from tests.reference.settling import settle

Scan = Callable[[str], list[Element]]


def _items(elements: list[Element]) -> list[str]:
    return [element.text for element in elements if element.role is Role.ITEM]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("ase for robux", Kind.CASH),
        ("ase for mc or 5$", Kind.CASH),
        ("carry for robux", Kind.CASH),
        ("not robux ase", None),
        ("lf carry", Kind.SERVICE),
        ("no carries", None),
        ("ase for mc", None),
    ],
)
def test_money_and_services_are_outside(content: str, kind: Kind | None, elements_of: Scan) -> None:
    """Real money comes first, then services; what is refused is not offered."""
    assert outside_kind(settle(elements_of(content))) is kind


@pytest.mark.parametrize(
    ("content", "question"),
    [
        ("ase worth", True),
        ("selling ase worth mc", False),
        ("w/f/l", True),
        ("ase for mc", False),
        ("", False),
    ],
)
def test_questions_ask(content: str, question: bool, elements_of: Scan) -> None:  # noqa: FBT001 - a table's column
    """Worth and fairness are asked about, unless the post sells something worth so much."""
    assert asks(settle(elements_of(content))) is question


@pytest.mark.parametrize(
    ("content", "judged"),
    [
        ("is ase for mc ok?", True),
        ("is anyone selling ase for mc?", False),
        ("is ase for mc ok", False),
        ("", False),
    ],
)
def test_a_trade_is_put_up_for_judgement(content: str, judged: bool, elements_of: Scan) -> None:  # noqa: FBT001 - a table's column
    """A trade behind is, are or would, with a question mark, is a question; one asked of anyone is not."""
    assert judges(settle(elements_of(content))) is judged


@pytest.mark.parametrize(
    ("content", "deal"),
    [
        ("sold ase", True),
        ("bought ase", True),
        ("ase for mc done", True),
        ("done", True),
        ("ase done", False),
        ("ase done ✅", True),
        ("ase for mc ✅", True),
        ("✅", False),
        ("~~ase for mc~~", True),
        ("", False),
    ],
)
def test_a_deal_is_done(content: str, deal: bool, elements_of: Scan) -> None:  # noqa: FBT001 - a table's column
    """Sold, bought, traded, done with a trade, a tick at the end or a struck line say so."""
    assert is_deal(settle(elements_of(content))) is deal


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
        ("ase for mc sold. pika for lc", ["pika", "lc"]),
    ],
)
def test_only_live_parts_stay(content: str, items: list[str], elements_of: Scan) -> None:
    """Sold and struck parts go when something live stands beside them."""
    assert _items(without_done(attach(settle(elements_of(content))))) == items


@pytest.mark.parametrize(
    ("content", "items"),
    [
        ("w: pika, nlf magu, mera", ["pika"]),
        ("w: pika, no magu, mera", ["pika", "mera"]),
        ("w: pika + no magu", ["pika"]),
        ("no lowballs, ase", ["ase"]),
        ("not my ase", []),
        ("h: pika + mochi nfs", ["pika"]),
        ("h: pika not for sale, mochi", ["mochi"]),
        ("not for sale: pika", []),
        ("nfs for mc", ["nfs", "mc"]),
        ("pika, nlf anything under 4 mc", ["pika"]),
        ("pika, nothing under 4 mc", ["pika"]),
        ("pika, nlf anything under that, mc", ["pika"]),
    ],
)
def test_refused_items_go(content: str, items: list[str], elements_of: Scan) -> None:
    """A refusal takes the items behind it (a list after nlf, alternatives after no), nfs the one before."""
    elements = [element for element in settle(elements_of(content)) if element.text != ":"]
    assert _items(without_refused(attach(elements))) == items


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("how many lc for mc", True),
        ("how many 3 lc for mc", False),
        ("does pika > tori in value", True),
        ("is anyone paying more than 7 mc for ase?", True),
        ("pika > tori", False),
        ("", False),
    ],
)
def test_a_price_or_a_comparison_is_asked(content: str, asked: bool, elements_of: Scan) -> None:  # noqa: FBT001 - a table's column
    """How many of an item, or which is worth more, names no trade."""
    assert asks_price(attach(settle(elements_of(content)))) is asked
