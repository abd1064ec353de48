"""Joins numbers to the items they count, and unknown words to one another."""

from gpo_market.language.limits import MOST_WORDS_OF_NAME
from gpo_market.language.roles import ARROWS, MENTIONS, SIDE_MARKERS, Role
from tests.reference.elements import Element
from tests.reference.tokens import has_suffix

_COUNTED = MENTIONS
_BRACKETS = frozenset({Role.OPENING, Role.CLOSING})
_RANGE_LINKS = frozenset({"-", "~", "to"})
_LINKS = frozenset({"of", "the", "de"})


_OTHER_WORDS_FOR = (ARROWS | SIDE_MARKERS) - {Role.TRADE}
_TRADING = frozenset({Role.TRADE, Role.SELL, Role.BUY})
_UNTRADING = (ARROWS | SIDE_MARKERS) - _TRADING
_ENDS_OF_PRICE = frozenset({None, Role.LINE, Role.COMMA, Role.STOP, Role.TAIL, Role.EACH})
_FURTHEST_GOODS = 4
"""Elements between a price and what it is for."""
_FURTHEST_RATIO = 8
"""Elements between a ratio and the item before it; bounded, so that a post is read in linear time."""
VAGUE_COUNTS = {
    **dict.fromkeys(
        ("couple", "few", "several", "multiple", "many", "lots", "bunch", "alguns", "varios"), 2.0
    ),
    **dict.fromkeys(("some", "all"), 1.0),
}
"""Words for a number nobody states, with the least it can be."""


def join_unknown(elements: list[Element]) -> list[Element]:
    """Make one element of unknown words that stand together, with numbers and ``of`` between them."""
    joined: list[Element] = []
    position = 0
    while position < len(elements):
        end = _name_end(elements, position)
        if end > position + 1:
            words = [element.name for element in elements[position:end]]
            role = Role.UNKNOWN if len(words) <= MOST_WORDS_OF_NAME else Role.PLAIN
            joined.append(Element(role, " ".join(words[:MOST_WORDS_OF_NAME])))
        else:
            joined.append(elements[position])
        position = max(end, position + 1)
    return joined


def _name_end(elements: list[Element], start: int) -> int:
    if not _nameless(elements[start]):
        return start
    end = start + 1
    while end < len(elements):
        if _nameless(elements[end]):
            end += 1
        elif _links(elements, end) and end + 1 < len(elements) and _nameless(elements[end + 1]):
            end += 2
        else:
            break
    return end


def _nameless(element: Element) -> bool:
    """Tell whether a word may be part of a longer name; a held alias is one by itself."""
    return element.role is Role.UNKNOWN and not element.held


def _links(elements: list[Element], position: int) -> bool:
    """Tell whether an element may stand inside a name: ``of``, a number, right behind a word also an item."""
    element = elements[position]
    if element.role is Role.ITEM:
        return element.text.isalpha() and _nameless(elements[position - 1])
    return element.text in _LINKS if element.role is Role.PLAIN else element.role is Role.NUMBER


def attach(elements: list[Element]) -> list[Element]:
    """Give each item its quantity; numbers that count nothing go.

    A number of thousands or millions that counts nothing is an amount of the game's currency.
    """
    kept: list[Element] = []
    said = frozenset(element.role for element in elements)
    position = 0
    while position < len(elements):
        element = elements[position]
        if _means_for(elements, position, said):
            kept.append(Element(Role.FOR, element.text))
            position += 1
        elif element.role in (Role.NUMBER, Role.NUMBER_WORD):
            position = _attach_number(elements, position, kept)
        elif element.text in VAGUE_COUNTS and element.role is Role.PLAIN:
            _count_vaguely(elements, position)
            kept.append(element)
            position += 1
        elif element.role is Role.RATIO:
            _relate(elements, position, kept, said)
            position += 1
        elif _times_means_for(elements, position, said):
            kept.append(Element(Role.FOR, element.text))
            position += 1
        elif element.role is Role.TIMES and _role_at(elements, position + 1) is Role.NUMBER:
            position = _attach_number(elements, position + 1, kept, behind=True)
        else:
            if element.role not in _BRACKETS and element.role is not Role.TIMES:
                kept.append(element)
            position += 1
    return [element for element in _ranged(kept) if element.role not in _COUNTED or element.amount > 0]


def _count_vaguely(elements: list[Element], position: int) -> None:
    """``a few mc`` is some number of them: a lower end, like a range's."""
    at = position + 1
    while at < len(elements) and (elements[at].role is Role.MY or elements[at].text in _LINKS):
        at += 1
    if _role_at(elements, at) is Role.ITEM:
        elements[at].amount = VAGUE_COUNTS[elements[position].text]
        elements[at].ranged = True


def _relate(elements: list[Element], position: int, kept: list[Element], said: frozenset[Role]) -> None:
    """Hang a ratio on the mention beside it; between two mentions it stands for ``for`` as well."""
    following = elements[position + 1] if _role_at(elements, position + 1) is Role.ITEM else None
    previous = next(
        (element for element in reversed(kept[-_FURTHEST_RATIO:]) if element.role is Role.ITEM), None
    )
    between = following is not None and bool(kept) and kept[-1].role in _COUNTED
    if between and not said & ARROWS:
        kept.append(Element(Role.FOR, elements[position].text))
    target = following or previous
    if target is not None:
        target.ratio = elements[position].ratio


def _ranged(elements: list[Element]) -> list[Element]:
    """``3mc-4mc`` is a range of one item, not two mentions."""
    kept: list[Element] = []
    for element in elements:
        if len(kept) > 1 and _closes_range(kept[-2], kept[-1], element):
            kept.pop()
            kept[-1].ranged = True
        else:
            kept.append(element)
    return kept


def _closes_range(first: Element, link: Element, second: Element) -> bool:
    alike = first.role is second.role is Role.ITEM and first.items == second.items
    return alike and first.counted and second.counted and link.text in _RANGE_LINKS


def _means_for(elements: list[Element], position: int, said: frozenset[Role]) -> bool:
    """``ase 4 7 mc``: a 4 between an item and a number stands for ``for``."""
    element = elements[position]
    if element.role is not Role.NUMBER or element.text not in ("2", "4"):
        return False
    following = _role_at(elements, position + 1)
    if following in (Role.MY, Role.YOUR):
        return _role_at(elements, position - 1) in _COUNTED
    if element.text != "4":
        return False
    if _role_at(elements, position - 1) is Role.ADDS:
        unsaid = not said & (_OTHER_WORDS_FOR - {Role.HAVE})
        return unsaid and following in _COUNTED and not elements[position + 1].glued
    if _role_at(elements, position - 1) not in _COUNTED:
        return False
    if element.glued:
        return following in _COUNTED and elements[position + 1].glued
    if following is Role.NUMBER:
        return True
    unsaid = following in _COUNTED and not elements[position + 1].glued
    priced = Role.TRADE in said and elements[position + 1].money and not elements[position - 1].money
    return unsaid and not priced and not said & _OTHER_WORDS_FOR


def _times_means_for(elements: list[Element], position: int, said: frozenset[Role]) -> bool:
    """``cambio lih x 3 ase``: an x of its own between an item and its price stands for ``for``."""
    if elements[position].role is not Role.TIMES or not said & _TRADING or said & _UNTRADING:
        return False
    number, price, behind = (_role_at(elements, position + ahead) for ahead in (1, 2, 3))
    if number is Role.ITEM and not elements[position + 1].glued and not elements[position].glued:
        return _role_at(elements, position - 1) is Role.ITEM
    if number is not Role.NUMBER or elements[position + 1].glued or elements[position].glued:
        return False
    return _role_at(elements, position - 1) in _COUNTED and price in _COUNTED and behind is not Role.TIMES


def _role_at(elements: list[Element], position: int) -> Role | None:
    return elements[position].role if 0 <= position < len(elements) else None


def _attach_number(
    elements: list[Element], position: int, kept: list[Element], *, behind: bool = False
) -> int:
    """Attach the number at ``position``; give where to go on."""
    number = elements[position]
    end, ranged = _range_end(elements, position)
    if behind and ranged and _target(elements, end)[0] is not None:
        end, ranged = position + 1, False
    target_at, ranged_by_plus = _target(elements, end)
    previous = kept[-1] if kept else None
    if previous is not None and previous.role is Role.COMMA and _role_at(elements, end) in ARROWS:
        previous = kept[-2] if len(kept) > 1 else None
    free = previous is not None and previous.role in _COUNTED and not previous.counted
    bracketed = _role_at(elements, position - 1) is Role.OPENING and _role_at(elements, end) is Role.CLOSING
    if previous is not None and free and (behind or bracketed or target_at is None):
        if number.role is Role.NUMBER:
            _count(previous, number.amount, ranged=ranged or ranged_by_plus)
        return _past_plus(elements, end) if ranged_by_plus else end
    if target_at is not None:
        target = elements[target_at]
        _count(target, number.amount, ranged=ranged or ranged_by_plus)
        kept.append(target)
        return target_at + 1
    goods = _goods_before_price(elements, end, kept)
    if goods is not None and number.role is Role.NUMBER:
        goods.amount, goods.ranged = number.amount, ranged
        return end
    if number.role is Role.NUMBER and has_suffix(number.text):
        kept.append(Element(Role.CURRENCY, number.text, amount=number.amount, counted=True))
    elif number.role is Role.NUMBER_WORD:
        kept.append(Element(Role.PLAIN, number.text))
    return end


def _goods_before_price(elements: list[Element], end: int, kept: list[Element]) -> Element | None:
    """``buying ur lc 1 mc for 8``: a number behind the price's ``for`` counts what the price is for."""
    if len(kept) < 3 or kept[-1].role is not Role.FOR or _role_at(elements, end) not in _ENDS_OF_PRICE:
        return None
    price = kept[-2]
    if price.role is not Role.ITEM or not price.counted:
        return None
    for element in reversed(kept[-2 - _FURTHEST_GOODS : -2]):
        if element.role is Role.ITEM:
            return None if element.counted else element
        if element.role not in (Role.PLAIN, Role.TAIL):
            return None
    return None


def _count(target: Element, amount: float, *, ranged: bool) -> None:
    target.amount, target.counted, target.ranged = amount, True, ranged


def _range_end(elements: list[Element], position: int) -> tuple[int, bool]:
    """Give where a number or a range of two (``2-3``, ``2 to 3``, ``2 or 3``) ends, and whether it is one."""
    linked = _role_at(elements, position + 1) in (Role.DASH, Role.OR) and _same_scale(elements, position)
    if linked and elements[position].role is Role.NUMBER and _role_at(elements, position + 2) is Role.NUMBER:
        return position + 3, True
    return position + 1, False


def _same_scale(elements: list[Element], position: int) -> bool:
    """``10m or 3 mc`` is no range: only the second number counts the item."""
    second = elements[position + 2] if position + 2 < len(elements) else None
    return second is not None and not (has_suffix(elements[position].text) and not has_suffix(second.text))


def _target(elements: list[Element], position: int) -> tuple[int | None, bool]:
    """Find what a number counts: the mention behind it, past ``x``, brackets and a glued ``+`` (at least)."""
    at, plus = position, False
    if _role_at(elements, at) is Role.JOIN and elements[at].text == "+" and elements[at].glued:
        plus, at = True, at + 1
        if at < len(elements) and elements[at].glued:
            return None, False
    while _role_at(elements, at) in (Role.TIMES, Role.OPENING, Role.CLOSING):
        at += 1
    if at < len(elements) and elements[at].role is Role.PLAIN and elements[at].text in _LINKS:
        at += 1
    if _role_at(elements, at) in _COUNTED:
        return at, plus
    return None, plus and _role_at(elements, position + 1) in (None, Role.LINE, Role.COMMA, Role.FOR)


def _past_plus(elements: list[Element], position: int) -> int:
    return position + 1 if _role_at(elements, position) is Role.JOIN else position
