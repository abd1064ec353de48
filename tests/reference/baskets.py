"""Turns drafts into quotes: baskets, alternatives, open sides, adds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from gpo_market.events.readings import AmbiguousLeg, Leg, QuoteReading
from gpo_market.language.limits import LARGEST_QUANTITY, MOST_LEGS, MOST_QUOTES
from gpo_market.language.roles import Role
from gpo_market.language.sides import Bond, Side
from tests.reference.drafts import Draft
from tests.reference.segments import Filler, Term


@dataclass(slots=True)
class Basket:
    """One alternative of one side.

    ``legs`` is quantity by item, ``doubtful`` quantity by (alias, readings); ``cut`` tells that it had
    more than MOST_LEGS.
    """

    legs: dict[int, float] = field(default_factory=dict)
    doubtful: dict[tuple[str, tuple[int, ...]], float] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    adds: bool = False
    open: bool = False
    currency: bool = False
    each: bool = False
    cut: bool = False

    @property
    def holds_items(self) -> bool:
        """Tell whether anything known or ambiguous is in it."""
        return bool(self.legs or self.doubtful)

    @property
    def says_nothing(self) -> bool:
        """Tell whether it leaves its side open."""
        return not (self.holds_items or self.unknown or self.currency)

    @property
    def total(self) -> float:
        """Count the pieces in it, added up from left to right: ``sum`` rounds otherwise since Python 3.12."""
        return _added_up(self.legs.values()) + _added_up(self.doubtful.values())

    def take(self, term: Term) -> None:
        """Put a term in; repeated mentions add up."""
        self.each = self.each or term.each
        if term.filler is Filler.ADDS:
            self.adds = True
        elif term.filler is Filler.OPEN:
            self.open = True
        elif term.element.role is Role.CURRENCY:
            self.currency = True
        else:
            self.adds = self.adds or term.element.ranged
            self._take_mention(term)

    def _take_mention(self, term: Term) -> None:
        element = term.element
        if element.role is Role.UNKNOWN:
            self.unknown.append(element.text)
        elif len(self.legs) + len(self.doubtful) >= MOST_LEGS:
            self.cut = True
        elif len(element.items) == 1:
            item = element.items[0]
            self.legs[item] = min(self.legs.get(item, 0.0) + element.amount, LARGEST_QUANTITY)
        else:
            key = (element.text, element.items)
            self.doubtful[key] = min(self.doubtful.get(key, 0.0) + element.amount, LARGEST_QUANTITY)


def read_quotes(drafts: list[Draft]) -> tuple[QuoteReading, ...]:
    """Read each draft's quotes, at most MOST_QUOTES in all, equal ones once."""
    quotes: dict[QuoteReading, None] = {}
    for draft in drafts:
        for quote in _draft_quotes(draft, MOST_QUOTES - len(quotes)):
            quotes[quote] = None
        if len(quotes) >= MOST_QUOTES:
            break
    return tuple(quotes)


def _added_up(quantities: Iterable[float]) -> float:
    total = 0.0
    for quantity in quantities:
        total += quantity
    return total


def _draft_quotes(draft: Draft, most: int) -> list[QuoteReading]:
    give_terms, want_terms = draft.sides[Side.GIVE] or [], draft.sides[Side.WANT] or []
    understood = _settle_ratio(draft.sides[draft.first] or [], draft.sides[draft.first.other] or [])
    gives = alternatives(give_terms, apart=_is_open(want_terms))
    wants = alternatives(want_terms, apart=_is_open(give_terms))
    quotes: list[QuoteReading] = []
    for give in gives:
        for want in wants:
            if _stands(give, want) and len(quotes) < most:
                quotes.append(_quote(draft, give, want, understood=understood))
    return quotes


def _settle_ratio(first: list[Term], second: list[Term]) -> bool:
    """Count one item a side by the ratio said of them; False when a ratio fits no such pair."""
    ratios = [term.element.ratio for term in (*first, *second) if term.element.ratio is not None]
    if not ratios:
        return True
    alone = len(first) == len(second) == 1
    if not alone or len(ratios) > 1 or any(_is_counted(term) for term in (*first, *second)):
        return False
    first[0].element.amount, second[0].element.amount = ratios[0]
    return True


def _is_counted(term: Term) -> bool:
    return term.filler is not Filler.NONE or term.element.counted


def _is_open(terms: list[Term]) -> bool:
    return all(basket.says_nothing for basket in alternatives(terms, apart=False)) and not _only_currency(
        terms
    )


def _only_currency(terms: list[Term]) -> bool:
    return any(term.element.role is Role.CURRENCY for term in terms)


def alternatives(terms: list[Term], *, apart: bool) -> list[Basket]:
    """Part a side into its alternatives.

    ``or`` always parts; with ``apart`` (the other side is open) so does all but ``+``. An alternative
    priced only in currency is left out: a side of nothing else gives an empty list.
    """
    baskets: list[Basket] = []
    for term in terms:
        parts = term.bond is Bond.OR or (apart and term.bond < Bond.JOIN)
        if not baskets or (parts and _is_entry(term)):
            baskets.append(Basket())
        if term.filler is Filler.OPEN and not baskets[-1].says_nothing:
            continue
        baskets[-1].take(term)
    kept = [basket for basket in baskets if basket.holds_items or basket.unknown or not basket.currency]
    return kept if baskets else [Basket(open=True)]


def _is_entry(term: Term) -> bool:
    return term.filler is not Filler.ADDS and (term.element.role is not Role.CURRENCY or term.bond is Bond.OR)


def _stands(give: Basket, want: Basket) -> bool:
    """A quote needs an item; an unknown entry of an open list is no quote."""
    if not (give.holds_items or want.holds_items):
        return False
    return not (give.says_nothing and want.says_nothing)


def _quote(draft: Draft, give: Basket, want: Basket, *, understood: bool) -> QuoteReading:
    give_times = want.total if give.each and want.total > 0 else 1.0
    want_times = give.total if want.each and give.total > 0 else 1.0
    return QuoteReading(
        give=_legs(give, give_times),
        want=_legs(want, want_times),
        give_adds=draft.gives_adds or give.adds or (give.currency and give.holds_items),
        want_adds=draft.wants_adds or want.adds or (want.currency and want.holds_items),
        give_open=give.says_nothing,
        want_open=want.says_nothing,
        complete=understood and not (give.unknown or want.unknown or give.cut or want.cut),
        ambiguous=_ambiguous(give, give_times, gives=True) + _ambiguous(want, want_times, gives=False),
    )


def _legs(basket: Basket, times: float) -> tuple[Leg, ...]:
    return tuple(Leg(item, min(quantity * times, LARGEST_QUANTITY)) for item, quantity in basket.legs.items())


def _ambiguous(basket: Basket, times: float, *, gives: bool) -> tuple[AmbiguousLeg, ...]:
    return tuple(
        AmbiguousLeg(alias, readings, min(quantity * times, LARGEST_QUANTITY), gives)
        for (alias, readings), quantity in basket.doubtful.items()
    )
