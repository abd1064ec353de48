"""Settles words with several meanings by what stands beside them."""

from collections.abc import Iterator

from gpo_market.language.roles import ARROWS, BREAKS, JOINS, MENTIONS, SIDE_MARKERS, Doubt, Element, Role

_STRONG_LEFT = (
    SIDE_MARKERS
    | ARROWS
    | JOINS
    | {Role.MY, Role.YOUR, Role.NUMBER, Role.TIMES, Role.NUMBER_WORD, Role.NOT, Role.NOT_LIST, Role.ANY}
)
_MARKS_BEHIND = frozenset(
    {
        Role.LABEL_HAVE,
        Role.LABEL_WANT,
        Role.ADDS,
        Role.GIVE_ADDS,
        Role.WANT_ADDS,
        Role.OVERPAY,
        Role.EACH,
        Role.OFFERS,
        Role.TIMES,
        Role.NOT,
        Role.NOT_LIST,
        Role.NOT_FOR_SALE,
    }
)
_STRONG_RIGHT = ARROWS | JOINS | _MARKS_BEHIND
_EDGES = BREAKS | {Role.COMMA, Role.OPENING, Role.CLOSING, Role.STRIKE, Role.COLON}
_LEFT_EDGES = _EDGES | {None}
_RIGHT_EDGES = _EDGES | SIDE_MARKERS | {None, Role.TAIL, Role.DONE, Role.CHECK, Role.ASK, Role.YOUR, Role.MY}
_ITEM_LIKE = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD}
_DETERMINERS = frozenset(
    {
        "a",
        "an",
        "the",
        "some",
        "only",
        "just",
        "this",
        "that",
        "these",
        "those",
        "perm",
        "um",
        "uma",
        "un",
        "una",
        "el",
        "la",
        "los",
        "las",
        "o",
        "os",
        "as",
        "more",
        "extra",
        "spare",
    }
)
_WORD_SIGNS = frozenset({"+", "&", "/", "//", "|", "->"})
_ASKING_HEADS = frozenset({"is", "are", "was", "would", "does"})
_PRICE_WORDS = frozenset({"vc", "pc"})


def settle(elements: list[Element]) -> list[Element]:
    """Give every element its final role; elements that turn out to mean nothing become PLAIN or go."""
    _settle_doubtful(elements)
    _settle_bare_letters(elements)
    settled = [
        element for element in elements if element.role is not Role.PLAIN or element.text not in _DETERMINERS
    ]
    for position, element in enumerate(settled):
        handler = _HANDLERS.get(element.role)
        if handler is not None:
            element.role = handler(settled, position)
    return settled


def _role(elements: list[Element], position: int) -> Role | None:
    """Give the role an element most likely has, None beyond either end."""
    if not 0 <= position < len(elements):
        return None
    element = elements[position]
    return element.spare if element.role is Role.ITEM and element.doubt is Doubt.FUNCTION else element.role


def _before(elements: list[Element], position: int) -> int:
    at = position - 1
    while at >= 0 and elements[at].role is Role.PLAIN and elements[at].text in _DETERMINERS:
        at -= 1
    return at


def _settle_doubtful(elements: list[Element]) -> None:
    """Keep an alias that is also a word only where an item can stand."""
    in_list = in_price = False
    for position, element in enumerate(elements):
        if element.role is Role.ITEM and element.doubt is not Doubt.NONE:
            stands = (
                _noun_stands(elements, position, listed=in_list or in_price)
                if element.doubt is Doubt.NOUN
                else _function_stands(elements, position, listed=in_list)
            )
            element.role = Role.ITEM if stands else element.spare
            element.doubt = Doubt.NONE
        if element.role in SIDE_MARKERS:
            in_list, in_price = True, False
        elif element.role in ARROWS:
            in_list, in_price = False, True


def _noun_stands(elements: list[Element], position: int, *, listed: bool) -> bool:
    left_at = _before(elements, position)
    left = elements[left_at].role if left_at >= 0 else None
    right = _role(elements, position + 1)
    if left in _STRONG_LEFT:
        return right in _STRONG_RIGHT or right in _RIGHT_EDGES or right in _ITEM_LIKE - {Role.UNKNOWN}
    if left is Role.ITEM:
        return right in _STRONG_RIGHT or (listed and right in _RIGHT_EDGES)
    if left in _LEFT_EDGES or left is Role.OFFERS:
        return right in _STRONG_RIGHT or ((listed or right is Role.COMMA) and right in _RIGHT_EDGES)
    return False


def _function_stands(elements: list[Element], position: int, *, listed: bool) -> bool:
    left = elements[position - 1].role if position else None
    right = _role(elements, position + 1)
    following = elements[position + 1].text if position + 1 < len(elements) else ""
    if left in _STRONG_LEFT:
        return right in _STRONG_RIGHT or right in _RIGHT_EDGES
    if left not in _LEFT_EDGES:
        return False
    if right in ARROWS or right is Role.OFFERS or following in _WORD_SIGNS:
        return True
    return listed and left is Role.COMMA and right in (Role.COMMA, Role.LABEL_HAVE, Role.LABEL_WANT)


def _settle_bare_letters(elements: list[Element]) -> None:
    """Read H and W without a sign as labels when both stand in the post, or at its start."""
    roles = {element.role for element in elements}
    both = bool(roles & {Role.BARE_H, Role.LABEL_HAVE}) and bool(roles & {Role.BARE_W, Role.LABEL_WANT})
    for position, element in enumerate(elements):
        if element.role not in (Role.BARE_H, Role.BARE_W):
            continue
        label = Role.LABEL_HAVE if element.role is Role.BARE_H else Role.LABEL_WANT
        left, right = _role(elements, position - 1), _role(elements, position + 1)
        heads = left in (None, Role.LINE) and right in _ITEM_LIKE
        if both or heads:
            element.role = label
        else:
            joins = label is Role.LABEL_WANT and left in MENTIONS and right in _ITEM_LIKE
            element.role = Role.JOIN if joins else Role.PLAIN


def _settle_join(elements: list[Element], position: int) -> Role:
    """Single letters (``e``, ``o``, ``n``) join only what stands right beside them."""
    element = elements[position]
    lone_letter = len(element.text) == 1 and element.text.isalpha()
    return Role.PLAIN if lone_letter and _role(elements, position - 1) not in MENTIONS else element.role


def _settle_dash(elements: list[Element], position: int) -> Role:
    between_numbers = (
        _role(elements, position - 1) is Role.NUMBER and _role(elements, position + 1) is Role.NUMBER
    )
    if between_numbers:
        return Role.DASH
    return Role.PLAIN if elements[position].text.isalpha() else Role.COMMA


def _settle_offer(elements: list[Element], position: int) -> Role:
    if _role(elements, position + 1) in _ITEM_LIKE | {Role.MY, Role.PELI}:
        return Role.HAVE
    return Role.OFFERS if elements[position].text == "offer" else Role.PLAIN


def _settle_you(elements: list[Element], position: int) -> Role:
    return Role.ANYONE if _role(elements, position + 1) in SIDE_MARKERS else Role.PLAIN


def _settle_perhaps_ask(elements: list[Element], position: int) -> Role:
    if elements[position].text not in _PRICE_WORDS:
        return Role.ASK if elements[0].text in _ASKING_HEADS else Role.PLAIN
    alone = len(elements) == 1
    return Role.ASK if alone or any(role in MENTIONS for role in _around(elements, position)) else Role.PLAIN


def _around(elements: list[Element], position: int) -> Iterator[Role | None]:
    yield _role(elements, position - 1)
    following = position + 1
    while _role(elements, following) in (Role.FOR, Role.MY, Role.NUMBER) or (
        following < len(elements) and elements[following].text in ("on", "of")
    ):
        following += 1
    yield _role(elements, following)


def _settle_colon(elements: list[Element], position: int) -> Role:
    """A colon between two mentions names a price (``ase: 7 mc``)."""
    priced = _role(elements, position - 1) in MENTIONS and _role(elements, position + 1) in _ITEM_LIKE
    return Role.FOR if priced else Role.PLAIN


def _settle_each(elements: list[Element], position: int) -> Role:
    if elements[position].text == "per" and _role(elements, position + 1) in MENTIONS:
        return Role.FOR
    behind_price = _role(elements, position - 1) in MENTIONS | {Role.NUMBER, Role.CLOSING, Role.OR}
    return Role.EACH if behind_price else Role.PLAIN


_HANDLERS = {
    Role.JOIN: _settle_join,
    Role.OR: _settle_join,
    Role.DASH: _settle_dash,
    Role.OFFER: _settle_offer,
    Role.YOU: _settle_you,
    Role.PERHAPS_ASK: _settle_perhaps_ask,
    Role.COLON: _settle_colon,
    Role.EACH: _settle_each,
}
