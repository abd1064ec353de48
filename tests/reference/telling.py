"""Finds what is told of somebody else's trade."""

from itertools import pairwise

from gpo_market.language.roles import ARROWS, MENTIONS, Role
from tests.reference.elements import Element

_OTHER_WORDS = """
he she they someone somebody some1 dude guy friend friends brother cousin sister kid people ppl homie scammer
teammate ele ela eles elas alguem alguien он она они
"""
_VERBS = """
gave sold traded bought took offered wanted paid swapped stole vendeu trocou deu comprou pagou продал купил
обменял поменял отдал дал
"""
_OTHERS = frozenset(_OTHER_WORDS.split())
_TRADED = frozenset(_VERBS.split()) | {
    *("just sold", "just traded", "just bought", "just swapped", "finally sold", "finally traded")
}
_OBTAINED = frozenset({"just got", "finally got"})
_SOURCES = frozenset({"from", "after", "off"})
_STATES = frozenset({"is", "are", "r"})
_OBTAINABLE = MENTIONS | {Role.MY, Role.PLAIN, Role.NUMBER, Role.NUMBER_WORD, Role.JOIN, Role.COMMA}
_FURTHEST_SOURCE = 8
_SEEN = frozenset({"saw", "seen", "watched"})
_TOLD = frozenset({Role.SOLD, Role.BOUGHT, Role.PLAIN})


def tells_of_others(elements: list[Element]) -> bool:
    """Tell whether somebody else is said to have traded; a word of sale of theirs turns plain."""
    told = any(first.text in _SEEN and second.text in _OTHERS for first, second in pairwise(elements))
    for position in range(1, len(elements)):
        if _others_traded(elements, position):
            elements[position].role = Role.PLAIN
            told = True
    return told


def settle_gone(elements: list[Element]) -> None:
    """``dragon gone, still have leo``: an item that is gone was sold, unless that is asked."""
    if any(element.role is Role.QUESTION_MARK for element in elements):
        return
    for position, element in enumerate(elements):
        if element.text == "gone" and element.role is Role.PLAIN and _speaks_of_item(elements, position - 1):
            element.role = Role.SOLD


def _speaks_of_item(elements: list[Element], position: int) -> bool:
    if position > 0 and elements[position].text in _STATES:
        position -= 1
    return position >= 0 and elements[position].role is Role.ITEM


def without_luck(elements: list[Element]) -> None:
    """``just got pika from a chest`` is no trade: where no price is said, the word of sale turns plain."""
    if any(element.role in ARROWS for element in elements):
        return
    for position, element in enumerate(elements):
        if element.role is Role.BOUGHT and element.text in _OBTAINED and _comes_from(elements, position + 1):
            element.role = Role.PLAIN


def _comes_from(elements: list[Element], start: int) -> bool:
    for element in elements[start : start + _FURTHEST_SOURCE]:
        if element.text in _SOURCES:
            return True
        if element.role not in _OBTAINABLE:
            return False
    return False


def _others_traded(elements: list[Element], position: int) -> bool:
    verb, before = elements[position], elements[position - 1]
    if verb.text not in _TRADED or verb.role not in _TOLD:
        return False
    gap = position > 1 and before.role is Role.PLAIN
    return before.text in _OTHERS or (gap and elements[position - 2].text in _OTHERS)
