"""Decides whether an alias that is also an ordinary word stands for its item."""

from enum import IntEnum, auto

from gpo_market.language.marks import PHRASES, WORDS, Mark
from gpo_market.language.roles import ARROWS, BREAKS, JOINS, LABELS, MENTIONS, SIDE_MARKERS, Doubt, Role
from tests.reference.elements import Element


class Standing(IntEnum):
    """What a doubtful alias is: its item, a word, or too close to call beside items."""

    ITEM = auto()
    WORD = auto()
    HELD = auto()


_COUNTS = frozenset({Role.NUMBER, Role.NUMBER_WORD, Role.TIMES})
_STRONG_LEFT = (
    SIDE_MARKERS
    | ARROWS
    | JOINS
    | _COUNTS
    | {Role.MY, Role.YOUR, Role.NOT, Role.NOT_LIST, Role.ANY, Role.GIVE_ADDS, Role.WANT_ADDS}
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
_LEFT_EDGES = _EDGES | {Role.CHECK, Role.ASK, None}
_RIGHT_EDGES = (
    _EDGES
    | SIDE_MARKERS
    | {None, Role.TAIL, Role.DONE, Role.CHECK, Role.ASK, Role.PERHAPS_ASK, Role.YOUR, Role.MY, Role.ANYONE}
)
_ITEM_LIKE = MENTIONS | {Role.NUMBER, Role.NUMBER_WORD}
_CERTAIN = frozenset({Role.ITEM, Role.CURRENCY})
_ENTRY_ENDS = frozenset({Role.COMMA, Role.LINE, Role.LABEL_HAVE, Role.LABEL_WANT, None})
_LINKS = JOINS | {Role.COMMA, Role.BARE_W}
_PASSED = _COUNTS | {Role.MY, Role.YOUR, Role.OPENING, Role.CLOSING}
_SIGNS_OF_TRADE = frozenset({"+", "&", "/", "//", "|", "->"})
_CLAUSE_HEADS = frozenset(
    {"i", "im", "ill", "ive", "if", "but", "cuz", "bc", "because", "since", "pm", "ping", "msg", "join"}
    | {"anyone", "someone", "also", "dont", "bump", "obo", "serious", "who"}
    | {"no lowballs", "no lowball", "no lowballers", "no lowballing"}
    | {"no scams", "no scammers", "no trolls", "no rush"}
)
"""Words that begin the next clause: an item behind a sign of trade may stand before them."""
_PRICE_WORDS = frozenset({"vc", "pc"})
_ACROSS = frozenset(WORDS[Mark.TO].split())
_BESIDE_PRICE_WORD = frozenset({"on", "of"})
_OPENERS = frozenset((*WORDS[Mark.OPENER].split(), *PHRASES[Mark.OPENER]))
_ASKING_HEADS = frozenset({"is", "are", "was", "would", "does"})
_VARIANTS = frozenset({"variant", "variants", "variation", "variations"})
_LONGEST_COUNT = 4
"""Elements between a joining sign and its item; bounded, so that a post is read in linear time."""

DETERMINERS = frozenset(
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
        "permanent",
        "clean",
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
        "another",
        "both",
    }
)
"""Words that may stand before an item without parting it from what stands before them."""


def likely_role(elements: list[Element], position: int) -> Role | None:
    """Give the role an element most likely has, None beyond either end."""
    if not 0 <= position < len(elements):
        return None
    element = elements[position]
    if (
        element.role is Role.YOU
        and position + 1 < len(elements)
        and elements[position + 1].role in SIDE_MARKERS
    ):
        return Role.ANYONE
    return element.spare if element.role is Role.ITEM and element.doubt is Doubt.FUNCTION else element.role


def settle_doubtful(elements: list[Element]) -> None:
    """Keep an alias that is also a word only where an item can stand.

    Where one stands among items but may be a word all the same, it is held: it becomes an unknown
    mention, so that its quote is incomplete and never quietly short of an item.
    """
    if not any(element.doubt is not Doubt.NONE for element in elements):
        return
    priced = any(element.role in ARROWS for element in elements)
    sure = any(
        element.role is Role.ITEM
        and (element.doubt is Doubt.NONE or (priced and element.doubt is Doubt.NOUN))
        for element in elements
    )
    in_list = in_price = False
    for position, element in enumerate(elements):
        if element.role is Role.ITEM and element.doubt is not Doubt.NONE:
            _settle(elements, position, in_list=in_list, in_price=in_price, sure=sure)
        if element.role in SIDE_MARKERS:
            in_list, in_price = True, False
        elif element.role in ARROWS:
            in_list, in_price = False, True


def _settle(elements: list[Element], position: int, *, in_list: bool, in_price: bool, sure: bool) -> None:
    element, was = elements[position], elements[position].doubt
    if was is Doubt.NOUN:
        standing = _noun(elements, position, listed=in_list or in_price)
    else:
        standing = _function(elements, position, listed=in_list, priced=in_price)
    element.doubt = Doubt.NONE
    decoration = element.text[0] == ":"
    if standing is not Standing.ITEM and _ends_name(elements, position, was):
        element.role, element.items = Role.UNKNOWN, ()
        return
    if standing is Standing.WORD or (standing is Standing.HELD and (decoration or not sure)):
        element.role = element.spare
    elif standing is Standing.HELD:
        element.role, element.held, element.items = Role.UNKNOWN, True, ()


def _ends_name(elements: list[Element], position: int, doubt: Doubt) -> bool:
    """Tell whether a noun's alias is the end of a name nobody knows (``frost gauntlet``)."""
    before = elements[position - 1] if position else None
    return doubt is Doubt.NOUN and before is not None and before.role is Role.UNKNOWN and not before.held


def _noun(elements: list[Element], position: int, *, listed: bool) -> Standing:
    left_at = _before(elements, position)
    left = elements[left_at].role if left_at >= 0 else None
    right = likely_role(elements, position + 1)
    if _is_counted_behind(elements, position) and (left in _STRONG_LEFT | _LEFT_EDGES | _CERTAIN):
        return Standing.ITEM
    if left in _STRONG_LEFT:
        return _noun_behind_sign(elements, left_at, position)
    if left is Role.DASH and _goes_across(elements, left_at) and right in _RIGHT_EDGES:
        return Standing.ITEM
    if left in _CERTAIN:
        stands = right in _STRONG_RIGHT | _ITEM_LIKE | SIDE_MARKERS or (listed and right in _RIGHT_EDGES)
        return Standing.ITEM if stands or _is_joined(elements, position) else Standing.WORD
    if _asks_price(elements, left_at) and right in _STRONG_RIGHT | _RIGHT_EDGES:
        return Standing.ITEM
    if left in _LEFT_EDGES or left is Role.OFFERS or _opens(elements, left_at):
        stands = right in _STRONG_RIGHT | SIDE_MARKERS | {Role.STILL} or (
            (listed or right is Role.COMMA) and right in _RIGHT_EDGES
        )
        priced = _is_priced(elements, position) or _is_called_for(elements, position)
        among = priced or _is_joined(elements, position) or _heads_items(elements, position)
        return Standing.ITEM if stands or among else Standing.WORD
    return _noun_in_sentence(elements, left_at, position)


def _goes_across(elements: list[Element], left_at: int) -> bool:
    return elements[left_at].text in _ACROSS and likely_role(elements, left_at - 1) in MENTIONS


def _is_priced(elements: list[Element], position: int) -> bool:
    """Tell whether a colon and an item follow, or a dash and a counted one (``ev - 4 ase``)."""
    right = likely_role(elements, position + 1)
    dashed = right is Role.DASH and not elements[position + 1].text.isalpha()
    if right is not Role.COLON and not (dashed and likely_role(elements, position + 2) is Role.NUMBER):
        return False
    return leads_to_item(elements, position + 2)


def _is_called_for(elements: list[Element], position: int) -> bool:
    """Tell whether anyone is asked for what stands there (``case anyone? have 5 ase``)."""
    if likely_role(elements, position + 1) is not Role.ANYONE:
        return False
    return likely_role(elements, position + 2) in _RIGHT_EDGES


def settle_variants(elements: list[Element]) -> None:
    """``any ase variant`` is any item of a sort, not the item it is named after."""
    for position in range(1, len(elements)):
        loose = elements[position].role in (Role.UNKNOWN, Role.PLAIN)
        if loose and elements[position].text in _VARIANTS and elements[position - 1].role is Role.ITEM:
            elements[position - 1].role, elements[position].role = Role.ANY, Role.PLAIN
            elements[position - 1].items = ()


def _asks_price(elements: list[Element], left_at: int) -> bool:
    """Tell whether a line begins with a price check that ends at ``left_at`` (``vc bb``, ``pc on bb``)."""
    at = left_at
    if at > 0 and elements[at].role in (Role.PLAIN, Role.DASH) and elements[at].text in _BESIDE_PRICE_WORD:
        at -= 1
    if at < 0 or elements[at].role is not Role.PERHAPS_ASK or elements[at].text not in _PRICE_WORDS:
        return False
    return at == 0 or elements[at - 1].role is Role.LINE or _opens(elements, at - 1)


def _noun_behind_sign(elements: list[Element], left_at: int, position: int) -> Standing:
    right = likely_role(elements, position + 1)
    following = elements[position + 1].text if position + 1 < len(elements) else ""
    if right in _STRONG_RIGHT or right in _RIGHT_EDGES or right in _ITEM_LIKE - {Role.UNKNOWN}:
        return Standing.ITEM
    if elements[left_at].text == "+" or elements[left_at].role in LABELS:
        return Standing.ITEM
    if (
        elements[left_at].role in (Role.MY, Role.YOUR, Role.TRADE)
        and right is Role.DASH
        and following in _ACROSS
    ):
        return Standing.ITEM
    if right is Role.UNKNOWN:
        return Standing.WORD
    within = elements[left_at].role in JOINS | _COUNTS | ARROWS and _follows_mention(elements, left_at)
    if not within and elements[left_at].role not in SIDE_MARKERS:
        return Standing.WORD
    priced = within and elements[left_at].role in ARROWS
    return Standing.ITEM if priced or following in _CLAUSE_HEADS else Standing.HELD


def _noun_in_sentence(elements: list[Element], left_at: int, position: int) -> Standing:
    """Behind a plain word: an item before a sign of trade, held where an item may go missing."""
    right = likely_role(elements, position + 1)
    if elements[left_at].text in _ASKING_HEADS and _is_asked_about(elements, position):
        return Standing.ITEM
    if not _is_joined(elements, position):
        lost = right in ARROWS and _follows_mention(elements, left_at)
        return Standing.HELD if lost or _heads_items(elements, position) else Standing.WORD
    return Standing.ITEM if elements[position + 1].text in _SIGNS_OF_TRADE else Standing.HELD


def _is_asked_about(elements: list[Element], position: int) -> bool:
    """Tell whether a noun behind a question's first word is one of the items in question."""
    if likely_role(elements, position + 1) in ARROWS or _is_joined(elements, position):
        return True
    return _is_counted_by_times(elements, position) or _is_counted_behind(elements, position)


def _function(elements: list[Element], position: int, *, listed: bool, priced: bool) -> Standing:
    left = elements[position - 1].role if position else None
    bracketed = _is_counted_behind(elements, position) and left in _STRONG_LEFT | _LEFT_EDGES | _CERTAIN
    if bracketed or _stands_counted(elements, position):
        return Standing.ITEM
    if left in _STRONG_LEFT:
        return _function_behind_sign(elements, position)
    if position and elements[position - 1].held:
        return Standing.HELD
    if left in _CERTAIN:
        return _function_behind_mention(elements, position, listed=listed, priced=priced)
    if left in _LEFT_EDGES or _opens(elements, position - 1):
        return _function_at_edge(elements, position, listed=listed, priced=priced)
    return _function_in_sentence(elements, position)


def _function_in_sentence(elements: list[Element], position: int) -> Standing:
    if elements[position].spare is Role.PLAIN and _asks_price(elements, position - 1):
        return Standing.ITEM if likely_role(elements, position + 1) in BREAKS | {None} else Standing.WORD
    if likely_role(elements, position + 1) in ARROWS and elements[position - 1].text in _ASKING_HEADS:
        return Standing.ITEM if leads_to_item(elements, position + 2) else Standing.WORD
    spare = elements[position].spare
    if not _is_joined(elements, position) or spare not in (Role.PLAIN, Role.TAIL):
        return Standing.WORD
    signed = elements[position + 1].text in _SIGNS_OF_TRADE
    return Standing.ITEM if signed and spare is Role.PLAIN else Standing.HELD


def _stands_counted(elements: list[Element], position: int) -> bool:
    """Tell whether a count behind an ``x`` follows where a list, a line or a question goes on."""
    if elements[position].spare not in _CHAT or not _is_counted_by_times(elements, position):
        return False
    left = elements[position - 1] if position else None
    if left is None or left.role in _LEFT_EDGES | _CERTAIN:
        return True
    return left.text in _ASKING_HEADS or _opens(elements, position - 1)


def _function_behind_sign(elements: list[Element], position: int) -> Standing:
    left, right = elements[position - 1], likely_role(elements, position + 1)
    if left.text == "/" and elements[position].glued and elements[position].spare is Role.EACH:
        return Standing.WORD
    if elements[position].spare is Role.OR and _goes_on_from_count(elements, position):
        return Standing.WORD
    if right in _STRONG_RIGHT or right in _RIGHT_EDGES:
        return Standing.ITEM
    following = elements[position + 1].text if position + 1 < len(elements) else ""
    closes = left.role in ARROWS and elements[position].spare is Role.PLAIN and following in _CLAUSE_HEADS
    if closes and elements[position].text != "we":
        return Standing.ITEM
    if elements[position].spare not in (Role.PLAIN, Role.TAIL) or right not in _ITEM_LIKE:
        return Standing.WORD
    if elements[position].text == "de" and left.role in _BEFORE_DE:
        return Standing.WORD
    sure = left.text in _SIGNS_OF_TRADE or left.role in _COUNTS
    return Standing.ITEM if sure else Standing.HELD


_CHAT = frozenset({Role.PLAIN, Role.TAIL})
"""What an alias is elsewhere when it is no word of trade or grammar."""
_BEFORE_DE = _COUNTS | {Role.TRADE, Role.SELL, Role.BUY}
"""What Portuguese and Spanish join to its noun by ``de`` (``troca de ase``, ``2 de mc``)."""


def _goes_on_from_count(elements: list[Element], position: int) -> bool:
    """Tell whether ``or`` parts what follows from an item counted before it (``mc x2 or offers``)."""
    if elements[position - 1].role is not Role.NUMBER:
        return False
    times = likely_role(elements, position - 2) is Role.TIMES
    if not times and likely_role(elements, position + 1) is not Role.OFFERS:
        return False
    return likely_role(elements, position - 2 - times) in MENTIONS


def _function_behind_mention(
    elements: list[Element], position: int, *, listed: bool, priced: bool
) -> Standing:
    spare, right = elements[position].spare, likely_role(elements, position + 1)
    if spare not in (Role.PLAIN, Role.TAIL):
        return Standing.WORD
    if right in ARROWS | JOINS | {Role.LABEL_HAVE, Role.LABEL_WANT} or _is_joined(elements, position):
        return Standing.ITEM if spare is Role.PLAIN else Standing.HELD
    if spare is Role.TAIL:
        return Standing.HELD if right in _ITEM_LIKE else Standing.WORD
    if right in SIDE_MARKERS and elements[position].text == "we":
        return Standing.WORD
    among = (
        right in _ITEM_LIKE
        or _is_open_alias(elements, position + 1)
        or ((listed or priced) and right in _RIGHT_EDGES)
    )
    return Standing.HELD if among else Standing.WORD


def _function_at_edge(elements: list[Element], position: int, *, listed: bool, priced: bool) -> Standing:
    element, right = elements[position], likely_role(elements, position + 1)
    left = elements[position - 1].role if position else None
    following = elements[position + 1].text if position + 1 < len(elements) else ""
    goes_on = element.spare is Role.OR and left is not None
    signed = right in ARROWS or (right is Role.OFFERS and not goes_on) or following in _SIGNS_OF_TRADE
    signed = signed or (right is Role.ADDS and not following[0].isalnum())
    if (
        signed
        or _is_priced(elements, position)
        or (listed and left is Role.COMMA and _ends_entry(elements, position))
    ):
        return Standing.ITEM
    if _is_joined(elements, position):
        if element.spare is Role.TAIL and right is Role.COMMA:
            return Standing.HELD
        return Standing.WORD if element.spare is Role.OR and left is not None else Standing.ITEM
    if _heads_items(elements, position):
        word = element.spare not in (Role.PLAIN, Role.TAIL)
        four = following == "4" and element.spare is Role.PLAIN
        return Standing.ITEM if four else Standing.WORD if word else Standing.HELD
    return _function_entry(elements, position, listed=listed, priced=priced)


def _ends_entry(elements: list[Element], position: int) -> bool:
    """Tell whether an alias behind a comma is an entry: a comma, a label or a word of trade follows it."""
    element, right = elements[position], likely_role(elements, position + 1)
    if right in (Role.COMMA, Role.LABEL_HAVE, Role.LABEL_WANT):
        return True
    return right in SIDE_MARKERS and element.spare is Role.PLAIN and element.text != "we"


def _function_entry(elements: list[Element], position: int, *, listed: bool, priced: bool) -> Standing:
    """An alias alone between edges: an entry of a list, or a word."""
    element, right = elements[position], likely_role(elements, position + 1)
    left = elements[position - 1].role if position else None
    if element.spare is Role.TAIL and (listed or priced) and right in _ENTRY_ENDS - {None}:
        return Standing.HELD
    if element.spare is not Role.PLAIN:
        return Standing.WORD
    if _is_open_alias(elements, position + 1):
        return Standing.HELD
    ends = right in _ENTRY_ENDS or (right is Role.TAIL and element.text != "we")
    if left in (Role.COMMA, Role.LINE, Role.COLON) and (listed or priced) and ends:
        return Standing.ITEM if listed else Standing.HELD
    return Standing.HELD if element.text != "we" and right in SIDE_MARKERS else Standing.WORD


def _before(elements: list[Element], position: int) -> int:
    at = position - 1
    while at >= 0 and elements[at].role is Role.PLAIN and elements[at].text in DETERMINERS:
        at -= 1
    return at


def _opens(elements: list[Element], position: int) -> bool:
    """Tell whether a word only opens a post: a greeting, or someone pinged."""
    element = elements[position]
    return element.role is Role.PLAIN and (element.text in _OPENERS or not element.text[:1].isalnum())


def _follows_mention(elements: list[Element], position: int) -> bool:
    """Tell whether a mention stands closely before ``position``, on the same line."""
    for at in range(position - 1, max(-1, position - 1 - _LONGEST_COUNT), -1):
        if elements[at].role in MENTIONS:
            return True
        if elements[at].role in BREAKS:
            return False
    return False


def _is_counted_behind(elements: list[Element], position: int) -> bool:
    """Tell whether a count in brackets follows (``bos (2)``, ``bos [x2]``)."""
    if likely_role(elements, position + 1) is not Role.OPENING:
        return False
    roles = [likely_role(elements, at) for at in range(position + 2, position + 5)]
    if roles[0] is Role.TIMES:
        roles.pop(0)
    if roles[0] is not Role.NUMBER:
        return False
    return roles[1] is Role.CLOSING or roles[1:] == [Role.TIMES, Role.CLOSING]


def _is_counted_by_times(elements: list[Element], position: int) -> bool:
    """Tell whether a count behind an ``x`` follows, and then no item that it could count (``sr x5 for``)."""
    if likely_role(elements, position + 1) is not Role.TIMES:
        return False
    if likely_role(elements, position + 2) is not Role.NUMBER:
        return False
    return likely_role(elements, position + 3) in _STRONG_RIGHT | _RIGHT_EDGES


def _is_joined(elements: list[Element], position: int) -> bool:
    """Tell whether a sign that joins and then an item follow."""
    return likely_role(elements, position + 1) in _LINKS and leads_to_item(elements, position + 2)


def _is_open_alias(elements: list[Element], position: int) -> bool:
    """Tell whether an alias stands there that may be a word of grammar, and is not settled yet."""
    element = elements[position] if position < len(elements) else None
    return element is not None and element.doubt is Doubt.FUNCTION and element.spare is Role.PLAIN


def _heads_items(elements: list[Element], position: int) -> bool:
    """Tell whether an item follows at once, counted or not."""
    following = likely_role(elements, position + 1)
    return following in _ITEM_LIKE - {Role.UNKNOWN} and leads_to_item(elements, position + 1)


def leads_to_item(elements: list[Element], start: int) -> bool:
    """Tell whether the next thing from ``start`` on is an item, past its count and its owner."""
    for position in range(start, min(len(elements), start + _LONGEST_COUNT)):
        element = elements[position]
        if element.role is Role.ITEM and element.doubt is Doubt.FUNCTION:
            following = likely_role(elements, position + 1)
            return following in ARROWS | JOINS
        if element.role is Role.ITEM:
            return True
        passed = element.role in _PASSED or (element.role is Role.PLAIN and element.text in DETERMINERS)
        if not passed:
            return False
    return False
