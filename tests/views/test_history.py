"""Hourly history."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.events.time import HOUR, MINUTE
from gpo_market.events.updates import ValueMoved
from gpo_market.views.history import KEPT_HOURS, HourlyHistory, _rounded

MakeMove = Callable[..., ValueMoved]
START = 490_000


def noted(history: HourlyHistory, time: int, *states: ValueMoved) -> None:
    """Let time pass, then note a value per item, in order."""
    history.reach(time)
    for item, state in enumerate(states):
        history.note(item, state)


def test_an_hour_holds_the_values_as_of_its_end(moved: MakeMove) -> None:
    """What changes within an hour stands in that hour's row as it was last, and in no earlier one."""
    history = HourlyHistory(1)
    noted(history, START * HOUR + MINUTE, moved("pika", 7.0))
    noted(history, START * HOUR + 2 * MINUTE, moved("pika", 8.0))
    noted(history, (START + 1) * HOUR, moved("pika", 9.0))
    noted(history, (START + 1) * HOUR + MINUTE, moved("pika", 10.0))
    noted(history, (START + 2) * HOUR, moved("pika", 11.0))
    assert [(at.hour, at.value) for at in history.series(0)] == [(START, 8.0), (START + 1, 10.0)]


def test_the_first_hour_begins_where_the_market_does(moved: MakeMove) -> None:
    """Hours before the first update are not made up."""
    history = HourlyHistory(1)
    assert history.series(0) == []
    noted(history, START * HOUR + 30 * MINUTE, moved("pika", 8.0))
    assert history.series(0) == []


def test_a_quiet_stretch_repeats_what_was_known_then(moved: MakeMove) -> None:
    """Hours without updates hold the value as it stood, low, high and count too."""
    history = HourlyHistory(1)
    noted(history, START * HOUR, moved("pika", 8.0))
    history.reach((START + 3) * HOUR)
    assert [at[1:] for at in history.series(0)] == [(8.0, 7.2, 8.8, 3)] * 3


def test_what_nothing_supports_stays_empty(moved: MakeMove) -> None:
    """An item without a value has none in its history; its count of quotes is kept."""
    history = HourlyHistory(2)
    noted(history, START * HOUR, moved("pika", None))
    history.reach((START + 1) * HOUR)
    assert history.series(0)[0][1:] == (None, None, None, 3)
    assert history.series(1)[0][1:] == (None, None, None, 0)


def test_an_item_can_lose_its_value(moved: MakeMove) -> None:
    """When its reference is removed, later hours are empty again."""
    history = HourlyHistory(1)
    noted(history, START * HOUR, moved("pika", 8.0))
    noted(history, (START + 1) * HOUR, moved("pika", None))
    history.reach((START + 2) * HOUR)
    assert [at.value for at in history.series(0)] == [8.0, None]


def test_time_does_not_go_back(moved: MakeMove) -> None:
    """An earlier time changes nothing."""
    history = HourlyHistory(1)
    noted(history, (START + 1) * HOUR, moved("pika", 8.0))
    history.reach(START * HOUR)
    assert history.series(0) == []


def test_ninety_days_are_kept(moved: MakeMove) -> None:
    """Older hours make room, however long the silence was."""
    history = HourlyHistory(1)
    noted(history, START * HOUR, moved("pika", 8.0))
    noted(history, (START + 10) * HOUR, moved("pika", 9.0))
    end = START + 10 + 3 * KEPT_HOURS
    history.reach(end * HOUR)
    series = history.series(0)
    assert (len(series), series[0].hour, series[-1].hour) == (KEPT_HOURS, end - KEPT_HOURS, end - 1)
    assert {at.value for at in series} == {9.0}


def test_new_items_have_no_past(moved: MakeMove) -> None:
    """A longer list makes room; growing to what is there changes nothing."""
    history = HourlyHistory(1)
    noted(history, START * HOUR, moved("pika", 8.0))
    history.reach((START + 1) * HOUR)
    history.grow(2)
    history.grow(1)
    noted(history, (START + 1) * HOUR, moved("pika", 9.0), moved("mythic-chest", 3.0))
    history.reach((START + 2) * HOUR)
    assert history.items == 2
    assert [at.value for at in history.series(0)] == [8.0, 9.0]
    assert [at.value for at in history.series(1)] == [None, 3.0]


def test_the_newest_values_are_padded_where_hours_are_missing(moved: MakeMove) -> None:
    """A young market's trend begins with nothing."""
    history = HourlyHistory(1)
    assert history.newest_values(2) == [[None, None]]
    noted(history, START * HOUR, moved("pika", 8.0))
    history.reach((START + 2) * HOUR)
    assert history.newest_values(4) == [[None, None, 8.0, 8.0]]


def test_a_dump_gives_the_same_history_again(moved: MakeMove) -> None:
    """Loaded, it goes on like the one that was dumped, with what was noted within the hour."""
    history = HourlyHistory(2)
    noted(history, START * HOUR, moved("pika", 8.0))
    noted(history, (START + 5) * HOUR, moved("pika", 9.0))
    again = HourlyHistory.load(history.dump())
    for each in (history, again):
        each.reach((START + 6) * HOUR)
    assert [at.value for at in history.series(0)] == [8.0] * 5 + [9.0]
    assert again.series(0) == history.series(0)


@given(st.lists(st.floats(1e-6, 1e12), min_size=1, max_size=20))
def test_stored_values_come_back_with_six_true_digits(values: list[float]) -> None:
    """Storing as float32 costs less than one part in a hundred thousand."""
    stored = np.array(values, dtype=np.float32)
    assert _rounded(stored).tolist() == pytest.approx(values, rel=1e-5)


def test_round_numbers_come_back_exactly() -> None:
    """A chart shows 53.6, not 53.599998474."""
    stored = np.array([53.6, 0.3, 1234.5, 0.001], dtype=np.float32)
    assert _rounded(stored).tolist() == [53.6, 0.3, 1234.5, 0.001]


def test_items_that_are_one_fill_each_others_gaps(moved: MakeMove) -> None:
    """An hour in which the item had no value tells that of the one merged into it; its own goes first."""
    history = HourlyHistory(2)
    noted(history, START * HOUR, moved("pika", None), moved("pikka", 5.0))
    noted(history, (START + 1) * HOUR, moved("pika", 8.0), moved("pikka", 6.0))
    history.reach((START + 2) * HOUR)
    assert [at.value for at in history.known_together(0, [1])] == [5.0, 8.0]
    assert [at.value for at in history.known_together(0, [])] == [None, 8.0]
