"""Settles words with several meanings by what stands beside them."""

from collections.abc import Iterator

from gpo_market.language.roles import ARROWS, MENTIONS, SIDE_MARKERS, Role
from tests.reference.doubts import DETERMINERS, leads_to_item, likely_role, settle_doubtful
from tests.reference.elements import Element
from tests.reference.quantities import VAGUE_COUNTS

_ITEM_LIKE = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD}
_ASKING_HEADS = frozenset({"is", "are", "was", "would", "does"})
_JUDGED_WORDS = {**dict.fromkeys(("vs", "versus", "against"), Role.FOR), "gave": Role.HAVE}
_CONDITIONS = frozenset(
    (
        *("if u got", "if you got", "if ya got", "if u have", "if you have", "if ya have", "if u has"),
        *("if anyone has", "if anyone got", "if anyone have", "if any1 has", "if any1 got", "if someone has"),
        *("if someone got", "if anybody has", "if anybody got", "if somebody has", "whoever has"),
        *("whoever got", "whoever have", "se tiver", "se voce tiver", "se alguem tiver", "si tienes"),
        *("si alguien tiene", "если есть"),
    )
)
_GETS = frozenset({"gets", "takes", "buys"})
_GAVE = frozenset({"gave", "gave :", "i gave :"})
_TAKING = frozenset({"should i take", "should i accept", "do i take", "do i accept"}) | {
    "would u guys take",
    "would you guys take",
    "would yall take",
}
_RATED = frozenset({Role.RATIO, Role.TRADE, Role.SELL, Role.BUY, Role.HAVE})
_PLAINLY_SAID = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD, Role.DASH, Role.JOIN, Role.TIMES, Role.TAIL}
_BEFORE_OFFERS = frozenset(
    {None, Role.LINE, Role.STOP, Role.QUESTION_MARK, Role.COMMA, Role.PLAIN, Role.TAIL}
)
_OFFERED_FOR = frozenset({"for", "on", "por", "на"})
_PRICE_WORDS = frozenset({"vc", "pc"})


def settle(elements: list[Element]) -> list[Element]:
    """Give every element its final role; elements that turn out to mean nothing become PLAIN or go."""
    settle_doubtful(elements)
    _settle_getting(elements)
    _settle_bare_letters(elements)
    _settle_prices(elements)
    _settle_judged(elements)
    _settle_course(elements)
    _settle_paying(elements)
    settled = [
        element
        for element in elements
        if element.role is not Role.PLAIN or element.text not in DETERMINERS or element.text in VAGUE_COUNTS
    ]
    for position, element in enumerate(settled):
        handler = _HANDLERS.get(element.role)
        if handler is not None:
            element.role = handler(settled, position)
    return settled


def _settle_getting(elements: list[Element]) -> None:
    """``5 ase gets my case``: what a price gets is given; ``gets`` anywhere else is a word."""
    for position, element in enumerate(elements):
        if element.role is not Role.BACK_ARROW or element.text not in _GETS:
            continue
        if likely_role(elements, position - 1) not in MENTIONS or not leads_to_item(elements, position + 1):
            element.role = Role.PLAIN


def _settle_bare_letters(elements: list[Element]) -> None:
    """Read H and W without a sign as labels when both stand in the post, or at its start."""
    roles = {element.role for element in elements}
    both = bool(roles & {Role.BARE_H, Role.LABEL_HAVE}) and bool(roles & {Role.BARE_W, Role.LABEL_WANT})
    for position, element in enumerate(elements):
        if element.role not in (Role.BARE_H, Role.BARE_W):
            continue
        label = Role.LABEL_HAVE if element.role is Role.BARE_H else Role.LABEL_WANT
        left, right = likely_role(elements, position - 1), likely_role(elements, position + 1)
        heads = left in (None, Role.LINE) and right in _ITEM_LIKE
        if both or heads:
            element.role = label
        else:
            joins = label is Role.LABEL_WANT and left in MENTIONS and right in _ITEM_LIKE
            element.role = Role.JOIN if joins else Role.PLAIN


def _settle_prices(elements: list[Element]) -> None:
    """Read an entry's only dash as ``for`` where it parts an item from a counted price (``ase - 7 mc``)."""
    start = 0
    for end in range(len(elements) + 1):
        if end == len(elements) or elements[end].role is Role.LINE:
            _settle_price_line(elements, start, end)
            start = end + 1


def _settle_price_line(elements: list[Element], start: int, end: int) -> None:
    roles = [element.role for element in elements[start:end]]
    if any(role in ARROWS or role in (Role.LABEL_HAVE, Role.LABEL_WANT) for role in roles):
        return
    entry: list[int] = []
    for position in range(start, end + 1):
        role = elements[position].role if position < end else Role.COMMA
        if role in (Role.COMMA, Role.OR, Role.STOP):
            if len(entry) == 1 and _names_price(elements, entry[0]):
                elements[entry[0]].role = Role.FOR
            entry = []
        elif role is Role.DASH and not elements[position].text.isalpha():
            entry.append(position)


def _names_price(elements: list[Element], dash: int) -> bool:
    before, after = likely_role(elements, dash - 1), likely_role(elements, dash + 1)
    named = before in MENTIONS or before is Role.CLOSING
    return named and after is Role.NUMBER and likely_role(elements, dash + 2) in MENTIONS | {Role.TIMES}


def _settle_judged(elements: list[Element]) -> None:
    """Where a trade is put up for judgement, ``vs`` parts its sides, and ``gave`` and ``got`` tell them."""
    if not any(element.role is Role.ASK for element in elements):
        return
    crossed = any(element.role in ARROWS or element.text in _GAVE for element in elements)
    for position, element in enumerate(elements):
        if element.role in (Role.UNKNOWN, Role.PLAIN):
            element.role = _JUDGED_WORDS.get(element.text, element.role)
        elif element.role is Role.ASK and element.text in _TAKING:
            _settle_taken(elements, position)
        elif element.text == "got" and element.role is Role.GOT and crossed:
            element.role = Role.WANT
        elif element.text == "got :" and crossed:
            element.role = Role.LABEL_WANT


def _settle_taken(elements: list[Element], position: int) -> None:
    """``should i take 6 mc for X``: what may be taken is wanted."""
    if likely_role(elements, position + 1) in _ITEM_LIKE:
        elements.insert(position + 1, Element(Role.WANT, elements[position].text))


def _settle_course(elements: list[Element]) -> None:
    """``lc to mc 8:1``: where a rate is said, or a trade without ``for``, ``to`` stands between its sides."""
    roles = frozenset(element.role for element in elements)
    if roles & ARROWS or not (roles & _RATED or roles <= _PLAINLY_SAID):
        return
    for position, element in enumerate(elements):
        if (
            element.text in ("to", "em", "on")
            and element.role is Role.DASH
            and _parts_items(elements, position)
        ):
            element.role = Role.FOR


def _settle_paying(elements: list[Element]) -> None:
    """``buying pwe with 3 case``: behind buying alone, with names the price."""
    roles = frozenset(element.role for element in elements)
    if Role.BUY not in roles or roles & ((ARROWS | SIDE_MARKERS) - {Role.BUY}):
        return
    for position, element in enumerate(elements):
        joins = element.text == "with" and element.role is Role.JOIN
        if joins and likely_role(elements, position - 1) in MENTIONS:
            element.role = Role.FOR
            return


def _parts_items(elements: list[Element], position: int) -> bool:
    """Tell whether two items that differ stand on both sides, the second of them counted or not."""
    if likely_role(elements, position - 1) not in MENTIONS:
        return False
    other = position + 2 if likely_role(elements, position + 1) is Role.NUMBER else position + 1
    return likely_role(elements, other) in MENTIONS and elements[other].items != elements[position - 1].items


def _settle_join(elements: list[Element], position: int) -> Role:
    """Single letters (``e``, ``o``, ``n``) join only what stands right beside them."""
    element = elements[position]
    lone_letter = len(element.text) == 1 and element.text.isalpha()
    return Role.PLAIN if lone_letter and likely_role(elements, position - 1) not in MENTIONS else element.role


def _settle_dash(elements: list[Element], position: int) -> Role:
    between_numbers = (
        likely_role(elements, position - 1) is Role.NUMBER
        and likely_role(elements, position + 1) is Role.NUMBER
    )
    if between_numbers:
        return Role.DASH
    return Role.PLAIN if elements[position].text.isalpha() else Role.COMMA


def _settle_offer(elements: list[Element], position: int) -> Role:
    if likely_role(elements, position + 1) in _ITEM_LIKE | {Role.MY, Role.CURRENCY}:
        return Role.WANT if elements[position].text in _CONDITIONS else Role.HAVE
    return Role.OFFERS if elements[position].text == "offer" else Role.PLAIN


def _settle_offers(elements: list[Element], position: int) -> Role:
    """``open to offers for X``: the poster has X."""
    following = elements[position + 1].text if position + 1 < len(elements) else ""
    opens = likely_role(elements, position - 1) in _BEFORE_OFFERS
    leads = likely_role(elements, position + 2) in _ITEM_LIKE | {Role.MY}
    if not (opens and leads and following in _OFFERED_FOR):
        return Role.OFFERS
    elements[position + 1].role = Role.PLAIN
    return Role.OFFER_ON


def _settle_you(elements: list[Element], position: int) -> Role:
    return Role.ANYONE if likely_role(elements, position + 1) in SIDE_MARKERS else Role.PLAIN


def _settle_perhaps_ask(elements: list[Element], position: int) -> Role:
    if elements[position].text not in _PRICE_WORDS:
        return Role.ASK if elements[0].text in _ASKING_HEADS else Role.PLAIN
    alone = len(elements) == 1
    return Role.ASK if alone or any(role in MENTIONS for role in _around(elements, position)) else Role.PLAIN


def _around(elements: list[Element], position: int) -> Iterator[Role | None]:
    yield likely_role(elements, position - 1)
    following = position + 1
    while likely_role(elements, following) in (Role.FOR, Role.MY, Role.NUMBER) or (
        following < len(elements) and elements[following].text in ("on", "of")
    ):
        following += 1
    yield likely_role(elements, following)


def _settle_colon(elements: list[Element], position: int) -> Role:
    """A colon or equals sign between two mentions names a price (``ase: 7 mc``)."""
    priced = (
        likely_role(elements, position - 1) in MENTIONS and likely_role(elements, position + 1) in _ITEM_LIKE
    )
    if priced:
        return Role.FOR
    return Role.COMMA if elements[position].text == "=" else Role.PLAIN


def _settle_for(elements: list[Element], position: int) -> Role:
    """An arrow right behind a marker (``lf>> ase``) or at the head of a post only points at the list."""
    headed = likely_role(elements, position - 1) in SIDE_MARKERS - {Role.FOR_TRADE}
    arrow = elements[position].text == "->"
    if arrow and position == 0:
        return Role.PLAIN
    points = arrow and headed
    return Role.PLAIN if points and likely_role(elements, position - 2) not in MENTIONS else Role.FOR


def _settle_each(elements: list[Element], position: int) -> Role:
    if elements[position].text == "per" and likely_role(elements, position + 1) in MENTIONS:
        return Role.FOR
    behind_price = likely_role(elements, position - 1) in MENTIONS | {Role.NUMBER, Role.CLOSING, Role.OR}
    return Role.EACH if behind_price else Role.PLAIN


_HANDLERS = {
    Role.JOIN: _settle_join,
    Role.OR: _settle_join,
    Role.DASH: _settle_dash,
    Role.OFFER: _settle_offer,
    Role.OFFERS: _settle_offers,
    Role.YOU: _settle_you,
    Role.PERHAPS_ASK: _settle_perhaps_ask,
    Role.COLON: _settle_colon,
    Role.EACH: _settle_each,
    Role.FOR: _settle_for,
}
