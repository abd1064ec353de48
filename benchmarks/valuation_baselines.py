"""What values could be made with instead: simpler estimators that see the same posts.

Each forgets reposts (same poster, same baskets, within a day), learns how much posters ask beyond fair as a
running median, and tells values in the numeraire's unit. Memory: a window of quotes, or of a few per item.
"""

import heapq
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from benchmarks.valuation_engine import Snapshot
from benchmarks.valuation_worlds import Floats, Integers, Observation, Unit
from gpo_market.catalogue import Catalogue
from gpo_market.events.facts import PostDeleted, PostRecorded
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY, SECOND

SPREAD_QUOTES = 300
TOO_SOON = 60 * SECOND


class Baseline:
    """What all share: the list, the money's first values, the spread, and the filter against reposts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.unit = Unit.of(catalogue)
        self.log_values: Floats = np.full(len(catalogue), np.nan)
        for money in catalogue.numeraire:
            self.log_values[money.item] = -np.log(money.amount)
        self._asked: deque[float] = deque(maxlen=SPREAD_QUOTES)
        self._said: dict[tuple[object, ...], int] = {}

    def post(self, fact: PostRecorded | PostDeleted, seen: Sequence[Observation]) -> None:
        """Learn from what is new in a post."""
        del fact
        for one in seen:
            if self._is_new(one):
                asked = one.log_ratio(self.log_values)
                if np.isfinite(asked) and one.kind is Kind.OFFER:
                    self._asked.append(asked)
                self.learn(one)

    def surprise(self, seen: Observation) -> float:
        """Give how far an offer lies from the values and the usual spread."""
        return seen.log_ratio(self.log_values) - self.spread(Kind.OFFER)

    def snapshot(self, time: int) -> Snapshot:
        """Tell all values; where a day is solved as a whole, solve it."""
        self.solve(time)
        return Snapshot.exact(self.log_values - self.unit.log_value(self.log_values))

    def spread(self, kind: Kind) -> float:
        """Give what posters ask beyond fair, in log; nothing for deals."""
        return float(np.median(self._asked)) if self._asked and kind is Kind.OFFER else 0.0

    def learn(self, seen: Observation) -> None:
        """Take one new quote."""
        raise NotImplementedError

    def solve(self, time: int) -> None:
        """Work out the values of a day."""

    def _is_new(self, seen: Observation) -> bool:
        key = (seen.poster, seen.kind, *sorted(zip(seen.items.tolist(), seen.amounts.tolist(), strict=True)))
        last = self._said.get(key)
        self._said[key] = seen.time
        return last is None or seen.time - last > DAY


class RollingMedian(Baseline):
    """An item's value is the median of the latest values that quotes implied for it, all others standing."""

    QUOTES = 25

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._implied = [deque[float](maxlen=self.QUOTES) for _ in range(len(catalogue))]

    def learn(self, seen: Observation) -> None:
        """Let a quote imply a value for each item whose companions are all known."""
        spread = self.spread(seen.kind)
        found = [
            (int(item), implied)
            for leg, item in enumerate(seen.items)
            if (implied := _implied(seen, leg, self.log_values, spread)) is not None
        ]
        for item, implied in found:
            self._implied[item].append(implied)
            self.log_values[item] = float(np.median(self._implied[item]))


class Elo(Baseline):
    """Stochastic gradient on log-values, as chess ratings move: large steps at first, then a fixed one.

    Money, which stands in almost every quote, takes smaller steps than goods.
    """

    STEP = 0.3
    MONEY_STEP = 0.01
    LARGEST = 2.0
    FIRST = float(np.log(10.0))

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        unknown = np.isnan(self.log_values)
        self._steps = np.where(unknown, 1.0, self.MONEY_STEP)
        self._least = np.where(unknown, self.STEP, self.MONEY_STEP)
        self.log_values[unknown] = self.FIRST

    def learn(self, seen: Observation) -> None:
        """Move every leg by its share of what the quote says, those seldom seen furthest."""
        shares = seen.shares(self.log_values)
        error = self.spread(seen.kind) - seen.log_ratio(self.log_values)
        steps = self._steps[seen.items]
        self.log_values[seen.items] += steps * shares * np.clip(error, -self.LARGEST, self.LARGEST)
        slower = steps / (1.0 + steps * np.abs(shares))
        self._steps[seen.items] = np.maximum(slower, self._least[seen.items])


class LeastSquares(Baseline):
    """A window of quotes fitted at once, once a day: Gauss-Newton on log-ratios with Huber's weights."""

    WINDOW = 10 * DAY

    STEPS = 5
    LONGEST = 2.0
    HUBER = 0.2
    RIDGE = 1e-3
    MONEY_RIDGE = 1.0

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._window: deque[Observation] = deque()
        self._prior = self.log_values.copy()
        unknown = np.isnan(self._prior)
        self._prior[unknown] = np.log(10.0)
        self._ridge = np.where(unknown, self.RIDGE, self.MONEY_RIDGE)

    def learn(self, seen: Observation) -> None:
        """Keep the quote until the day is solved."""
        self._window.append(seen)

    def solve(self, time: int) -> None:
        """Fit the window, from the values of the day before."""
        while self._window and self._window[0].time < time - self.WINDOW:
            self._window.popleft()
        named = {int(item) for seen in self._window for item in seen.items}
        point = np.where(np.isnan(self.log_values), self._prior, self.log_values)
        for _ in range(self.STEPS if self._window else 0):
            point = self._step(point)
        unknown = [
            item for item in range(len(point)) if item not in named and np.isnan(self.log_values[item])
        ]
        point[unknown] = np.nan
        self.log_values = point

    def _step(self, point: Floats) -> Floats:
        """Move to the weighted least-squares solution of the log-ratios linearised at a point."""
        items, shares, errors = self._linearised(point)
        weights = np.minimum(1.0, self.HUBER / np.maximum(np.abs(errors), 1e-12))
        count = len(point)
        crossed = weights[:, None, None] * shares[:, :, None] * shares[:, None, :]
        places = items[:, :, None] * count + items[:, None, :]
        matrix = np.bincount(places.ravel(), crossed.ravel(), count * count).reshape(count, count)
        pulls = np.bincount(items.ravel(), (shares * (weights * errors)[:, None]).ravel(), count)
        right = pulls + self._ridge * (self._prior - point)
        step = np.linalg.solve(matrix + np.diag(self._ridge), right)
        return np.asarray(point + np.clip(step, -self.LONGEST, self.LONGEST), dtype=np.float64)

    def _linearised(self, point: Floats) -> tuple[Integers, Floats, Floats]:
        """Give the quotes' items and signed shares, [quotes, legs] filled up with 0, and their errors."""
        longest = max(len(seen.items) for seen in self._window)
        items = np.zeros((len(self._window), longest), dtype=np.int64)
        amounts = np.zeros((len(self._window), longest))
        for row, seen in enumerate(self._window):
            items[row, : len(seen.items)] = seen.items
            amounts[row, : len(seen.items)] = seen.amounts
        worth = amounts * np.exp(point[items])
        wanted = np.maximum(worth, 0.0).sum(axis=1)
        given = np.maximum(-worth, 0.0).sum(axis=1)
        shares = worth / np.where(worth > 0.0, wanted[:, None], given[:, None])
        usual = self.spread(Kind.OFFER)
        spreads = np.array([usual if seen.kind is Kind.OFFER else 0.0 for seen in self._window])
        return items, shares, spreads - np.log(wanted / given)


class Static(LeastSquares):
    """A list that somebody made once, carefully, and never touched again."""

    def __init__(self, catalogue: Catalogue, made: int) -> None:
        super().__init__(catalogue)
        self._made = made

    def solve(self, time: int) -> None:
        """Fit until the list is made, at ``made`` (microseconds)."""
        if time <= self._made:
            super().solve(time)


@dataclass(frozen=True, slots=True)
class _Ratio:
    """One implied ratio of two items' values, in log: ``first`` over ``second``."""

    time: int
    first: int
    second: int
    log_ratio: float


@dataclass
class _Edges:
    """Medians of ratios by pair, and how many stand behind each."""

    medians: dict[tuple[int, int], float] = field(default_factory=dict)
    counts: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, ratios: Iterable[_Ratio]) -> "_Edges":
        found: dict[tuple[int, int], list[float]] = {}
        for ratio in ratios:
            found.setdefault((ratio.first, ratio.second), []).append(ratio.log_ratio)
            found.setdefault((ratio.second, ratio.first), []).append(-ratio.log_ratio)
        return cls(
            {pair: float(np.median(logs)) for pair, logs in found.items()},
            {pair: len(logs) for pair, logs in found.items()},
        )


class RatioChain(Baseline):
    """Values along the best path of pairwise median ratios from an anchor, solved daily.

    As a public value list of the game describes its method: posts of one poster within a minute and reposts
    within a day count once, ratios across tiers (more than a factor of three from what is known) are dropped,
    and a path is the better the more ratios stand behind its links. Of baskets, those count that become a
    ratio of two items once money items are converted at the values known.
    """

    WINDOW = 7 * DAY
    TIER = float(np.log(3.0))

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__(catalogue)
        self._money = {money.item for money in catalogue.numeraire}
        self._ratios: deque[_Ratio] = deque()
        self._posted: dict[int, int] = {}

    def learn(self, seen: Observation) -> None:
        """Turn a quote into a ratio where it says one."""
        last = self._posted.get(seen.poster)
        self._posted[seen.poster] = seen.time
        if last is not None and 0 < seen.time - last < TOO_SOON:
            return
        wanted = seen.amounts > 0.0
        first, second = self._as_one(seen, wanted), self._as_one(seen, ~wanted)
        if first is None or second is None or first[0] == second[0]:
            return
        log_ratio = second[1] - first[1] + self.spread(seen.kind)
        known = self.log_values[first[0]] - self.log_values[second[0]]
        if np.isfinite(known) and abs(log_ratio - known) > self.TIER:
            return
        self._ratios.append(_Ratio(seen.time, first[0], second[0], log_ratio))

    def solve(self, time: int) -> None:
        """Walk the best paths from the anchor, the money item with most ratios."""
        while self._ratios and self._ratios[0].time < time - self.WINDOW:
            self._ratios.popleft()
        edges = _Edges.of(self._ratios)
        degrees = {item: sum(n for (a, _), n in edges.counts.items() if a == item) for item in self._money}
        anchor = max(sorted(degrees), key=lambda item: degrees[item])
        for item, log_value in _best_paths(edges, anchor, float(self.log_values[anchor])).items():
            self.log_values[item] = log_value

    def _as_one(self, seen: Observation, side: np.typing.NDArray[np.bool_]) -> tuple[int, float] | None:
        """Give a side as one item and the log of how many of it."""
        items, amounts = seen.items[side], np.abs(seen.amounts[side])
        if len(items) == 1:
            return int(items[0]), float(np.log(amounts[0]))
        if not self._money.issuperset(items.tolist()):
            return None
        worth = amounts * np.exp(self.log_values[items])
        largest = int(np.argmax(worth))
        return int(items[largest]), float(np.log(worth.sum()) - self.log_values[items[largest]])


def _best_paths(edges: _Edges, anchor: int, level: float) -> dict[int, float]:
    """Give log-values along the paths of least summed ``1 / count`` (Dijkstra 1959)."""
    neighbours: dict[int, list[int]] = {}
    for first, second in sorted(edges.medians):
        neighbours.setdefault(second, []).append(first)
    found: dict[int, float] = {}
    queue = [(0.0, anchor, level)]
    while queue:
        cost, item, log_value = heapq.heappop(queue)
        if item in found:
            continue
        found[item] = log_value
        for other in neighbours.get(item, []):
            if other not in found:
                pair = (other, item)
                heapq.heappush(
                    queue, (cost + 1.0 / edges.counts[pair], other, log_value + edges.medians[pair])
                )
    return found


def _implied(seen: Observation, leg: int, log_values: Floats, spread: float) -> float | None:
    """Give the log-value that would make a quote fair for one leg, all others standing; None for nonsense."""
    worth = seen.amounts * np.exp(
        np.where(np.arange(len(seen.items)) == leg, -np.inf, log_values[seen.items])
    )
    wanted, given = worth[seen.amounts > 0.0].sum(), -worth[seen.amounts < 0.0].sum()
    factor = np.exp(spread)
    missing = given * factor - wanted if seen.amounts[leg] > 0.0 else wanted / factor - given
    if not missing > 0.0:
        return None
    return float(np.log(missing / abs(seen.amounts[leg])))
