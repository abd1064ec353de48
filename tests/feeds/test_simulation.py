"""The simulated market as a source of posts."""

import hashlib
import math
import statistics
from collections import Counter
from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.events.post_json import account_created
from gpo_market.events.posts import RawDeletion, RawPost
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY, HOUR, snowflake_time
from gpo_market.feeds.bargaining import CLUMSY
from gpo_market.feeds.simulation import (
    REPOST_MEMORY,
    REPOST_WITHIN,
    QuoteTruth,
    SimulatedPost,
    Simulation,
    SimulationSettings,
)

Simulate = Callable[..., Simulation]


def fresh(found: list[SimulatedPost]) -> list[SimulatedPost]:
    """Leave out edits and deletions."""
    return [entry for entry in found if isinstance(entry.event, RawPost) and not entry.event.edited_timestamp]


def test_the_same_settings_give_the_same_posts(simulate: Simulate, start: int) -> None:
    """Two simulations of the same settings post the same, byte for byte, and agree on the truth."""
    left, right = simulate(), simulate()
    assert list(left.written(start + 3 * DAY)) == list(right.written(start + 3 * DAY))
    assert left.true_values() == right.true_values()
    assert list(simulate(seed=8).posts(start + DAY)) != list(simulate().posts(start + DAY))


def test_it_goes_on_where_it_left_off(simulate: Simulate, start: int) -> None:
    """Posts taken in many small steps are the posts taken at once."""
    stepwise = simulate()
    found = [event for hour in range(1, 49) for event in stepwise.posts(start + hour * HOUR)]
    assert found == list(simulate().posts(start + 2 * DAY))


def test_looking_away_in_the_middle_loses_nothing(simulate: Simulate, start: int) -> None:
    """Who stops reading after one post finds the next one when they come back."""
    simulation = simulate()
    first = next(simulation.posts(start + DAY))
    assert [first, *simulation.posts(start + DAY)] == list(simulate().posts(start + DAY))


def test_time_runs_forward_in_whole_milliseconds(simulate: Simulate, start: int) -> None:
    """Events come in order, within the time asked for, no two in one millisecond."""
    times = [entry.time for entry in simulate(posts_per_day=20_000.0).written(start + DAY)]
    assert times == sorted(set(times))
    assert all(time % 1000 == 0 for time in times)
    assert start < times[0]
    assert times[-1] < start + DAY


def test_ids_are_like_discord_s(simulate: Simulate, start: int) -> None:
    """Message ids are numbers, each used once, that tell the time of posting; author ids tell their age."""
    posts = [entry.event for entry in fresh(list(simulate().written(start + 3 * DAY)))]
    assert len({post.id for post in posts}) == len(posts)
    for post in posts:
        assert isinstance(post, RawPost)
        assert snowflake_time(int(post.id)) == post.timestamp
        assert post.author_created == account_created(post.author_id, post.timestamp) > 0
        assert post.channel_id.isdecimal()
        assert post.server_id.isdecimal()


def test_shares_are_those_of_the_settings(simulate: Simulate, start: int) -> None:
    """Posts per day, reposts, deals, asides and outliers come as often as the settings say."""
    found = fresh(list(simulate().written(start + 20 * DAY)))
    assert len(found) == pytest.approx(10_000, rel=0.08)
    count = len(found)
    kinds = Counter(entry.meant.kind for entry in found if entry.meant)
    assert sum(entry.repost for entry in found) / count == pytest.approx(0.30, abs=0.02)
    assert kinds[Kind.DEAL] / count == pytest.approx(0.15, abs=0.02)
    asides = sum(kinds[kind] for kind in (Kind.CHATTER, Kind.QUESTION, Kind.SERVICE, Kind.CASH))
    assert asides / count == pytest.approx(0.08, abs=0.02)
    offers = [entry for entry in found if entry.meant and entry.meant.kind is Kind.OFFER and not entry.repost]
    assert sum(entry.outlier for entry in offers) / len(offers) == pytest.approx(0.10, abs=0.02)


def test_reposts_repeat_an_offer_of_the_same_poster(simulate: Simulate, start: int) -> None:
    """A repost has the poster and the meaning of an offer of the last day, mostly in the same words."""
    seen: dict[tuple[str, str], int] = {}
    same_words = reposts = 0
    for entry in fresh(list(simulate().written(start + 4 * DAY))):
        assert isinstance(entry.event, RawPost)
        key = (entry.event.author_id, repr(entry.meant))
        if entry.repost:
            reposts += 1
            assert entry.time - seen[key] <= REPOST_WITHIN
            same_words += (entry.event.author_id, entry.event.content) in seen
        else:
            seen[key] = entry.time
        seen.setdefault((entry.event.author_id, entry.event.content), entry.time)
    assert 0.7 < same_words / reposts < 1.0


def test_edits_and_deletions_follow_their_post(simulate: Simulate, start: int) -> None:
    """An edit or deletion names an earlier message; an edit keeps all but text and edit time."""
    posts: dict[str, RawPost] = {}
    edits = deletions = 0
    for event in simulate(edits=0.2, deletions=0.2).posts(start + 4 * DAY):
        if isinstance(event, RawDeletion):
            deletions += 1
            assert event.timestamp > posts[event.id].timestamp
            assert event.channel_id == posts[event.id].channel_id
        elif event.edited_timestamp:
            edits += 1
            before = posts[event.id]
            assert event.edited_timestamp > before.timestamp == event.timestamp
            assert event.author_id == before.author_id
        else:
            posts[event.id] = event
    assert edits > 100
    assert deletions > 100


def test_a_quiet_market_has_neither(simulate: Simulate, start: int) -> None:
    """With shares of zero there are no edits, deletions, reposts, asides or deals."""
    simulation = simulate(edits=0.0, deletions=0.0, reposts=0.0, asides=0.0, deals=0.0, outliers=0.0)
    for entry in simulation.written(start + 2 * DAY):
        assert isinstance(entry.event, RawPost)
        assert not entry.event.edited_timestamp
        assert not entry.repost
        assert not entry.outlier
        assert entry.meant is not None
        assert entry.meant.kind is Kind.OFFER


def test_offers_mean_what_values_allow(simulate: Simulate, start: int) -> None:
    """Honest plain offers ask about a tenth more than they give, at the hidden values of their time."""
    simulation = simulate(outliers=0.0, posters=200)
    asked = []
    for entry in simulation.written(start + 5 * DAY):
        if entry.meant is None or entry.meant.kind is not Kind.OFFER or len(entry.meant.quotes) != 1:
            continue
        (quote,) = entry.meant.quotes
        if quote.give and quote.want and not entry.repost:
            values = simulation.model.values
            want, give = (
                sum(leg.quantity * values[leg.item] for leg in side) for side in (quote.want, quote.give)
            )
            asked.append(math.log(want / give))
    assert 0.03 < statistics.median(asked) < 0.18


def test_a_smaller_market_mentions_its_items_alone(simulate: Simulate, start: int) -> None:
    """With fewer items, quotes and truth hold those only, and always the numeraire's."""
    simulation = simulate(items=12)
    traded = set(simulation.model.items)
    assert len(traded) == len(simulation.true_values()) == 12
    assert {money.item for money in simulation.model.catalogue.numeraire} <= traded
    for entry in simulation.written(start + DAY):
        for quote in entry.meant.quotes if entry.meant else ():
            assert {leg.item for leg in (*quote.give, *quote.want)} <= traded


def test_memory_is_that_of_the_present(simulate: Simulate, start: int) -> None:
    """However long it runs, only the latest offers and what is scheduled are held."""
    simulation = simulate(posts_per_day=3000.0)
    for _ in simulation.posts(start + 4 * DAY):
        assert len(simulation._standing) <= REPOST_MEMORY
        assert len(simulation._taken) == len(simulation._later) + 1 < 100


def test_posting_may_begin_later_than_the_market(
    catalogue: Catalogue, reference: Reference, simulate: Simulate, start: int
) -> None:
    """A market entered later has the same hidden values and posters, and other posts."""
    settings = SimulationSettings(7, start)
    late = Simulation(catalogue, reference, settings, posting_from=start + 3 * DAY)
    early = simulate()
    before = list(early.posts(start + 4 * DAY))
    after = list(late.posts(start + 4 * DAY))
    assert late.true_values() == early.true_values()
    assert isinstance(after[0], RawPost)
    assert after[0].timestamp > start + 3 * DAY
    assert {post.author_id for post in after if isinstance(post, RawPost)} & {
        post.author_id for post in before if isinstance(post, RawPost)
    }
    assert not {post.id for post in after if isinstance(post, RawPost)} & {post.id for post in before}


def test_the_pace_can_change(simulate: Simulate, start: int) -> None:
    """From a time on posts come at another rate; what was due before is not posted."""
    simulation = simulate(edits=0.3, deletions=0.3)
    list(simulation.posts(start + DAY))
    simulation.pace(86_400.0, start + 2 * DAY)
    found = list(simulation.written(start + 2 * DAY + HOUR))
    assert found[0].time > start + 2 * DAY
    assert len(fresh(found)) == pytest.approx(3600, rel=0.15)


def test_the_pace_never_goes_back(simulate: Simulate, start: int) -> None:
    """A pace set for a time already passed begins at once, after the last event."""
    simulation = simulate()
    last = list(simulation.written(start + DAY))[-1]
    simulation.pace(500.0, start)
    assert simulation.next_time > last.time


@pytest.mark.parametrize(
    "shares", [{"reposts": 1.0}, {"deals": -0.1}, {"reposts": 0.5, "deals": 0.4, "asides": 0.1}]
)
def test_shares_leave_room_for_offers(start: int, shares: dict[str, float]) -> None:
    """Shares outside 0..1, or that leave no room for offers, are refused."""
    with pytest.raises(ValueError, match="leave room for offers"):
        SimulationSettings(1, start, **shares)  # type: ignore[arg-type] # shares are all floats


def test_the_usual_market_never_changes(simulate: Simulate, start: int) -> None:
    """The posts of the usual settings are those of the first version, byte for byte."""
    digest = hashlib.blake2b(digest_size=16)
    for event in simulate().posts(start + 2 * DAY):
        digest.update(repr(event).encode())
    assert digest.hexdigest() == "b96c19de6f6262749892dd6bbf814080"


def truths(simulation: Simulation, until: int) -> list[QuoteTruth]:
    """Give what is behind every new quote."""
    return [truth for entry in simulation.written(until) if not entry.repost for truth in entry.truths]


def test_every_quote_of_two_sides_comes_with_its_truth(simulate: Simulate, start: int) -> None:
    """Truths stand in the order of the quotes, and tell what these come to at the hidden values."""
    simulation = simulate(edits=0.0, one_sided=0.0)
    for entry in simulation.written(start + 2 * DAY):
        if entry.meant is None:
            assert (entry.poster, entry.truths) == (-1, ())
            continue
        assert 0 <= entry.poster < 400
        assert len(entry.truths) == len(entry.meant.quotes)
        for quote, truth in zip(entry.meant.quotes, entry.truths, strict=True):
            values = simulation.model.values
            want, give = (
                sum(leg.quantity * values[leg.item] for leg in side) for side in (quote.want, quote.give)
            )
            assert entry.repost or truth.asked == pytest.approx(math.log(want / give), abs=1e-9)


def test_honest_quotes_scatter_as_their_truth_says(simulate: Simulate, start: int) -> None:
    """Targets lie around the spread with the noise named, and whole quantities come close to the target."""
    found = [truth for truth in truths(simulate(), start + 20 * DAY) if not truth.outlier]
    scatter = [(truth.target - truth.spread) / truth.noise for truth in found]
    assert statistics.fmean(scatter) == pytest.approx(0.0, abs=0.05)
    assert statistics.stdev(scatter) == pytest.approx(1.0, abs=0.05)
    misses = sorted(abs(truth.asked - truth.target) for truth in found)
    assert misses[len(misses) // 2] < 0.02
    assert misses[int(0.98 * len(misses))] <= CLUMSY


def test_edits_and_reposts_have_their_truth_too(simulate: Simulate, start: int) -> None:
    """An edit asks for about a fourteenth less, and a repost keeps the truth of the first time."""
    first: dict[str, QuoteTruth] = {}
    seen: set[tuple[QuoteTruth, ...]] = set()
    softened = []
    for entry in simulate(edits=0.3).written(start + 4 * DAY):
        if isinstance(entry.event, RawPost) and entry.event.edited_timestamp:
            softened.append(entry.truths[0].target - first[entry.event.id].target)
        elif entry.repost:
            assert entry.truths in seen
        elif entry.truths:
            first[entry.event.id] = entry.truths[0]
        seen.add(entry.truths)
    assert statistics.median(softened) == pytest.approx(math.log(0.93))


def test_bundles_count_for_less_than_their_sum(simulate: Simulate, start: int) -> None:
    """With a bundle premium, who takes m lines for one asks for premium log m more of them."""
    asked: dict[int, list[float]] = {1: [], 2: [], 3: []}
    simulation = simulate(bundle_premium=0.2, outliers=0.0, edits=0.0, deals=0.0)
    for entry in simulation.written(start + 20 * DAY):
        for quote, truth in zip(entry.meant.quotes if entry.meant else (), entry.truths, strict=False):
            if len(quote.give) == 1 and len(quote.want) in asked and not quote.want_adds:
                asked[len(quote.want)].append(truth.asked)
    for lines in (2, 3):
        premium = statistics.median(asked[lines]) - statistics.median(asked[1])
        assert premium == pytest.approx(0.2 * math.log(lines), abs=0.06)


@pytest.mark.parametrize("premium", [-0.1, 1.0])
def test_a_premium_lies_between_nothing_and_all(start: int, premium: float) -> None:
    """Bundles cannot be worth more than their sum here, nor nothing."""
    with pytest.raises(ValueError, match="a bundle premium lies in 0"):
        SimulationSettings(1, start, bundle_premium=premium)
