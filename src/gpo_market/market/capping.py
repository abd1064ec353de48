"""How much each poster has said about each item of late: the account behind the capped twin.

A quote's information about an item is counted in quotes: 1 for one of the usual noise that says something
about nothing but that item. A poster brings at most MOST_INFORMATION of it per item, or MOST_SHARE of what
all have said; all new accounts together bring a small part of that. What was said fades. The accounts are a
cache of fixed size, as the posters'; posters without a number share one account.
"""

from gpo_market.events.compiling import compiled_part
from gpo_market.events.numeric import exp
from gpo_market.events.time import DAY
from gpo_market.market.layout import GAIN, STATES_BEFORE, Floats, Legs, People, Records
from gpo_market.market.posters import FIRST_NOISE

SETS = 8192
WAYS = 4
MIX_POSTER, MIX_ITEM = 2_654_435_761, 40_503

MOST_INFORMATION = 2.0
MOST_SHARE = 0.10
FADING_DAYS = 10.0
NEW_ACCOUNT_DAYS = 30.0
NEW_ACCOUNT_TRUST = 0.02
NEW_ACCOUNTS = -1
"""In a poster's place: all new accounts together."""
LEAST_ALLOWED = 0.01
"""A smaller share of a quote is not worth learning."""
FRESH = 0.5
"""Whoever has said less than this about an item of late has a fresh word on whether it jumped."""
LEAST_TAKEN = 0.05
"""An item that takes less than this of a quote's surprise is not told by it."""


@compiled_part
def allow(people: People, quote: Records, head: Records, rows: Floats, jacobian: Floats, legs: Legs) -> None:
    """Work out which share of a quote its poster may still say, given the twin's gain of it."""
    trust = NEW_ACCOUNT_TRUST if _is_new(quote) else 1.0
    allowed = trust
    for leg in range(len(legs.positions) - 2):
        share = jacobian[leg]
        if share * rows[GAIN, legs.positions[leg]] <= LEAST_TAKEN * head.variance:
            continue
        item = legs.positions[leg] - STATES_BEFORE
        most = max(MOST_INFORMATION, MOST_SHARE * information_about(people.said, item, quote.time))
        place = _account_of(people.accounts, _speaker(quote), item, quote.time)
        left = most * trust - _faded(people.accounts[place], quote.time)
        allowed = min(allowed, left / (share * share))
    quote.allowed = allowed if allowed >= LEAST_ALLOWED else 0.0


@compiled_part
def charge(people: People, quote: Records, jacobian: Floats, legs: Legs) -> None:
    """Count what a quote has said in the twin, believed or not.

    Else who repeats what nobody believes could say it as often as it takes to raise an alarm.
    """
    for leg in range(len(legs.positions) - 2):
        item = legs.positions[leg] - STATES_BEFORE
        place = _account_of(people.accounts, _speaker(quote), item, quote.time)
        said = jacobian[leg] * jacobian[leg] * quote.allowed
        people.accounts[place].information = _faded(people.accounts[place], quote.time) + said
        people.said[0, item] = information_about(people.said, item, quote.time) + said


@compiled_part
def is_fresh(people: People, poster: int, item: int, time: int) -> bool:
    """Tell whether a poster has hardly spoken about an item of late."""
    place = _account_of(people.accounts, poster, item, time)
    return _faded(people.accounts[place], time) < FRESH


@compiled_part
def capped_noise(noise: float, allowed: float, kind: int) -> float:
    """Give the noise of the share of a quote that its poster was allowed, given that of the whole.

    A poster cannot make a share weigh more by agreeing with themselves: it has at least the usual noise.
    """
    return noise if allowed >= 1.0 else max(noise, FIRST_NOISE[kind]) / allowed


@compiled_part
def information_about(said: Floats, item: int, time: int) -> float:
    """Give what all posters have said about an item of late; ``said``: float64[2, items], and when."""
    days = max(time - said[1, item], 0.0) / DAY
    if days > 0.0:
        said[0, item] *= exp(-days / FADING_DAYS)
        said[1, item] = time
    return float(said[0, item])


@compiled_part
def _is_new(quote: Records) -> bool:
    """Tell whether the account that posted is known to be new."""
    return bool(0.0 <= quote.account_days < NEW_ACCOUNT_DAYS)


@compiled_part
def _speaker(quote: Records) -> int:
    """Give whose account a quote is charged to: new ones share one, since anyone can make more of them."""
    return NEW_ACCOUNTS if _is_new(quote) else int(quote.poster)


@compiled_part
def _account_of(accounts: Records, poster: int, item: int, time: int) -> int:
    """Give where a poster's account on an item stands, making one where there is none."""
    first = ((poster * MIX_POSTER + item * MIX_ITEM) % SETS) * WAYS
    oldest = first
    for place in range(first, first + WAYS):
        if accounts[place].poster == poster and accounts[place].item_number == item:
            return place
        if accounts[place].seen < accounts[oldest].seen:
            oldest = place
    record = accounts[oldest]
    record.poster, record.item_number, record.seen, record.information = poster, item, time, 0.0
    return oldest


@compiled_part
def _faded(record: Records, time: int) -> float:
    """Let a poster's words about an item fade up to now, and give what is left of them."""
    days = max(time - record.seen, 0) / DAY
    if days > 0.0:
        record.information *= exp(-days / FADING_DAYS)
        record.seen = time
    return float(record.information)
