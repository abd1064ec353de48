"""The histogram of pauses."""

from hypothesis import given
from hypothesis import strategies as st

from gpo_market.engine.pauses import PauseHistogram, Pauses


def test_without_pauses_all_is_zero() -> None:
    """Nothing is made up."""
    assert PauseHistogram().told() == Pauses(0, 0.0, 0.0, 0.0)


def test_a_rare_long_pause_is_the_longest_and_not_the_median() -> None:
    """Percentiles are told apart."""
    histogram = PauseHistogram()
    for _ in range(999):
        histogram.note(0.001)
    histogram.note(0.3)
    told = histogram.told()
    assert (told.count, told.longest_ms) == (1_000, 300.0)
    assert 1.0 <= told.p50_ms <= told.p99_ms <= 1.2


@given(st.lists(st.floats(0, 100), min_size=1, max_size=200))
def test_percentiles_bound_the_true_ones_from_above(pauses: list[float]) -> None:
    """By a fifth at most, within the histogram's range, and never beyond the longest."""
    histogram = PauseHistogram()
    for pause in pauses:
        histogram.note(pause)
    told = histogram.told()
    ordered = sorted(pauses)
    median = ordered[(len(ordered) + 1) // 2 - 1]
    if 10e-6 <= median <= 8:
        assert median * 999.9 <= told.p50_ms + 0.001
        assert told.p50_ms <= median * 1_200.1 + 0.001
    assert told.count == len(pauses)
    assert told.p50_ms <= told.p99_ms <= told.longest_ms
