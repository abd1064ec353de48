"""What simulated posters offer: baskets that balance at hidden values, but for greed, noise and jokes."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from gpo_market.events.readings import Leg
from gpo_market.feeds.chance import Chance, zipf
from gpo_market.feeds.market_model import MarketModel, money_items
from gpo_market.feeds.posters import Poster

Basket = tuple[Leg, ...]

FEWEST_ITEMS = 2
LARGEST_QUANTITY = 60
LARGEST_PAYMENT_KINDS = 3
LARGEST_TIDY = 24
TIDY = 0.03
"""People round a payment when that changes it by less than this share."""
CLUMSY = 0.15
"""Nobody proposes what can only be paid with a larger error than this, in log."""

LOWBALL = 0.8
BROAD = 0.8
_LOWBALLS = 0.6
_BROAD_ONES = 0.25

_BASKET_SIZES = (0.72, 0.93, 1.0)  # cumulative: one, two, three items
_POPULARITY_OFFSET = 3.0
_MONEY_AS_SUBJECT = 0.15
_SELLERS = 0.55
_SWAPS = 0.15
_SEVERAL = 0.15
_MINOR_MONEY = 0.3
_SINGLE_KIND = 0.6
_WORTH_PAYING = 1.5  # of the cheapest money item
_SWAP_RANGE = (0.4, 1.6)
_SWAP_TRIES = 6
_TRIES = 20
_MOST_SWAPPED = 5
_SEVERAL_PUSHED = 3
_WORTH_BUNDLING = 0.08  # of the dearest item in a basket
_ROUND_FROM = 10
_ROUND_TO = 5


@dataclass(frozen=True, slots=True)
class Aim:
    """What a poster aims at: the log of wanted over given value is to be ``target``.

    The target was drawn around ``spread`` with a scatter of ``noise`` (sd), all in log; an outlier's was
    moved by a lot, and its spread along with it.
    """

    target: float = 0.0
    spread: float = 0.0
    noise: float = 0.0

    def moved(self, distance: float) -> "Aim":
        """Ask for so much more, in log."""
        return Aim(self.target + distance, self.spread + distance, self.noise)


NOTHING = Aim()


@dataclass(frozen=True, slots=True)
class Bargain:
    """One two-sided proposal, from its poster's side.

    ``outlier``: far off, on purpose or by error. ``buying``: the poster gives the money, not the goods.
    ``aim`` is what its poster had in mind; whole quantities only come close to it.
    """

    give: Basket
    want: Basket
    outlier: bool = False
    buying: bool = False
    aim: Aim = NOTHING


class Bargainer:
    """Draws proposals over a market model's items at its present values; holds no state but chance.

    ``log(value(want) / value(give)) = spread + noise``: posters ask ``spread`` more than they give. Most
    proposals pay in money items, some swap item for item with money on top. ``outliers`` is the share
    that is far off: lowballs (+0.8), broad noise (sd 0.8), or one item mistaken for another.
    ``bundle_premium``: a basket of m lines counts as its sum times ``m ** -bundle_premium``, on either side:
    who takes many small things for a big one wants more for the trouble.
    Raises ValueError for a market of fewer than two items.
    """

    def __init__(
        self, model: MarketModel, chance: Chance, outliers: float, bundle_premium: float = 0.0
    ) -> None:
        if len(model.items) < FEWEST_ITEMS:
            raise ValueError(f"a market needs at least {FEWEST_ITEMS} items to trade, not {len(model.items)}")
        self._model = model
        self._chance = chance
        self._outliers = outliers
        self._bundle_premium = bundle_premium
        simulated = set(model.items)
        self._money = tuple(item for item in money_items(model.catalogue) if item in simulated)
        self._change = tuple(item for item in model.catalogue.change if item in simulated) or self._money
        others = tuple(item for item in model.items if item not in self._money)
        self._others: Sequence[int] = others or self._money
        self._popularity = zipf(len(self._others), _POPULARITY_OFFSET)
        self._money_popularity = zipf(len(self._money))

    def topic(self) -> int:
        """Draw an item by popularity."""
        if self._chance.happens(_MONEY_AS_SUBJECT):
            return self._money[self._chance.place(self._money_popularity)]
        return self._others[self._chance.place(self._popularity)]

    def worth(self, basket: Basket) -> float:
        """Add up a basket's hidden value, in the model's unit."""
        values = self._model.values
        return sum(leg.quantity * values[leg.item] for leg in basket)

    def propose(self, poster: Poster) -> Bargain:
        """Draw an open offer of one poster."""
        chance = self._chance
        aim = Aim(poster.spread + poster.noise * chance.normal(), poster.spread, poster.noise)
        if not chance.happens(self._outliers):
            return self._settle(aim)
        kind = chance.uniform()
        if kind < _LOWBALLS:
            return self._settle(aim.moved(LOWBALL), outlier=True)
        if kind < _LOWBALLS + _BROAD_ONES:
            return self._settle(aim.moved(BROAD * chance.normal()), outlier=True)
        return self._mistaken(self._settle(aim))

    def deal(self, poster: Poster) -> Bargain:
        """Draw a concluded trade: nobody's spread, half the noise."""
        noise = 0.5 * poster.noise
        return self._settle(Aim(noise * self._chance.normal(), 0.0, noise))

    def push(self, item: int, aim: Aim, *, buying: bool) -> Bargain:
        """Draw a proposal of one named item against money, however well or badly that fits its value."""
        bargain = self._pushed(item, aim, buying=buying)
        for _ in range(_TRIES):
            if abs(self.asked(bargain) - aim.target) <= CLUMSY:
                break
            bargain = self._pushed(item, aim, buying=buying)
        return bargain

    def asked(self, bargain: Bargain) -> float:
        """Give the log of what is wanted over what is given, at hidden values, bundles discounted."""
        return math.log(self._felt(bargain.want) / self._felt(bargain.give))

    def discount(self, bargain: Bargain) -> float:
        """Give what the bundle premium adds to the log of the wanted sum over the given one."""
        return self._bundle_premium * math.log(len(bargain.want) / len(bargain.give))

    def repaid(self, bargain: Bargain, factor: float) -> Bargain:
        """Pay for the same goods with other money, worth ``factor`` times as much.

        A poster who swaps wants money instead. The bargain stays as it is where no money comes close.
        """
        goods, money = (bargain.want, bargain.give) if bargain.buying else (bargain.give, bargain.want)
        value = self.worth(money) * factor
        other = self.payment(value, [leg.item for leg in goods])
        if not other or abs(math.log(self.worth(other) / value)) > CLUMSY:
            return bargain
        if bargain.buying:
            return Bargain(
                other, goods, bargain.outlier, buying=True, aim=bargain.aim.moved(-math.log(factor))
            )
        return Bargain(goods, other, bargain.outlier, aim=bargain.aim.moved(math.log(factor)))

    def payment(self, value: float, banned: Collection[int]) -> Basket:
        """Pay a value in money items: one kind where that comes out tidy, else change, dearest first.

        Where all money is banned, other items serve; where everything is, the payment is empty.
        """
        kinds = self._kinds(banned)
        if not kinds:
            return ()
        values = self._model.values
        tidy = [
            Leg(item, float(count))
            for item in kinds
            if 1 <= (count := round(value / values[item])) <= LARGEST_TIDY
            and abs(count * values[item] - value) <= TIDY * value
        ]
        if tidy and self._chance.happens(_SINGLE_KIND):
            return (self._chance.pick(tidy),)
        legs = self._make_change(value, kinds)
        for _ in range(LARGEST_PAYMENT_KINDS if self._bundle_premium else 0):
            lines = len(legs)
            legs = self._make_change(value * lines**self._bundle_premium, kinds)
            if len(legs) == lines:
                break
        return legs

    def _felt(self, basket: Basket) -> float:
        """Give what a basket counts for whoever takes it."""
        if not self._bundle_premium:
            return self.worth(basket)
        return float(self.worth(basket) * len(basket) ** -self._bundle_premium)

    def _make_change(self, value: float, kinds: Sequence[int]) -> Basket:
        values = self._model.values
        legs: list[Leg] = []
        rest = value
        for item in kinds:
            exact = rest / values[item]
            nearest = round(exact)
            last = item == kinds[-1] or len(legs) == LARGEST_PAYMENT_KINDS - 1
            ends = last or abs(exact - nearest) * values[item] <= TIDY * value
            count = min(nearest if ends else math.floor(exact), LARGEST_QUANTITY)
            if count:
                legs.append(Leg(item, float(count)))
                rest -= count * values[item]
            if legs and (ends or len(legs) == LARGEST_PAYMENT_KINDS):
                break
        return tuple(legs) or (Leg(kinds[-1], 1.0),)

    def _kinds(self, banned: Collection[int]) -> list[int]:
        offered = self._money if self._chance.happens(_MINOR_MONEY) else self._change
        kinds = [item for item in offered if item not in banned]
        kinds = kinds or [item for item in self._money if item not in banned]
        kinds = kinds or [item for item in self._model.items if item not in banned]
        return sorted(kinds, key=lambda item: (-self._model.values[item], item))

    def _settle(self, aim: Aim, *, outlier: bool = False) -> Bargain:
        bargain = self._attempt(aim, outlier=outlier)
        for _ in range(_TRIES):
            if abs(self.asked(bargain) - aim.target) <= CLUMSY:
                break
            bargain = self._attempt(aim, outlier=outlier)
        return bargain

    def _attempt(self, aim: Aim, *, outlier: bool) -> Bargain:
        goods = self._goods()
        if self._chance.happens(_SWAPS):
            return self._swap(goods, aim, outlier=outlier)
        return self._paid(goods, aim, buying=not self._chance.happens(_SELLERS), outlier=outlier)

    def _pushed(self, item: int, aim: Aim, *, buying: bool) -> Bargain:
        count = self._quantity(item) + self._chance.below(_SEVERAL_PUSHED)
        return self._paid((Leg(item, float(count)),), aim, buying=buying, outlier=True)

    def _paid(self, goods: Basket, aim: Aim, *, buying: bool, outlier: bool) -> Bargain:
        factor = math.exp(aim.target)
        banned = [leg.item for leg in goods]
        if buying:
            payment = self.payment(self._felt(goods) / factor, banned)
            return Bargain(payment, goods, outlier, buying=True, aim=aim)
        return Bargain(goods, self.payment(self._felt(goods) * factor, banned), outlier, aim=aim)

    def _swap(self, goods: Basket, aim: Aim, *, outlier: bool) -> Bargain:
        factor = math.exp(aim.target)
        target = self._felt(goods) * factor
        banned = [leg.item for leg in goods]
        other = self._counterpart(target, banned)
        if other is None:
            return Bargain(goods, self.payment(target, banned), outlier, aim=aim)
        banned.append(other.item)
        missing = target * 2.0**self._bundle_premium - self.worth((other,))
        spare = -missing / factor
        if self._bundle_premium:
            several = float((len(goods) + 1) ** self._bundle_premium)
            spare = self.worth((other,)) / factor * several - self.worth(goods)
        smallest = self._cheapest_money(banned)
        if missing > smallest / 2:
            return Bargain(goods, (other, *self.payment(missing, banned)), outlier, aim=aim)
        if spare > smallest / 2:
            return Bargain((*goods, *self.payment(spare, banned)), (other,), outlier, aim=aim)
        return Bargain(goods, (other,), outlier, aim=aim)

    def _counterpart(self, target: float, banned: Collection[int]) -> Leg | None:
        for _ in range(_SWAP_TRIES):
            item = self.topic()
            count = max(1, round(target / self._model.values[item]))
            share = count * self._model.values[item] / target
            if item not in banned and count <= _MOST_SWAPPED and _SWAP_RANGE[0] < share < _SWAP_RANGE[1]:
                return Leg(item, float(count))
        return None

    def _cheapest_money(self, banned: Collection[int]) -> float:
        kinds = [item for item in self._change if item not in banned] or self._model.items
        return min(self._model.values[item] for item in kinds)

    def _mistaken(self, bargain: Bargain) -> Bargain:
        taken = {leg.item for leg in (*bargain.give, *bargain.want)}
        first, *others = bargain.want
        wrong = self.topic()
        if wrong in taken:
            return bargain
        mistaken = (Leg(wrong, first.quantity), *others)
        return Bargain(bargain.give, mistaken, outlier=True, buying=bargain.buying, aim=bargain.aim)

    def _goods(self) -> Basket:
        count = 1 + self._chance.place(_BASKET_SIZES) if len(self._model.items) > LARGEST_PAYMENT_KINDS else 1
        drawn = dict.fromkeys(self.topic() for _ in range(count))
        values = self._model.values
        least = _WORTH_BUNDLING * max(values[item] for item in drawn)
        wanted = [item for item in drawn if values[item] >= least]
        if len(wanted) > 1:
            return tuple(Leg(item, 1.0) for item in wanted)
        return (Leg(wanted[0], float(self._quantity(wanted[0]))),)

    def _quantity(self, item: int) -> int:
        value = self._model.values[item]
        floor = _WORTH_PAYING * self._cheapest_money((item,))
        if value >= floor:
            return 1 if not self._chance.happens(_SEVERAL) else 2 + self._chance.below(3)
        least = math.ceil(floor / value)
        count = math.ceil(least * (1.0 + 2.0 * self._chance.uniform()))
        neat = count if count < _ROUND_FROM else -(-count // _ROUND_TO) * _ROUND_TO
        return min(neat, LARGEST_QUANTITY)
