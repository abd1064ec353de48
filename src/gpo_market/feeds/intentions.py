"""What simulated posters mean to say: offers of several shapes, deals, questions and noise."""

from dataclasses import dataclass

from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.feeds.bargaining import Bargain, Bargainer, Basket
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.posters import Poster

_ASIDES = (Kind.CHATTER, Kind.CHATTER, Kind.CHATTER, Kind.QUESTION, Kind.QUESTION, Kind.SERVICE, Kind.CASH)
_NAMED_QUESTIONS = 0.6
_DEALS_UNNAMED = 0.1
_CHOICES = 0.06
_SEVERAL_LINES = 0.03
_ADDS = 0.04
_ADDS_WORTH = 0.9


@dataclass(frozen=True, slots=True)
class Shares:
    """How new messages divide: of all, asides and deals; of the proposals, one-sided ones."""

    asides: float
    deals: float
    one_sided: float


@dataclass(frozen=True, slots=True)
class Intention:
    """What one post means; ``bargain`` is the one plain offer behind it, where there is exactly one.

    ``bargains`` are the proposals behind its quotes, one each; none for one-sided quotes and talk.
    """

    meant: PostReading
    bargain: Bargain | None = None
    outlier: bool = False
    bargains: tuple[Bargain, ...] = ()


class Intentions:
    """Draws what a poster means to say next; holds no state but chance."""

    def __init__(self, bargainer: Bargainer, chance: Chance, shares: Shares) -> None:
        self._bargainer = bargainer
        self._chance = chance
        self._shares = shares

    def draw(self, poster: Poster) -> Intention:
        """Draw one intention: mostly an offer of two sides."""
        way = self._chance.uniform()
        if way < self._shares.asides:
            return self._aside(poster)
        if way < self._shares.asides + self._shares.deals:
            return self._deal(poster)
        if self._chance.happens(self._shares.one_sided):
            return Intention(PostReading(Kind.OFFER, (self._one_sided(),)))
        return self._offer(poster)

    def softened(self, bargain: Bargain, share: float) -> Intention:
        """Let an offer's poster settle for a smaller share of what they asked, as an edit does."""
        bargain = self._bargainer.repaid(bargain, 1.0 / share if bargain.buying else share)
        return _plain(bargain)

    def _aside(self, poster: Poster) -> Intention:
        kind = self._chance.pick(_ASIDES)
        if kind is Kind.QUESTION and self._chance.happens(_NAMED_QUESTIONS):
            asked = self._bargainer.propose(poster)
            return Intention(PostReading(kind, (_quote(asked),)), bargains=(asked,))
        return Intention(PostReading(kind))

    def _deal(self, poster: Poster) -> Intention:
        if self._chance.happens(_DEALS_UNNAMED):
            return Intention(PostReading(Kind.DEAL))
        deal = self._bargainer.deal(poster)
        return Intention(PostReading(Kind.DEAL, (_quote(deal),)), bargains=(deal,))

    def _one_sided(self) -> QuoteReading:
        leg = (Leg(self._bargainer.topic(), 1.0),)
        if self._chance.happens(0.5):
            return QuoteReading(leg, (), want_open=True)
        return QuoteReading((), leg, give_open=True)

    def _offer(self, poster: Poster) -> Intention:
        bargain = self._bargainer.propose(poster)
        way = self._chance.uniform()
        if way < _CHOICES:
            return self._choice(bargain)
        if way < _CHOICES + _SEVERAL_LINES:
            other = self._bargainer.propose(poster)
            quotes = (_quote(bargain), _quote(other))
            return Intention(
                PostReading(Kind.OFFER, quotes), None, bargain.outlier or other.outlier, (bargain, other)
            )
        if way < _CHOICES + _SEVERAL_LINES + _ADDS:
            return self._with_adds(bargain)
        return _plain(bargain)

    def _choice(self, bargain: Bargain) -> Intention:
        other = self._bargainer.repaid(bargain, 1.0)
        if _same(other.want, bargain.want) and _same(other.give, bargain.give):
            return _plain(bargain)
        quotes = (_quote(bargain), _quote(other))
        return Intention(PostReading(Kind.OFFER, quotes), None, bargain.outlier, (bargain, other))

    def _with_adds(self, bargain: Bargain) -> Intention:
        less = self._bargainer.repaid(bargain, _ADDS_WORTH)
        quote = QuoteReading(less.give, less.want, give_adds=less.buying, want_adds=not less.buying)
        return Intention(PostReading(Kind.OFFER, (quote,)), None, bargain.outlier, (less,))


def _plain(bargain: Bargain) -> Intention:
    return Intention(PostReading(Kind.OFFER, (_quote(bargain),)), bargain, bargain.outlier, (bargain,))


def _quote(bargain: Bargain) -> QuoteReading:
    return QuoteReading(bargain.give, bargain.want)


def _same(left: Basket, right: Basket) -> bool:
    return sorted((leg.item, leg.quantity) for leg in left) == sorted(
        (leg.item, leg.quantity) for leg in right
    )
