"""Settles words with several meanings by what stands beside them."""

from collections.abc import Iterator

from gpo_market.language.marks import PHRASES, WORDS, Mark
from gpo_market.language.roles import ARROWS, MENTIONS, SIDE_MARKERS, Role
from tests.reference.doubts import (
    DETERMINERS,
    leads_to_item,
    likely_role,
    settle_doubtful,
    settle_variants,
)
from tests.reference.elements import Element
from tests.reference.quantities import VAGUE_COUNTS

_ITEM_LIKE = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD}
_ASKING_HEADS = frozenset({"is", "are", "was", "would", "does"})
_WORTH_HEADS = frozenset({"is", "are", "would", "does"})
_JUDGED_WORDS = {**dict.fromkeys(("vs", "versus", "against"), Role.FOR), "gave": Role.HAVE}
_CONDITIONS = frozenset(PHRASES[Mark.CONDITION])
_ME = frozenset({"me"})
_THEM = frozenset({"u", "you", "them", "him", "he", "they", "she", "her"})
_BEFORE_OWNERS = frozenset(
    {
        None,
        Role.LINE,
        Role.STOP,
        Role.COMMA,
        Role.COLON,
        Role.ASK,
        Role.PERHAPS_ASK,
        Role.QUESTION_MARK,
        Role.OR,
    }
)
_ASKED = frozenset(
    {"anyone", "any1", "anybody", "someone", "some1", "somebody", "who", "whos"}
    | {"alguem", "quem", "alguien", "quien", "кто"}
)
_ANSWERS = frozenset({Role.HAVE, Role.GOT, Role.LABEL_HAVE})
_LONGEST_QUESTION = 8
_TAKERS = frozenset({"takes it", "gets it", "buys it"})
_LONGEST_PRICE = 8
_PRICED = frozenset({Role.ITEM, Role.NUMBER, Role.NUMBER_WORD, Role.TIMES, Role.JOIN})
_PRICE_HEADS = frozenset({Role.COMMA, Role.LINE, Role.STOP, Role.DASH})
_ADDING_ENDS = frozenset({None, Role.TAIL, Role.STOP, Role.QUESTION_MARK})
_GETS = frozenset({"gets", "takes", "buys"})
_GAVE = frozenset({"gave", "gave :", "i gave :"})
_TAKING = frozenset({"should i take", "should i accept", "do i take", "do i accept"}) | {
    "would u guys take",
    "would you guys take",
    "would yall take",
}
_PAYING = frozenset({Role.BUY, Role.WANT})
_RATED = frozenset({Role.RATIO, Role.TRADE, Role.SELL, Role.BUY, Role.HAVE})
_PLAINLY_SAID = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD, Role.DASH, Role.JOIN, Role.TIMES, Role.TAIL}
_BEFORE_OFFERS = frozenset(
    {None, Role.LINE, Role.STOP, Role.QUESTION_MARK, Role.COMMA, Role.PLAIN, Role.TAIL}
)
_OFFERED_FOR = frozenset({"for", "on", "por", "на"})
_PRICE_WORDS = frozenset({"vc", "pc"})
_ACROSS = frozenset(WORDS[Mark.TO].split())
_BEFORE_PRICE = frozenset(WORDS[Mark.PRICE].split())
_EXCHANGES = frozenset(WORDS[Mark.EXCHANGE].split())
_BEFORE_PRICE_WORD = frozenset({Role.COMMA, Role.LINE, Role.STOP, Role.DASH, Role.OPENING, Role.CLOSING})


def settle(elements: list[Element]) -> list[Element]:
    """Give every element its final role; elements that turn out to mean nothing become PLAIN or go."""
    _settle_label_letters(elements)
    _settle_owners(elements)
    _settle_named_prices(elements)
    _settle_judged(elements)
    settle_doubtful(elements)
    settle_variants(elements)
    _settle_asked(elements)
    _settle_getting(elements)
    _settle_other_letters(elements)
    _settle_taker(elements)
    _settle_prices(elements)
    _settle_taken_in_questions(elements)
    _settle_course(elements)
    _settle_paying(elements)
    _settle_exchange(elements)
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


def _settle_named_prices(elements: list[Element]) -> None:
    """``lih, price 3 ase`` names a price, and ``is lih worth 3 ase?`` asks about one."""
    asked = elements[:1] != [] and elements[0].text in _WORTH_HEADS
    asked = asked and any(element.role is Role.QUESTION_MARK for element in elements)
    for position, element in enumerate(elements):
        if not leads_to_item(elements, position + 1):
            continue
        if element.role is Role.WORTH and asked and _follows_item(elements, position - 1):
            element.role = Role.FOR
        counted = likely_role(elements, position + 1) is Role.NUMBER
        if element.text in _BEFORE_PRICE and element.role is Role.PLAIN and counted:
            before = position - 1
            if likely_role(elements, before) in _BEFORE_PRICE_WORD:
                before -= 1
            if _follows_item(elements, before):
                element.role = Role.FOR


def _follows_item(elements: list[Element], position: int) -> bool:
    return position >= 0 and elements[position].role is Role.ITEM


def _settle_exchange(elements: list[Element]) -> None:
    """``swap my ase with your mc``: behind a word of trade alone, with may name the other side."""
    roles = frozenset(element.role for element in elements)
    if Role.TRADE not in roles or roles & ((ARROWS | SIDE_MARKERS) - {Role.TRADE}):
        return
    exchanged = any(element.text in _EXCHANGES for element in elements)
    for position, element in enumerate(elements):
        if element.text not in ("with", "w", "w /") or element.role is not Role.JOIN:
            continue
        theirs = likely_role(elements, position + 1) is Role.YOUR
        if (theirs or exchanged) and likely_role(elements, position - 1) in MENTIONS:
            element.role = Role.FOR
            return


def _settle_getting(elements: list[Element]) -> None:
    """``5 ase gets my case``: what a price gets is given; ``gets`` anywhere else is a word."""
    for position, element in enumerate(elements):
        if element.role is not Role.BACK_ARROW or element.text not in _GETS:
            continue
        if likely_role(elements, position - 1) not in MENTIONS or not leads_to_item(elements, position + 1):
            element.role = Role.PLAIN


def _settle_owners(elements: list[Element]) -> None:
    """``me 4 mc u dragon``: where both stand before items, each says whose they are."""
    mine = next((at for at, element in enumerate(elements) if _owns(elements, at, _ME)), None)
    yours = next((at for at, element in enumerate(elements) if _owns(elements, at, _THEM)), None)
    if mine is not None and yours is not None:
        elements[mine].role, elements[yours].role = Role.LABEL_HAVE, Role.LABEL_WANT


def _owns(elements: list[Element], position: int, words: frozenset[str]) -> bool:
    element = elements[position]
    if element.text not in words or not leads_to_item(elements, position + 1):
        return False
    return likely_role(elements, position - 1) in _BEFORE_OWNERS | MENTIONS


def _settle_asked(elements: list[Element]) -> None:
    """``anyone trading cc? i have case``: what is asked of anyone is wanted where an answer follows."""
    for position, element in enumerate(elements):
        asked = element.role is Role.HAVE and element.text.partition(" ")[0] in _ASKED and " " in element.text
        if asked and _is_answered(elements, position + 1):
            element.role = Role.WANT


def _is_answered(elements: list[Element], start: int) -> bool:
    for position in range(start, min(len(elements), start + _LONGEST_QUESTION)):
        if elements[position].role is Role.QUESTION_MARK:
            return likely_role(elements, position + 1) in _ANSWERS
        if elements[position].role in ARROWS:
            return False
    return False


def _settle_taker(elements: list[Element]) -> None:
    """``dragon, 4 mc takes it``: what takes it is the price of what stands before the comma."""
    if any(element.role in ARROWS for element in elements):
        return
    for position, element in enumerate(elements):
        if element.text in _TAKERS and element.role is Role.PLAIN:
            _settle_taking(elements, position - 1)


def _settle_taking(elements: list[Element], end: int) -> None:
    at = end
    while at >= 0 and end - at < _LONGEST_PRICE and elements[at].role in _PRICED:
        at -= 1
    parts = at > 0 and at < end and elements[at].role in _PRICE_HEADS
    if parts and likely_role(elements, at - 1) in MENTIONS:
        elements[at].role = Role.FOR


def _settle_label_letters(elements: list[Element]) -> None:
    """Read H and W without a sign as labels when both stand in the post, or at the head of a line."""
    roles = {element.role for element in elements}
    both = bool(roles & {Role.BARE_H, Role.LABEL_HAVE}) and bool(roles & {Role.BARE_W, Role.LABEL_WANT})
    for position, element in enumerate(elements):
        if element.role not in (Role.BARE_H, Role.BARE_W):
            continue
        heads = likely_role(elements, position - 1) in (None, Role.LINE)
        if both or (heads and likely_role(elements, position + 1) in _ITEM_LIKE):
            element.role = Role.LABEL_HAVE if element.role is Role.BARE_H else Role.LABEL_WANT


def _settle_other_letters(elements: list[Element]) -> None:
    """Any other W between two items means with; a letter anywhere else means nothing."""
    for position, element in enumerate(elements):
        if element.role not in (Role.BARE_H, Role.BARE_W):
            continue
        left, right = likely_role(elements, position - 1), likely_role(elements, position + 1)
        joins = element.role is Role.BARE_W and left in MENTIONS and right in _ITEM_LIKE
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
    for element in elements:
        if element.role in (Role.UNKNOWN, Role.PLAIN):
            element.role = _JUDGED_WORDS.get(element.text, element.role)
        elif element.text == "got" and element.role is Role.GOT and crossed:
            element.role = Role.WANT
        elif element.text == "got :" and crossed:
            element.role = Role.LABEL_WANT


def _settle_taken_in_questions(elements: list[Element]) -> None:
    for position, element in enumerate(elements):
        if element.role is Role.ASK and element.text in _TAKING:
            _settle_taken(elements, position)


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
        if element.text in _ACROSS and element.role is Role.DASH and _parts_items(elements, position):
            element.role = Role.FOR


def _settle_paying(elements: list[Element]) -> None:
    """``buying pwe with 3 case``: behind buying alone, with names the price."""
    roles = frozenset(element.role for element in elements)
    if len(roles & _PAYING) != 1 or roles & ((ARROWS | SIDE_MARKERS) - _PAYING):
        return
    for position, element in enumerate(elements):
        joins = element.text in ("with", "w", "w /") and element.role is Role.JOIN
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
    if element.text == "+" and _leads_to_nothing(elements, position):
        return Role.ADDS
    lone_letter = len(element.text) == 1 and element.text.isalpha()
    return Role.PLAIN if lone_letter and likely_role(elements, position - 1) not in MENTIONS else element.role


def _leads_to_nothing(elements: list[Element], position: int) -> bool:
    """Tell whether a plus behind an item joins nothing to it (``case for 5 ase +``)."""
    if likely_role(elements, position - 1) not in MENTIONS:
        return False
    following = likely_role(elements, position + 1)
    if following is Role.LINE:
        return likely_role(elements, position + 2) not in _ITEM_LIKE
    return following in _ADDING_ENDS


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
    if _heads_list(elements, position):
        elements[position - 1].role = Role.PLAIN
        return Role.PLAIN
    priced = (
        likely_role(elements, position - 1) in MENTIONS and likely_role(elements, position + 1) in _ITEM_LIKE
    )
    if priced:
        return Role.FOR
    return Role.COMMA if elements[position].text == "=" else Role.PLAIN


def _heads_list(elements: list[Element], position: int) -> bool:
    """Tell whether a colon stands between a line's first word, no item, and a list (``wings: a + b``)."""
    if likely_role(elements, position - 1) is not Role.UNKNOWN or elements[position - 1].held:
        return False
    if likely_role(elements, position - 2) not in (None, Role.LINE):
        return False
    following = likely_role(elements, position + 2)
    return likely_role(elements, position + 1) is Role.ITEM and following in (
        Role.JOIN,
        Role.COMMA,
        Role.ITEM,
    )


def _settle_for(elements: list[Element], position: int) -> Role:
    """An arrow right behind a marker (``lf>> ase``) or at the head of a post only points at the list."""
    if likely_role(elements, position - 1) is Role.OFFER_ON or _spans_time(elements, position + 1):
        return Role.PLAIN
    headed = likely_role(elements, position - 1) in SIDE_MARKERS - {Role.FOR_TRADE}
    arrow = elements[position].text == "->"
    if arrow and position == 0:
        return Role.PLAIN
    points = arrow and headed
    return Role.PLAIN if points and likely_role(elements, position - 2) not in MENTIONS else Role.FOR


def _spans_time(elements: list[Element], position: int) -> bool:
    """Tell whether a span of time stands there (``online for 30 min``)."""
    if likely_role(elements, position) is not Role.PLAIN:
        return False
    text = elements[position].text
    return text[:1].isdecimal() and text[-1:].isalpha()


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
