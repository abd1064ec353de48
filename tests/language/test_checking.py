"""Checking a list: what makes its items hard to tell apart."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.checking import check_catalogue

Make = Callable[..., Catalogue]


@pytest.mark.parametrize(
    ("items", "severity", "code", "slugs"),
    [
        ([("Zork",), ("zork",)], "error", "shared_name", ("item-0", "item-1")),
        ([("!!",)], "error", "unreadable", ("item-0",)),
        ([("Zork", "fb"), ("Blim", "FB")], "warning", "shared_alias", ("item-0", "item-1")),
        ([("Zork",), ("Blim", "zork")], "warning", "shared_alias", ("item-0", "item-1")),
        ([("Zork", "or")], "warning", "trade_word", ("item-0",)),
        ([("Zork", "troco")], "warning", "trade_word", ("item-0",)),
        ([("Zork", "light")], "note", "plain_word", ("item-0",)),
        ([("Goro",), ("Goru",)], "note", "near_names", ("item-0", "item-1")),
        ([("Zork", "продам")], "warning", "trade_word", ("item-0",)),
        ([("Zork", "gracias")], "note", "plain_word", ("item-0",)),
        ([("Mochi Trident",), ("Mochi",)], "note", "name_in_name", ("item-0", "item-1")),
    ],
)
def test_a_list_has_this_finding(
    items: list[tuple[str, ...]], severity: str, code: str, slugs: tuple[str, ...], listed: Make
) -> None:
    """Shared names, shared aliases, words, near names and names in names are each found once."""
    (finding,) = check_catalogue(listed(*items))
    assert (finding.severity, finding.code, finding.slugs) == (severity, code, slugs)


def test_an_alias_that_is_anothers_name_is_said_never_to_be_read(listed: Make) -> None:
    """Names win: no value will tell, as it would between two aliases."""
    (finding,) = check_catalogue(listed(("Zork",), ("Blim", "zork")))
    assert finding.message == "'zork' is the name of item-0, so as an alias of item-1 it is never read"


def test_a_game_is_checked_too(listed: Make) -> None:
    """What the list says of families and words is part of the check."""
    codes = [finding.code for finding in check_catalogue(listed(("Zork",), families={"Big": ("b",)}))]
    assert codes == ["family_without_items"]


@pytest.mark.parametrize(
    "items",
    [
        [("Zork", "zk"), ("Blim", "bl")],
        [("Zork", "zork", "zorc")],
        [("Abcd",), ("Dcba",)],
        [("Mochi Trident",), ("Trid",)],
    ],
)
def test_a_clear_list_has_no_findings(items: list[tuple[str, ...]], listed: Make) -> None:
    """Different names, and an item's own aliases near its name, are nothing to report."""
    assert check_catalogue(listed(*items)) == ()


def test_retired_items_are_left_out(listed: Make) -> None:
    """A retired item shares its name with nobody."""
    assert check_catalogue(listed(("Zork",), ("zork",), ("!!",), retired=("zork", "!!"))) == ()


def test_the_gravest_findings_come_first(catalogue: Catalogue) -> None:
    """Errors before warnings before notes; the packaged list has no error and names its known collisions."""
    findings = check_catalogue(catalogue)
    order = [("error", "warning", "note").index(finding.severity) for finding in findings]
    shared = {finding.message.split("'")[1] for finding in findings if finding.code == "shared_alias"}
    assert order == sorted(order)
    assert order[0] > 0
    assert shared == {"fb", "hb"}
