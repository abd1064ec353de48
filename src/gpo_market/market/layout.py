"""How the filter bank lies in memory: its states, the rows of one filter, the records beside them.

A filter is a matrix float64[COVARIANCE + n, n] for n states: a few rows of one number per state, the gains of
quotes that the covariance has not taken in yet, then the covariance itself. The bank is an array of them.
Behind the last item come states that stand for nothing and never move, so that n is a multiple of LANES.
"""

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Records: TypeAlias = "np.recarray[Any, np.dtype[np.void]]"

ASK_SPREAD, DEAL_SPREAD, SIZE_PREMIUM = range(3)
LANES = 8
"""Numbers in a line of the caches: rows that begin at one are moved in half the time."""
STATES_BEFORE = 3
"""States before the first item: the spreads of asks and of deals, and the premium on many items for few."""

VOLATILITIES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Factors of process variance, one filter each."""
TREND = len(VOLATILITIES)
"""The filter that follows a damped trend."""
OPEN_FILTERS = TREND + 1
"""The filters whose mixture is the open value."""
CAPPED = OPEN_FILTERS
"""The twin that no poster can push far."""
FILTERS = CAPPED + 1

MEAN, VARIANCE, CROSSED, RATE, VELOCITY, GAIN = range(6)
"""Rows: log-values; the covariance's diagonal; covariance with the unit; process variance per day; movement
per day (of the filter that follows trends); room for the gain of the quote at hand."""
PENDING = 6
"""The first row of the gains that wait."""
MOST_PENDING = 32
COVARIANCE = PENDING + MOST_PENDING
"""The first row of the covariance, symmetric to the bit."""

MOST_LEGS = 64
JACOBIAN_WIDTH = MOST_LEGS + 2
"""An entry per leg, then those of the kind's spread and of the size premium."""

HEAD = np.dtype(
    [
        ("shrinkages", "f8", (MOST_PENDING,)),
        ("pending", "i8"),
        ("room", "i8"),
        ("grown", "f8"),
        ("score", "f8"),
        ("weight", "f8"),
        ("innovation", "f8"),
        ("prior", "f8"),
        ("variance", "f8"),
        ("inlier", "f8"),
        ("step", "f8"),
        ("shrinkage", "f8"),
        ("likelihood", "f8"),
        ("level", "f8"),
        ("present", "f8"),
        ("centre", "f8"),
        ("faded", "f8"),
        ("shared", "f8", (MOST_PENDING,)),
    ],
    align=True,
)
"""What belongs to one filter as a whole.

The covariance is ``C + grown diag(rate) - sum_k shrinkages[k] u_k u_k'`` over the ``pending`` gains u_k,
of which ``room`` can wait.
``score`` is its forgotten log-likelihood, ``weight`` its share of the mixture (of the twin: 0).
About the quote at hand: its ``innovation``, the variance of that without (``prior``) and with its noise,
the probability that it was meant (``inlier``), by how many gains the mean moves (``step``), how much of the
gain's square the covariance loses (``shrinkage``), and its log-likelihood.
While a kept quote is judged again: what the state says of it (``level``, with variance ``present``), what it
would say without it (``centre``, with variance ``prior``), and how much of the quote counts still
(``faded``). ``shared``: room for what each waiting gain has in common with the quote at hand.
"""

QUOTE = np.dtype(
    [
        ("time", "i8"),
        ("poster", "i8"),
        ("account_days", "f8"),
        ("kind", "i8"),
        ("relation", "i8"),
        ("lateness", "f8"),
        ("size_ratio", "f8"),
        ("place", "i8"),
        ("spread", "f8"),
        ("spread_variance", "f8"),
        ("noise", "f8"),
        ("inlier_rate", "f8"),
        ("weight", "f8"),
        ("capped_weight", "f8"),
        ("allowed", "f8"),
        ("residual", "f8"),
        ("deviation", "f8"),
        ("jumps", "i8"),
        ("revisits", "i8"),
    ],
    align=True,
)
"""One quote, as it is asked about and as it was learned.

Asked: market time, poster (0: unknown), age of the account in days (-1: unknown), kind (0 ask, 1 deal), its
relation (see mixture), noise added because it is late, log of wanted over given lines. Found on the way: the
poster's place, own spread and noise, how likely it was meant. Learned: how much it counted in the open value
(-1: beyond belief) and in the capped twin, the share of it that the twin was ``allowed``, the innovation and
its variance, how many jumps it raised, and how many earlier quotes it made think of again.
"""

SITE_LEGS = 6
SITE_WIDTH = SITE_LEGS + 2

SITE = np.dtype(
    [
        ("time", "i8"),
        ("told", "i8"),
        ("relation", "i8"),
        ("legs", "i8"),
        ("jumped", "?"),
        ("noise", "f8"),
        ("inlier_rate", "f8"),
        ("size_ratio", "f8"),
        ("spread", "f8"),
        ("spread_variance", "f8"),
        ("allowed", "f8"),
        ("positions", "i8", (SITE_WIDTH,)),
        ("amounts", "f8", (SITE_WIDTH,)),
        ("jacobian", "f8", (FILTERS, SITE_WIDTH)),
        ("precision", "f8", (FILTERS,)),
        ("pull", "f8", (FILTERS,)),
    ],
    align=True,
)
"""A doubtful quote that was learned, and what it added to each filter along its Jacobian.

``precision`` and ``pull`` (precision times mean) are the natural parameters of that Gaussian; ``told`` is
when it was last judged; ``jumped``: one of its items jumped since, so that it says nothing any more.
"""

POSTER = np.dtype(
    [
        ("poster", "i8"),
        ("seen", "i8"),
        ("spread", "f8"),
        ("variance", "f8"),
        ("noise_count", "f8"),
        ("noise_sum", "f8"),
        ("meant", "f8"),
        ("quotes", "f8"),
    ],
    align=True,
)
"""One poster: mean and variance of what they ask beyond their kind's spread; their noise as a count of quotes
and a sum of squares relative to the usual; how many of their quotes were meant."""

POPULATION = np.dtype(
    [("noise_count", "f8", (2,)), ("noise_sum", "f8", (2,)), ("meant", "f8"), ("quotes", "f8")], align=True
)
"""The same over all posters, the noise by kind and absolute."""

ACCOUNT = np.dtype(
    [("poster", "i8"), ("item_number", "i8"), ("seen", "i8"), ("information", "f8")], align=True
)
"""How much a poster has said about an item of late, in quotes.

No field is called like anything numpy's records have of their own (``item``): plain Python would get that.
"""


class Unit(NamedTuple):
    """The numeraire as the filters see it: its states, int64[m], and their weights, float64[m]."""

    members: Integers
    weights: Floats


class Kept(NamedTuple):
    """The quotes kept for second thoughts.

    ``sites``: SITE[s], a ring; ``numbers``: int64[items, k], those that name an item (-1: none);
    ``ever``: int64[1], how many there ever were.
    """

    sites: Records
    numbers: Integers
    ever: Integers


class People(NamedTuple):
    """What is known of posters.

    ``posters``: a cache of POSTER; ``population``: one POPULATION; ``accounts``: a cache of ACCOUNT;
    ``said``: float64[2, items], how much all have said of late, and when that was worked out.
    """

    posters: Records
    population: Records
    accounts: Records
    said: Floats


class Bank(NamedTuple):
    """The whole filter bank.

    ``filters``: float64[FILTERS, COVARIANCE + n, n]; ``heads``: HEAD[FILTERS]; ``jacobians``:
    float64[FILTERS + 1, JACOBIAN_WIDTH], room for the quote at hand; ``sums``: float64[12, items], the jump
    detector's, for rising values the sum, the distance and the quotes behind it, then for falling ones, then
    all for the twin.
    """

    filters: Floats
    heads: Records
    jacobians: Floats
    unit: Unit
    sums: Floats
    kept: Kept
    people: People


class Legs(NamedTuple):
    """A quote's baskets: the states of the wanted and given items, of the kind's spread and the size premium.

    ``positions``: int64[k + 2]; ``amounts``: float64[k + 2], wanted > 0, given < 0, and 0 for the last two.
    """

    positions: Integers
    amounts: Floats
