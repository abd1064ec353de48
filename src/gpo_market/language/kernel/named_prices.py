"""Settles words that name a price or ask for one right behind an item: ``price 3 ase``, ``worth 3 ase?``."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.masks import among, marked, mask_of
from gpo_market.language.kernel.neighbours import leads_to_item, likely_role
from gpo_market.language.kernel.records import Records
from gpo_market.language.kernel.side_words import become
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

PRICING = 1 << Mark.PRICE
"""The mark without which no price is named."""
ASKING = mask_of({Role.WORTH, Role.QUESTION_MARK})
"""The roles without which no price is asked about."""
_PARTING = mask_of({Role.COMMA, Role.LINE, Role.STOP, Role.DASH, Role.OPENING, Role.CLOSING})


@compiled_part
def settle_named_prices(elements: Records, count: int, said: int, trace: Trace) -> None:
    """``lih, price 3 ase`` names a price, and ``is lih worth 3 ase?`` asks about one.

    ``said`` are the roles of the post.
    """
    asked = said & ASKING == ASKING and marked(elements[0].marks, Mark.JUDGING_HEAD)
    for at in range(1, count):
        if elements[at].role == Role.WORTH:
            between = asked and elements[at - 1].role == Role.ITEM
            if between and leads_to_item(elements, count, at + 1):
                become(elements, at, Role.FOR, Rule.WORTH_ASKED_OF, trace)
        elif _names_price(elements, count, at):
            become(elements, at, Role.FOR, Rule.PRICE_NAMED, trace)


@compiled_part
def _names_price(elements: Records, count: int, at: int) -> bool:
    """Tell whether a word parts an item, with at most one sign behind it, from its counted price."""
    if elements[at].role != Role.PLAIN or not marked(elements[at].marks, Mark.PRICE):
        return False
    if likely_role(elements, count, at + 1) != Role.NUMBER or not leads_to_item(elements, count, at + 1):
        return False
    before = at - 1
    if among(likely_role(elements, count, before), _PARTING):
        before -= 1
    return before >= 0 and elements[before].role == Role.ITEM
