"""A synthetic market that posts as people do: seeded, endless, in time order, truth kept beside it."""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.readings import Kind, PostReading
from gpo_market.events.time import DISCORD_EPOCH_MS, HOUR, LATEST, MINUTE, SECOND
from gpo_market.feeds.arrivals import Arrivals
from gpo_market.feeds.bargaining import Bargain, Bargainer
from gpo_market.feeds.chance import Chance
from gpo_market.feeds.intentions import Intention, Intentions, Shares
from gpo_market.feeds.market_model import USUAL, MarketModel, Movement
from gpo_market.feeds.phrasing import Writer
from gpo_market.feeds.posters import Population, Poster
from gpo_market.feeds.pumping import Pump, Pumping
from gpo_market.feeds.spellings import Vocabulary

MILLISECOND = 1000
REPOST_MEMORY = 400
"""How many of the latest offers can be posted again; bounds the memory."""
REPOST_WITHIN = 20 * HOUR
REPHRASED = 0.2
SOONEST_CHANGE = 5 * SECOND
LATEST_EDIT = 15 * MINUTE
LATEST_DELETION = 6 * HOUR
SOFTENED = 0.93
_ID_LOW_BITS = 22


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """What a simulated market is like.

    ``start`` is in microseconds since 1970; ``items`` is how many of the list are traded (None: all).
    ``reposts``, ``deals`` and ``asides`` (chatter, questions, services, cash) are shares of all new
    messages, ``outliers`` and ``one_sided`` of the proposals, ``edits`` and ``deletions`` of plain offers.
    ``rhythm`` in 0..1 is how much busier evenings are. ``movement`` is how hidden values move, ``pump`` who
    manipulates what, if anybody; ``bundle_premium`` discounts baskets (see Bargainer).
    Raises ValueError for shares that add up to no market, or a premium below 0.
    """

    seed: int
    start: int
    items: int | None = None
    posts_per_day: float = 500.0
    posters: int = 400
    outliers: float = 0.10
    deals: float = 0.15
    reposts: float = 0.30
    asides: float = 0.08
    one_sided: float = 0.05
    edits: float = 0.03
    deletions: float = 0.02
    rhythm: float = 0.4
    movement: Movement = USUAL
    bundle_premium: float = 0.0
    pump: Pump | None = None

    def __post_init__(self) -> None:
        """Refuse shares that leave no room for offers."""
        shares = (self.reposts, self.deals, self.asides, self.outliers, self.one_sided, self.rhythm)
        if not all(0.0 <= share < 1.0 for share in shares) or self.reposts + self.deals + self.asides >= 1.0:
            raise ValueError("each share lies in 0..1, and reposts, deals and asides leave room for offers")
        if not 0.0 <= self.bundle_premium < 1.0:
            raise ValueError(f"a bundle premium lies in 0..1, not at {self.bundle_premium}")


@dataclass(frozen=True, slots=True)
class QuoteTruth:
    """What is behind one quote, all in log of wanted over given value.

    ``target`` is what its poster aimed at and ``asked`` what the quote comes to at the hidden values of its
    time, whole quantities and mistakes included; honest ones scatter around ``spread`` with sd ``noise``.
    """

    target: float
    asked: float
    spread: float
    noise: float
    outlier: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedPost:
    """One event of the simulated market and the truth behind it; ``meant`` is None for deletions.

    ``poster`` numbers the posters from 0, the pump's after all others; -1 for deletions. ``truths`` has one
    entry for each quote of two sides, in their order; a repost's are those of the first time.
    """

    event: RawPost | RawDeletion
    meant: PostReading | None
    outlier: bool = False
    repost: bool = False
    pump: bool = False
    poster: int = -1
    truths: tuple[QuoteTruth, ...] = ()

    @property
    def time(self) -> int:
        """When it happens, in microseconds."""
        if isinstance(self.event, RawDeletion):
            return self.event.timestamp
        return self.event.edited_timestamp or self.event.timestamp


@dataclass(frozen=True, slots=True)
class _Standing:
    """An offer that its poster may post again."""

    place: int
    poster: Poster
    meant: PostReading
    content: str
    outlier: bool
    truths: tuple[QuoteTruth, ...]
    time: int


class Simulation:
    """A market of simulated posters over a catalogue: the same settings give the same posts.

    Memory holds the present state only: hidden values, posters, the last ``REPOST_MEMORY`` offers, and the
    edits and deletions still to come (a few hours' worth). Posts come in time order, each in a millisecond
    of its own, so that ids made from times, as Discord's are, never repeat. ``posting_from`` (default: the
    settings' start) is when posts begin; hidden values move from the start on.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        reference: Reference | None,
        settings: SimulationSettings,
        posting_from: int | None = None,
    ) -> None:
        self.settings = settings
        first = settings.start if posting_from is None else max(posting_from, settings.start)
        self.model = MarketModel(
            catalogue, reference, settings.seed, settings.start, settings.items, settings.movement
        )
        self._population = Population(settings.seed, settings.start, settings.posters)
        self._chance = Chance(settings.seed, 4, first)
        self._bargainer = Bargainer(self.model, self._chance, settings.outliers, settings.bundle_premium)
        new = 1.0 - settings.reposts
        shares = Shares(settings.asides / new, settings.deals / new, settings.one_sided)
        self._intentions = Intentions(self._bargainer, self._chance, shares)
        vocabulary = Vocabulary(catalogue, self.model.items)
        self._writer = Writer(vocabulary, self._chance)
        self._pumping = _pumping(settings, self.model)
        self._pump_writer = Writer(vocabulary, Chance(settings.seed, 7))
        self._pump_due = LATEST
        self._standing: deque[_Standing] = deque(maxlen=REPOST_MEMORY)
        self._later: list[tuple[int, SimulatedPost]] = []
        self._taken: set[int] = set()
        self._last = 0
        self.model.advance(first)
        self.pace(settings.posts_per_day, first, settings.rhythm)

    @property
    def next_time(self) -> int:
        """When the next event happens, in microseconds."""
        later = self._later[0][0] if self._later else LATEST
        return min(self._next_arrival, later, self._pump_due)

    def pace(self, posts_per_day: float, start: int, rhythm: float = 0.0) -> None:
        """Post at another rate from ``start`` on; what was scheduled before that is skipped, not posted."""
        self._arrivals = Arrivals(self._chance, posts_per_day, rhythm)
        self._last = max(self._last, start - start % MILLISECOND)
        self._later = sorted((entry for entry in self._later if entry[0] > self._last), key=_first)
        self._taken = {entry[0] for entry in self._later}
        self._schedule_pump()
        self._next_arrival = self._free_time(self._arrivals.after(self._last))

    def posts(self, until: int) -> Iterator[RawPost | RawDeletion]:
        """Give the posts, edits and deletions before ``until``, from where the last call left off."""
        return (simulated.event for simulated in self.written(until))

    def written(self, until: int) -> Iterator[SimulatedPost]:
        """Give the same with the truth behind each."""
        while self.next_time < until:
            yield self._next()
        self.model.advance(until)

    def true_values(self) -> dict[str, float]:
        """Give every simulated item's hidden value now, in the numeraire's unit, by slug."""
        return self.model.true_values()

    def _next(self) -> SimulatedPost:
        time = self.next_time
        self.model.advance(time)
        self._last = time
        self._taken.discard(time)
        if time == self._pump_due:
            return self._pumped(time)
        if time != self._next_arrival:
            return heapq.heappop(self._later)[1]
        self._next_arrival = self._free_time(self._arrivals.after(time))
        return self._post(time)

    def _free_time(self, time: int) -> int:
        """Claim the first whole millisecond at or after a time in which nothing else happens."""
        free = max(-(-time // MILLISECOND) * MILLISECOND, self._last + MILLISECOND)
        while free in self._taken:
            free += MILLISECOND
        self._taken.add(free)
        return free

    def _post(self, time: int) -> SimulatedPost:
        if self._chance.happens(self.settings.reposts):
            again = self._repost(time)
            if again is not None:
                return again
        place = self._population.draw_place(self._chance)
        poster = self._population.posters[place]
        intention = self._intentions.draw(poster)
        meant = intention.meant
        content = self._writer.write(meant, poster, self._bargainer.topic())
        post = raw_post(poster, content, time)
        truths = self._truths(intention)
        if meant.kind is Kind.OFFER:
            self._standing.append(_Standing(place, poster, meant, content, intention.outlier, truths, time))
            self._schedule(post, place, intention)
        return SimulatedPost(post, meant, intention.outlier, poster=place, truths=truths)

    def _truths(self, intention: Intention) -> tuple[QuoteTruth, ...]:
        return tuple(_truth(self._bargainer, bargain) for bargain in intention.bargains)

    def _schedule_pump(self) -> None:
        if self._pumping is not None:
            self._pumping.skip(self._last)
            due = self._pumping.next_time
            self._pump_due = due if due == LATEST else self._free_time(due)

    def _pumped(self, time: int) -> SimulatedPost:
        assert self._pumping is not None
        place, intention = self._pumping.draw()
        poster = self._pumping.posters[place]
        content = self._pump_writer.write(intention.meant, poster, intention.meant.quotes[0].give[0].item)
        self._schedule_pump()
        return SimulatedPost(
            raw_post(poster, content, time),
            intention.meant,
            outlier=True,
            pump=True,
            poster=self.settings.posters + place,
            truths=self._truths(intention),
        )

    def _repost(self, time: int) -> SimulatedPost | None:
        while self._standing and self._standing[0].time < time - REPOST_WITHIN:
            self._standing.popleft()
        if not self._standing:
            return None
        again = self._chance.pick(self._standing)
        content = again.content
        if self._chance.happens(REPHRASED):
            content = self._writer.write(again.meant, again.poster, self._bargainer.topic())
        return SimulatedPost(
            raw_post(again.poster, content, time),
            again.meant,
            again.outlier,
            repost=True,
            poster=again.place,
            truths=again.truths,
        )

    def _schedule(self, post: RawPost, place: int, intention: Intention) -> None:
        chance, poster = self._chance, self._population.posters[place]
        if intention.bargain is not None and chance.happens(self.settings.edits):
            softer = self._intentions.softened(intention.bargain, SOFTENED)
            time = self._time_within(post.timestamp, LATEST_EDIT)
            content = self._writer.write(softer.meant, poster, self._bargainer.topic())
            edit = msgspec.structs.replace(post, content=content, edited_timestamp=time)
            truths = self._truths(softer)
            edited = SimulatedPost(edit, softer.meant, softer.outlier, poster=place, truths=truths)
            heapq.heappush(self._later, (time, edited))
        if chance.happens(self.settings.deletions):
            time = self._time_within(post.timestamp + LATEST_EDIT, LATEST_DELETION)
            deletion = RawDeletion(post.id, post.channel_id, time)
            heapq.heappush(self._later, (time, SimulatedPost(deletion, None)))

    def _time_within(self, start: int, longest: int) -> int:
        return self._free_time(start + SOONEST_CHANGE + int(self._chance.uniform() * longest))


def _pumping(settings: SimulationSettings, model: MarketModel) -> Pumping | None:
    """Make the pump of these settings; raises ValueError for an item that is not traded."""
    pump = settings.pump
    if pump is None:
        return None
    item = model.catalogue.numbers.get(pump.item, -1)
    if item not in model.values:
        raise ValueError(f"no item {pump.item!r} is traded that could be pumped")
    chance = Chance(settings.seed, 5)
    bargainer = Bargainer(model, chance, 0.0, settings.bundle_premium)
    return Pumping(pump, bargainer, item, settings.start, chance)


def _truth(bargainer: Bargainer, bargain: Bargain) -> QuoteTruth:
    """Give what is behind one proposal; sums of values, as whoever reads the quote adds them up."""
    bundled = bargainer.discount(bargain)
    aim = bargain.aim.moved(bundled)
    return QuoteTruth(aim.target, bargainer.asked(bargain) + bundled, aim.spread, aim.noise, bargain.outlier)


def raw_post(poster: Poster, content: str, time: int) -> RawPost:
    """Make a message of a poster's at a time (microseconds), numbered as Discord would."""
    return RawPost(
        id=str((time // MILLISECOND - DISCORD_EPOCH_MS) << _ID_LOW_BITS),
        channel_id=poster.channel_id,
        author_id=poster.author_id,
        timestamp=time,
        content=content,
        server_id=poster.server_id,
        author_created=poster.account_created,
    )


def _first(entry: tuple[int, SimulatedPost]) -> int:
    return entry[0]
