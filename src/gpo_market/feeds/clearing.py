"""Clearing prices: where supply meets demand among people's hidden reservation prices."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def clearing_log_price(log_reservations: Floats, supply: int) -> float:
    """Give the log of the uniform price at which exactly ``supply`` units find a holder.

    ``log_reservations``: float64[n], what each further unit is worth to each agent, units they hold included:
    above the price an agent buys or keeps, below it they sell or do without. The price lies halfway, in log,
    between the last unit that is wanted and the first that is not (a uniform-price double auction, Vickrey
    1961). Raises ValueError where no price clears: without supply, or with more than anybody wants.
    """
    if not 0 < supply < len(log_reservations):
        raise ValueError(f"no price clears {supply} units among {len(log_reservations)} reservations")
    falling = -np.sort(-log_reservations)
    return float(falling[supply - 1] + falling[supply]) / 2.0


def weighted_median(values: Floats, weights: Floats) -> float:
    """Give the value with half the weight on either side: where as much would be sold as bought.

    ``values`` and ``weights``: float64[n]; weights at least 0, not all 0.

    >>> weighted_median(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 5.0]))
    2.0
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    place = int(np.searchsorted(reached, reached[-1] / 2.0))
    return float(values[order[place]])
