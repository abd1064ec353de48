"""What to add to make a trade fair."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.readings import Kind, Leg
from gpo_market.market.adjusting import MOST_KINDS, MOST_PIECES, Adjustment, adjust
from gpo_market.market.chances import FAIR_BAND
from gpo_market.market.mixture import EQUAL
from gpo_market.market.valuation import Circumstances, Valuation
from gpo_market.market.verdict import judge
from tests.market.conftest import make_list

NOBODY = Circumstances(poster=0, account_week=-1, time=0)
LC, MC, ASE, HAT, BOAT, RELIC = range(6)
WORTH = {MC: 8.0, ASE: 54.0, HAT: 20.0, BOAT: 31.0}

Side = tuple[Leg, ...]


def valued(change: tuple[int, ...], worth: dict[int, float]) -> Valuation:
    """Make a market in which items are surely worth so much of LC, and people pay with ``change``."""
    made = Valuation()
    made.adopt(replace(make_list(6), change=change))
    for _ in range(80):
        for item, value in worth.items():
            for give, want in (
                ((Leg(LC, value),), (Leg(item, 1.0),)),
                ((Leg(item, 1.0),), (Leg(LC, value),)),
            ):
                terms = made.terms(give, want)
                assert terms is not None
                made.observe(terms, Kind.DEAL, EQUAL, NOBODY)
    made.refresh()
    return made


@pytest.fixture(scope="module")
def valuation() -> Valuation:
    """Give a market of LC, MC and ASE, which people pay with, a hat, a boat, and a relic nobody knows."""
    return valued((ASE, MC, LC), WORTH)


def adjusted(
    valuation: Valuation, give: Side, get: Side, stale: dict[int, int] | None = None
) -> Adjustment | None:
    """Judge a trade and say what would make it fair."""
    stale = stale or {}
    return adjust(valuation, give, get, judge(valuation, give, get, stale), stale)


def pile(adjustment: Adjustment | None) -> tuple[str, dict[int, float]] | None:
    """Write who adds how much of what."""
    if adjustment is None:
        return None
    return adjustment.side, {leg.item: leg.quantity for leg in adjustment.legs}


@pytest.mark.parametrize(
    ("give", "get", "expected"),
    [
        ((Leg(BOAT, 1.0),), (Leg(HAT, 1.0),), ("they", {MC: 1.0, LC: 3.0})),
        ((Leg(HAT, 1.0),), (Leg(BOAT, 1.0),), ("you", {MC: 1.0, LC: 3.0})),
        ((Leg(HAT, 1.0),), (Leg(ASE, 1.0), Leg(HAT, 1.0)), ("you", {MC: 6.0, LC: 6.0})),
        ((Leg(ASE, 2.0),), (Leg(ASE, 1.0),), ("they", {MC: 6.0, LC: 6.0})),
        ((Leg(MC, 6.0), Leg(LC, 3.0)), (Leg(HAT, 1.0),), ("they", {BOAT: 1.0})),
        ((Leg(HAT, 1.0),), (Leg(HAT, 1.0),), None),
    ],
    ids=["a loss", "a win", "a big win", "what you give goes one way", "one item", "already fair"],
)
def test_whoever_does_better_adds(
    valuation: Valuation, give: Side, get: Side, expected: tuple[str, dict[int, float]] | None
) -> None:
    """In a loss they add, in a win you do, in pieces of change that fit; a fair trade needs nothing."""
    assert pile(adjusted(valuation, give, get)) == expected


def test_the_trade_is_fair_with_it(valuation: Valuation) -> None:
    """The judgement that comes along is that of the trade with what was added."""
    found = adjusted(valuation, (Leg(BOAT, 1.0),), (Leg(HAT, 1.0),))
    assert found is not None
    assert found.after == judge(valuation, (Leg(BOAT, 1.0),), (Leg(HAT, 1.0), *found.legs))
    assert found.after.verdict == "fair"


def test_one_item_is_proposed_where_change_is_too_coarse() -> None:
    """Where the smallest change is too dear, an item that fits makes the trade fair."""
    coarse = valued((ASE,), WORTH)
    assert pile(adjusted(coarse, (Leg(BOAT, 1.0),), (Leg(MC, 1.0), Leg(LC, 3.0)))) == ("they", {HAT: 1.0})
    assert adjusted(coarse, (Leg(BOAT, 1.0),), (Leg(HAT, 1.0),)) is None


def test_what_was_not_quoted_for_long_is_not_proposed(valuation: Valuation) -> None:
    """Change that may be worth something else by now makes no trade fair."""
    found = adjusted(valuation, (Leg(BOAT, 1.0),), (Leg(HAT, 1.0),), {MC: 90})
    assert pile(found) == ("they", {LC: 11.0})


@pytest.mark.parametrize(
    ("give", "get"),
    [
        ((Leg(RELIC, 1.0),), (Leg(HAT, 1.0),)),
        ((Leg(HAT, 1.0),), ()),
        ((Leg(ASE, 1e6),), (Leg(LC, 1.0),)),
    ],
    ids=["no value", "open", "more than anybody counts out"],
)
def test_where_nothing_can_be_told_nothing_is_proposed(valuation: Valuation, give: Side, get: Side) -> None:
    """Without a value for everything, or with too much to add, there is no proposal."""
    assert adjusted(valuation, give, get) is None


def test_an_unsure_trade_that_leans_gets_a_proposal(valuation: Valuation) -> None:
    """When no class reaches one half, the side that is twice as likely to do better adds."""
    give, get = (Leg(BOAT, 1.0),), (Leg(HAT, 1.0),)
    judged = judge(valuation, give, get)
    leaning = replace(judged, verdict="uncertain", win=0.2, fair=0.35, lose=0.45)
    assert pile(adjust(valuation, give, get, leaning, {})) == ("they", {MC: 1.0, LC: 3.0})
    undecided = replace(judged, verdict="uncertain", win=0.3, fair=0.3, lose=0.4)
    assert adjust(valuation, give, get, undecided, {}) is None


def test_a_size_premium_is_what_fair_means(valuation: Valuation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where 10 % more is usual for one big item, that much is asked for it and no more."""
    monkeypatch.setattr(
        Valuation, "size_premium", lambda _valuation, _give, get: 0.1 if len(get) == 1 else 0.0
    )
    assert adjusted(valuation, (Leg(MC, 7.0),), (Leg(ASE, 1.0),)) is None
    found = adjusted(valuation, (Leg(HAT, 1.0),), (Leg(BOAT, 1.0),))
    assert found is not None
    assert found.after.edge is not None
    assert abs(found.after.edge + 0.1) < 0.02


SIDES = st.lists(
    st.builds(Leg, st.sampled_from([LC, MC, ASE, HAT, BOAT]), st.integers(1, 9).map(float)),
    min_size=1,
    max_size=3,
    unique_by=lambda leg: leg.item,
).map(tuple)
MARKET = valued((ASE, MC, LC), WORTH)


@given(SIDES, SIDES)
def test_a_proposal_always_makes_the_trade_fair(give: Side, get: Side) -> None:
    """Whatever is proposed is tidy, never goes both ways, and brings the edge inside the fair band."""
    found = adjusted(MARKET, give, get)
    if found is None:
        return
    assert 1 <= len(found.legs) <= MOST_KINDS
    assert all(1.0 <= leg.quantity <= MOST_PIECES for leg in found.legs)
    opposite = {leg.item for leg in (get if found.side == "you" else give)}
    assert not opposite & {leg.item for leg in found.legs}
    assert found.after.edge is not None
    assert abs(found.after.edge) <= FAIR_BAND
