"""Second thoughts about doubtful quotes."""

from math import log

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gpo_market.events.time import DAY
from gpo_market.market import hindsight
from gpo_market.market.bank import FilterBank
from gpo_market.market.covariance import glance
from gpo_market.market.hindsight import (
    DOUBTFUL_FROM,
    DOUBTFUL_TO,
    MOST_SITES,
    OLDEST_DAYS,
    SITES_PER_ITEM,
    reconsider,
    remember,
)
from gpo_market.market.layout import CAPPED, FILTERS, MEAN, OPEN_FILTERS, SITE_LEGS, STATES_BEFORE, Floats
from gpo_market.market.mixture import AT_MOST, EQUAL
from tests.market.banks import (
    asking,
    blank_quote,
    covariance_of,
    covariances,
    is_sound,
    make_bank,
    make_legs,
)

LEGS = make_legs({1: 1.0}, {0: 6.0})
NONE_NEWER = MOST_SITES * 10


def told(
    bank: FilterBank, price: float, *, poster: int = 0, days: float = 0.0, relation: int = EQUAL
) -> float:
    """Let somebody ask item 1 for so many of item 0; give the weight."""
    bank.advance(bank.time + int(days * DAY))
    return bank.learn(make_legs({1: 1.0}, {0: price}), asking(poster, relation=relation)).weight


def price_of(bank: FilterBank, *, capped: bool = False) -> float:
    """Give the log of item 1's value in item 0, and how unsure it is."""
    return bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=capped)[0]


def kept_numbers(bank: FilterBank, item: int) -> list[int]:
    """Give the numbers of the quotes that are kept about an item."""
    return sorted(int(number) for number in bank.arrays.kept.numbers[item] if number >= 0)


def without_hindsight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no quotes."""
    monkeypatch.setattr(hindsight, "DOUBTFUL_FROM", 2.0)


@pytest.mark.parametrize(
    ("weight", "kept"),
    [(DOUBTFUL_FROM, 0), (DOUBTFUL_FROM + 0.01, 1), (DOUBTFUL_TO - 0.01, 1), (DOUBTFUL_TO, 0)],
)
def test_only_doubtful_quotes_are_kept(weight: float, kept: int) -> None:
    """What was surely meant, or surely not, needs no second thought."""
    bank = make_bank([0.0, 0.0], 1.0)
    bank.arrays.heads["prior"], bank.arrays.jacobians[:, :4] = 1.0, (1.0, -1.0, -1.0, 0.0)
    remember(bank.arrays, LEGS, blank_quote(weight=weight))
    assert bank.arrays.kept.ever[0] == kept
    assert kept_numbers(bank, 0) == kept_numbers(bank, 1) == [0][:kept]


def test_a_quote_of_too_many_items_is_not_kept() -> None:
    """A site holds so many legs and no more."""
    bank = make_bank([0.0] * (SITE_LEGS + 2), 1.0)
    many = make_legs(dict.fromkeys(range(1, SITE_LEGS + 1), 1.0), {0: 6.0})
    remember(bank.arrays, many, blank_quote(weight=0.5))
    assert bank.arrays.kept.ever[0] == 0


def test_what_is_kept_is_what_the_step_added() -> None:
    """Along its Jacobian, the site times the belief before is the belief after, in each filter."""
    bank = make_bank([0.0, 0.0], 1.0)
    before = [covariance.copy() for covariance in covariances(bank)]
    means = bank.arrays.filters[:, MEAN].copy()
    told(bank, 5.0)
    site = bank.arrays.kept.sites[0]
    for place in range(FILTERS):
        positions, along = site.positions[:4], np.array(site.jacobian[place, :4])
        prior, after = (
            float(along @ covariance[np.ix_(positions, positions)] @ along)
            for covariance in (before[place], covariances(bank)[place])
        )
        assert site.precision[place] == pytest.approx(1.0 / after - 1.0 / prior, rel=1e-9)
        levels = along @ means[place, positions], along @ bank.arrays.filters[place, MEAN, positions]
        assert site.pull[place] == pytest.approx(levels[1] / after - levels[0] / prior, rel=1e-9)


def test_the_index_of_an_item_keeps_the_newest() -> None:
    """An item's oldest number makes room."""
    bank = make_bank([0.0, 0.0], 1.0)
    bank.arrays.heads["prior"], bank.arrays.jacobians[:, :4] = 1.0, (1.0, -1.0, -1.0, 0.0)
    for _ in range(SITES_PER_ITEM + 3):
        remember(bank.arrays, LEGS, blank_quote(weight=0.5))
    assert kept_numbers(bank, 1) == list(range(3, SITES_PER_ITEM + 3))


def state_of(bank: FilterBank) -> tuple[Floats, list[Floats]]:
    """Give all means and covariances."""
    return bank.arrays.filters[:, MEAN].copy(), covariances(bank)


@settings(max_examples=30)
@given(st.floats(0.3, 3.0), st.floats(0.05, 0.8), st.sampled_from([EQUAL, AT_MOST]), st.integers(0, 2))
def test_in_an_unchanged_world_a_second_thought_changes_nothing(
    price: float, deviation: float, relation: int, poster: int
) -> None:
    """A site, taken out and put back into what it left, leaves all as it was."""
    bank = make_bank([0.0, 0.0], deviation)
    told(bank, price, relation=relation, poster=poster)
    before = state_of(bank)
    site = bank.arrays.kept.sites[0]
    assume(bool(bank.arrays.kept.ever[0]))
    hindsight._revise(bank.arrays, site, bank.time)
    after = state_of(bank)
    assert np.allclose(after[0], before[0], atol=1e-6)
    for one, other in zip(after[1], before[1], strict=True):
        assert np.allclose(one, other, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("price", "deviation"), [(1.7, 0.3), (0.5, 0.3), (6.0, 1.0), (0.2, 1.0), (1.2, 0.1)])
def test_nothing_is_judged_again_where_nothing_changed(price: float, deviation: float) -> None:
    """The likeliest filter would follow a quote that it believed as it did."""
    bank = make_bank([0.0, 0.0], deviation)
    assert told(bank, price) > 0.5
    quote = blank_quote(time=bank.time)
    reconsider(bank.arrays, LEGS, quote, NONE_NEWER)
    assert quote.revisits == 0


def test_two_first_quotes_that_agree_make_it_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each tells of the other that it was meant: the value is surer than without second thoughts."""
    variances = []
    for thinks in (True, False):
        if not thinks:
            without_hindsight(monkeypatch)
        bank = make_bank([0.0, 0.0])
        bank.reset(0, 0.0, 0.02)
        told(bank, 1.0 / 40.0, poster=1)
        told(bank, 1.0 / 40.0, poster=2)
        variances.append(bank.compare(make_legs({1: 1.0}, {0: 1.0}), capped=False)[1])
    assert variances[0] < 0.8 * variances[1]


def test_a_first_quote_that_was_a_lowball_is_unlearned() -> None:
    """It is followed where nothing else is known, and taken for what it was when honest ones follow."""
    bank = make_bank([0.0, 0.0])
    bank.reset(0, 0.0, 0.02)
    for poster, factor in enumerate((2.2, 1.0, 1.03, 0.97, 1.0), 1):
        told(bank, factor * 0.05, poster=poster)
        if poster == 1:
            assert abs(price_of(bank) - log(2.2 * 0.05)) < 0.2
    assert abs(price_of(bank) - log(0.05)) < 0.2


def test_a_lowball_among_the_first_is_doubted_by_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two quotes that agree outvote a third at once, which would count without second thoughts."""
    off = []
    for thinks in (True, False):
        if not thinks:
            without_hindsight(monkeypatch)
        bank = make_bank([0.0, 0.0])
        bank.reset(0, 0.0, 0.02)
        for poster, factor in enumerate((1.0, 1.0, 2.2), 1):
            told(bank, factor * 0.05, poster=poster)
        off.append(abs(price_of(bank) - log(0.05)))
    assert off[0] < 0.2 < off[1]


@pytest.mark.parametrize("most", [1, 2, 9])
def test_only_so_many_are_judged_again_at_once(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """The time that one quote takes is bounded, and it says how many it stirred."""
    monkeypatch.setattr(hindsight, "MOST_REVISITS", most)
    bank = make_bank([0.0, 0.0])
    stirred = []
    for number, factor in enumerate((2.2, 0.5, 1.0, 2.2, 1.0, 1.0, 0.4, 1.0, 1.1)):
        told(bank, 20.0 * factor, poster=1 + number)
        stirred.append(int(bank._quote[0].revisits))
    assert max(stirred) == min(most, 2)
    assert stirred[0] == 0


def test_what_a_quote_itself_left_is_not_judged_by_it() -> None:
    """Second thoughts are about earlier quotes alone."""
    bank = make_bank([0.0, 0.0])
    told(bank, 20.0)
    for rows in bank.arrays.filters[:OPEN_FILTERS]:
        rows[MEAN, STATES_BEFORE + 1] += 0.25
    quote = blank_quote(time=bank.time)
    reconsider(bank.arrays, LEGS, quote, 0)
    assert quote.revisits == 0


@pytest.mark.parametrize("why", ["old", "jumped", "overwritten"])
def test_what_says_nothing_any_more_is_passed_over(why: str) -> None:
    """What is too old, or from before a jump, leaves the index; what the ring gave away is gone."""
    bank = make_bank([0.0, 0.0])
    told(bank, 20.0)
    assert kept_numbers(bank, 1) == [0]
    now = bank.time
    if why == "old":
        now += int((OLDEST_DAYS + 1) * DAY)
    elif why == "jumped":
        bank.arrays.kept.sites[0].jumped = True
    else:
        bank.arrays.kept.ever[0] = MOST_SITES + 1
    quote = blank_quote(time=now)
    reconsider(bank.arrays, LEGS, quote, NONE_NEWER)
    assert quote.revisits == 0
    assert kept_numbers(bank, 1) == ([0] if why == "overwritten" else [])


def test_a_site_that_was_outvoted_or_holds_nearly_all_stays() -> None:
    """Neither can be told from the rest: taking it out would shake the beliefs."""
    bank = make_bank([0.0, 0.0])
    told(bank, 20.0)
    site, before = bank.arrays.kept.sites[0], state_of(bank)
    for precision, shift in ((1e6, 0.0), (float(site.precision[0]), 50.0)):
        site.precision[:] = precision
        for rows in bank.arrays.filters:
            rows[MEAN, STATES_BEFORE + 1] += shift
        means = bank.arrays.filters[:, MEAN].copy()
        hindsight._revise(bank.arrays, site, bank.time)
        assert np.array_equal(bank.arrays.filters[:, MEAN], means)
    assert len(before[1]) == FILTERS


def test_a_site_that_time_has_worn_off_says_too_little() -> None:
    """Where the items have walked further than they are known, it is left alone."""
    bank = make_bank([0.0, 0.0], 0.5)
    told(bank, 1.2)
    site = bank.arrays.kept.sites[0]
    rows, head = bank.arrays.filters[0], bank.arrays.heads[0]
    late = bank.time + 40_000 * DAY
    assert not hindsight._take_out(rows, head, bank.arrays.jacobians[0], site, 0, late)


def test_a_quote_that_became_absurd_is_left_alone() -> None:
    """One that is now further off than any belief is judged no more."""
    bank = make_bank([0.0, 0.0])
    told(bank, 20.0)
    site = bank.arrays.kept.sites[0]
    site.precision[:] = site.pull[:] = 0.0
    for rows in bank.arrays.filters:
        rows[MEAN, STATES_BEFORE + 1] += 100.0
    rows, head = bank.arrays.filters[0], bank.arrays.heads[0]
    assert not hindsight._take_out(rows, head, bank.arrays.jacobians[0], site, 0, bank.time)


def test_the_twin_thinks_again_only_of_what_it_was_told() -> None:
    """A quote that its poster might not say any more has no site in the twin."""
    bank = make_bank([0.0, 0.0], 0.1)
    told(bank, 1.6, poster=1)
    site = bank.arrays.kept.sites[0]
    site.allowed = 0.0
    site.noise *= 10.0
    before = bank.arrays.filters[:, MEAN].copy()
    hindsight._revise(bank.arrays, site, bank.time)
    assert np.array_equal(bank.arrays.filters[CAPPED, MEAN], before[CAPPED])
    assert not np.array_equal(bank.arrays.filters[0, MEAN], before[0])


def test_time_wears_a_site_off() -> None:
    """The older a quote, the less of it counts when it is judged again."""
    bank = make_bank([0.0, 0.0], 0.1)
    told(bank, 1.6, poster=1)
    site, rows, head = bank.arrays.kept.sites[0], bank.arrays.filters[0], bank.arrays.heads[0]
    faded = []
    for days in (0, 1, 3):
        assert hindsight._take_out(rows, head, bank.arrays.jacobians[0], site, 0, bank.time + days * DAY)
        faded.append(float(head.faded))
    assert 1.0 == faded[0] > faded[1] > faded[2] > 0.0


@settings(max_examples=15)
@given(st.lists(st.tuples(st.floats(-3.0, 3.0), st.integers(0, 5), st.floats(0.0, 5.0)), max_size=25))
def test_second_thoughts_keep_the_state_sound(quotes: list[tuple[float, int, float]]) -> None:
    """However quotes contradict each other, covariances stay symmetric and positive definite."""
    bank = make_bank([0.0, 0.0, 0.0])
    for shift, poster, days in quotes:
        bank.advance(bank.time + int(days * DAY))
        legs = make_legs({1 + poster % 2: 1.0}, {0: float(np.exp(shift))})
        bank.learn(legs, asking(poster))
    assert is_sound(bank)


def test_a_site_along_its_jacobian_has_the_variance_that_the_filter_has() -> None:
    """What is gathered through waiting gains is the dense covariance's."""
    bank = make_bank([0.0, 0.0])
    told(bank, 20.0)
    rows, head, site = bank.arrays.filters[2], bank.arrays.heads[2], bank.arrays.kept.sites[0]
    along = np.array(site.jacobian[2, :4])
    positions = np.array(site.positions[:4])
    dense = covariance_of(rows, head)[np.ix_(positions, positions)]
    assert glance(rows, head, positions, along, 4) == pytest.approx(float(along @ dense @ along), rel=1e-9)
