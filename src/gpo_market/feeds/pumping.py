"""A pump in the simulated market: a few fresh accounts that talk one item up."""

import math
from dataclasses import dataclass

from gpo_market.events.readings import Kind, PostReading, QuoteReading
from gpo_market.events.time import DAY, DISCORD_EPOCH_MS, HOUR, LATEST
from gpo_market.feeds.bargaining import Aim, Bargainer
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.intentions import Intention
from gpo_market.feeds.posters import Poster, make_poster

_SELLERS = 0.7
_NOISE = 0.05
_ID_LOW_BITS = 22


@dataclass(frozen=True, slots=True)
class Pump:
    """Who pumps what: ``accounts`` accounts, ``posts_per_day`` each, from day ``begins`` to day ``ends``.

    All their posts say that the item with slug ``item`` is worth ``exp(size)`` times its value: most sell it
    dear, some bid high. The accounts are ``account_days`` old when they begin.
    Raises ValueError for a pump of nobody or one that ends before it begins.
    """

    item: str
    accounts: int = 5
    posts_per_day: float = 20.0
    size: float = 0.40
    begins: float = 10.0
    ends: float = 15.0
    account_days: float = 3.0

    def __post_init__(self) -> None:
        """Refuse what is no pump."""
        if self.accounts < 1 or not 0.0 < self.posts_per_day < math.inf or not math.isfinite(self.size):
            raise ValueError("a pump needs at least 1 account, posts per day above 0, and a finite size")
        if not 0.0 <= self.begins < self.ends or self.account_days < 0.0:
            raise ValueError(
                "a pump begins on day 0 or later, ends after it began, with accounts made before"
            )


class Pumping:
    """The posts of one pump, drawn from a chance of their own: all other posts stay as they are.

    ``posters`` are its accounts; ``next_time`` is when its next post is due, in microseconds (``LATEST``:
    never). Memory: its accounts.
    """

    def __init__(self, pump: Pump, bargainer: Bargainer, item: int, start: int, chance: Chance) -> None:
        self._pump = pump
        self._bargainer = bargainer
        self._item = item
        self._chance = chance
        begins = start + round(pump.begins * DAY)
        self._ends = start + round(pump.ends * DAY)
        made = begins - round(pump.account_days * DAY)
        self.posters: tuple[Poster, ...] = tuple(
            make_poster(chance, _account(made + account * HOUR), 0.0, _NOISE)
            for account in range(pump.accounts)
        )
        self.next_time = self._after(begins)

    def skip(self, until: int) -> None:
        """Leave out every post due before a time."""
        while self.next_time < until:
            self.next_time = self._after(self.next_time)

    def draw(self) -> tuple[int, Intention]:
        """Draw the post that is due: its poster's place among the pump's, and what it means."""
        self.next_time = self._after(self.next_time)
        place = self._chance.below(len(self.posters))
        buying = not self._chance.happens(_SELLERS)
        size = -self._pump.size if buying else self._pump.size
        aim = Aim(size + _NOISE * self._chance.normal(), size, _NOISE)
        bargain = self._bargainer.push(self._item, aim, buying=buying)
        quote = QuoteReading(bargain.give, bargain.want)
        meant = PostReading(Kind.OFFER, (quote,))
        return place, Intention(meant, outlier=True, bargains=(bargain,))

    def _after(self, time: int) -> int:
        rate = self._pump.accounts * self._pump.posts_per_day
        due = time + max(1, round(self._chance.waiting_time(DAY / rate)))
        return due if due < self._ends else LATEST


def _account(made: int) -> int:
    """Give the id of an account made at a time, as Discord numbers them."""
    return max(made // 1000 - DISCORD_EPOCH_MS, 0) << _ID_LOW_BITS
