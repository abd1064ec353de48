# ruff: noqa: RUF001 - some words hold letters that look like others
"""The scan: the longest known phrase wins, whole words only, typos corrected."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.limits import MOST_CORRECTIONS
from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.scanner import Scanner

Scan = Callable[[str], list[Element]]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ("mochi trident", ["mochi trident"]),
        ("brand of sacrifice", ["brand of sacrifice"]),
        ("prestige candy cane", ["prestige candy cane"]),
        ("hito hito no mi, model daibutsu", ["hito hito no mi , model daibutsu"]),
        ("prices", []),
        ("leopord", ["leopard"]),
        ("<:all_seeing_eye:1>", ["all seeing eye"]),
        ("<:pepe:1> :pepe: 🔥", []),
        ("асе", ["ace"]),
    ],
)
def test_items_are_found(content: str, texts: list[str], elements_of: Scan) -> None:
    """Names, emoji and corrected words become items; parts of words and decoration do not."""
    assert [element.text for element in elements_of(content) if element.role is Role.ITEM] == texts


@pytest.mark.parametrize(
    ("content", "roles"),
    [
        ("looking for", [Role.WANT]),
        ("w/f/l", [Role.ASK]),
        ("dm offers", [Role.OFFERS]),
        ("2 ase $5", [Role.NUMBER, Role.ITEM, Role.CASH]),
        ("hyper two please", [Role.UNKNOWN, Role.NUMBER_WORD, Role.TAIL]),
        ("q 5pm", [Role.PLAIN, Role.PLAIN]),
        (":peli: :arrow_right:", [Role.CURRENCY, Role.FOR]),
        ("; \n ?", [Role.STOP, Role.LINE, Role.QUESTION_MARK]),
    ],
)
def test_words_have_roles(content: str, roles: list[Role], elements_of: Scan) -> None:
    """Phrases of trade, numbers, plain and unknown words are told apart."""
    assert [element.role for element in elements_of(content)] == roles


def test_an_emoji_is_found_by_its_id(listed: Callable[..., Catalogue]) -> None:
    """A listed id names its item whatever the emoji is called today."""
    scanner = Scanner(listed(("Zork",), ("Blim",), emoji={"Blim": ("77",)}))
    (element,) = scanner.scan("<:whatever:77>").elements
    assert element.items == (1,)


def test_a_corrected_word_must_complete_a_name(elements_of: Scan) -> None:
    """Part of a name, corrected, is no item by itself and keeps its spelling."""
    (element,) = elements_of("prestiege")
    assert (element.role, element.text) == (Role.UNKNOWN, "prestiege")


def test_typos_are_looked_up_so_many_times(listed: Callable[..., Catalogue]) -> None:
    """Beyond the limit words are left unknown, so that a long post costs little."""
    scanner = Scanner(listed(("Leopard",)))
    words = [f"zzzzz{chr(97 + number)}" for number in range(26)] + ["qqqqqa"] * MOST_CORRECTIONS
    early, late = scanner.scan("leopord"), scanner.scan(" ".join([*words, "leopord"]))
    assert early.corrections == (("leopord", "leopard"),)
    assert late.corrections == ()


@pytest.mark.parametrize(("content", "ratios"), [("1:2", [(1.0, 2.0)]), ("0:2", []), ("2:0", [])])
def test_a_ratio_with_nothing_on_a_side_says_nothing(
    content: str, ratios: list[tuple[float, float]], elements_of: Scan
) -> None:
    """How many go for how many is at least one for one."""
    assert [element.ratio for element in elements_of(content) if element.ratio] == ratios


def test_only_so_many_corrections_are_told(listed: Callable[..., Catalogue]) -> None:
    """Typos inside names are put right however many there are, and told up to a limit."""
    scanner = Scanner(listed(("Dark Blade",)))
    typos = [f"bl{one}{two}ade" for one in "aeiouy" for two in "aeiouy"]
    scan = scanner.scan(" for ".join(f"dark {typo}" for typo in typos))
    assert len(scan.corrections) == MOST_CORRECTIONS
    assert {element.text for element in scan.elements if element.items} == {"dark blade"}


def test_the_name_of_an_emoji_is_no_typo(listed: Callable[..., Catalogue]) -> None:
    """An emoji is chosen from a list, so a name near an item's is another name."""
    scanner = Scanner(listed(("Dark Blade",)))
    assert [len(scanner.scan(f"<:{name}:1>").elements) for name in ("dark_blade", "dark_blede")] == [1, 0]
