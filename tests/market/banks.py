"""Filter banks of known state for the market's tests, and their covariances written out in full."""

from collections.abc import Mapping, Sequence

import numpy as np

from gpo_market.market.bank import AskedQuote, FilterBank
from gpo_market.market.layout import (
    ASK_SPREAD,
    COVARIANCE,
    DEAL_SPREAD,
    FILTERS,
    GAIN,
    HEAD,
    MEAN,
    PENDING,
    QUOTE,
    RATE,
    SIZE_PREMIUM,
    STATES_BEFORE,
    VARIANCE,
    Floats,
    Legs,
    Records,
    Unit,
)
from gpo_market.market.mixture import EQUAL
from gpo_market.market.numeraire import Numeraire

START = 1_700_000_000_000_000


def unit_of_items(members: Sequence[int] = (0,), offset: float = 0.0) -> Numeraire:
    """Make a numeraire of items with equal weights."""
    states = np.array([STATES_BEFORE + item for item in members], dtype=np.int64)
    return Numeraire(Unit(states, np.full(len(members), 1.0 / len(members))), offset)


def make_bank(
    log_values: Sequence[float],
    deviation: float | None = None,
    *,
    members: Sequence[int] = (0,),
    spread: float | None = None,
) -> FilterBank:
    """Make a bank at START of items with these prior log-values, as unsure as ``deviation`` says.

    ``spread``: what is surely asked beyond even, where it is not to be learned.
    """
    bank = FilterBank()
    bank.grow(np.array(log_values))
    bank.measure_in(unit_of_items(members))
    bank.advance(START)
    for item, log_value in enumerate(log_values):
        if deviation is not None:
            bank.reset(item, log_value, deviation)
    if spread is not None:
        for rows in bank.arrays.filters:
            rows[MEAN, :STATES_BEFORE] = (spread, spread, 0.0)
            rows[RATE, :STATES_BEFORE] = 0.0
            for state in range(STATES_BEFORE):
                rows[COVARIANCE + state, state] = rows[VARIANCE, state] = 1e-8
    return bank


def make_legs(want: Mapping[int, float], give: Mapping[int, float], *, deal: bool = False) -> Legs:
    """Make a quote's legs of two baskets, item number to quantity."""
    items = [STATES_BEFORE + item for item in (*want, *give)]
    amounts = [*want.values(), *(-quantity for quantity in give.values()), 0.0, 0.0]
    positions = [*items, DEAL_SPREAD if deal else ASK_SPREAD, SIZE_PREMIUM]
    return Legs(np.array(positions, dtype=np.int64), np.array(amounts))


def asking(
    poster: int = 0,
    account_days: float = -1.0,
    *,
    deal: bool = False,
    relation: int = EQUAL,
    lateness: float = 0.0,
    size_ratio: float = 0.0,
) -> AskedQuote:
    """Make a quote's circumstances."""
    return AskedQuote(poster, account_days, int(deal), relation, lateness, size_ratio)


def blank_head(**fields: float) -> Records:
    """Make one filter's record with these fields."""
    return _record(HEAD, fields)


def blank_quote(**fields: float) -> Records:
    """Make a quote's record with these fields."""
    return _record(QUOTE, fields)


def _record(kind: "np.dtype[np.void]", fields: Mapping[str, float]) -> Records:
    made: Records = np.zeros(1, kind).view(np.recarray)
    for name, value in fields.items():
        made[name] = value
    record: Records = made[0]
    return record


def covariance_of(rows: Floats, head: Records) -> Floats:
    """Write out one filter's covariance: what waits taken in, and time walked."""
    gains = rows[PENDING : PENDING + int(head.pending)]
    shrinkages = np.array(head.shrinkages[: int(head.pending)])
    walked = np.diag(rows[RATE] * float(head.grown))
    return np.asarray(rows[COVARIANCE:] + walked - gains.T @ (shrinkages[:, None] * gains))


def covariances(bank: FilterBank) -> list[Floats]:
    """Write out all filters' covariances, but for the states that stand for nothing."""
    arrays, states = bank.arrays, STATES_BEFORE + bank.items
    whole = [covariance_of(arrays.filters[place], arrays.heads[place]) for place in range(FILTERS)]
    return [covariance[:states, :states] for covariance in whole]


def is_sound(bank: FilterBank) -> bool:
    """Tell whether all is finite and every covariance is symmetric and positive definite."""
    kept = np.delete(bank.arrays.filters, GAIN, axis=1)
    if not np.isfinite(kept).all():
        return False
    for rows in bank.arrays.filters:
        if not np.array_equal(rows[COVARIANCE:], rows[COVARIANCE:].T):
            return False
    return all(np.linalg.eigvalsh(covariance).min() > 0.0 for covariance in covariances(bank))
