"""When items were last quoted."""

from gpo_market.events.time import DAY
from gpo_market.market.recency import STALE_DAYS, Recency


def recency(items: int) -> Recency:
    """Make one over so many items."""
    made = Recency()
    made.adopt(range(items))
    return made


def test_an_item_is_stale_after_thirty_days() -> None:
    """Whole days count from the newest quote; an item that nobody ever quoted is not stale but unknown."""
    made = recency(3)
    made.note((0, 1), 5 * DAY)
    made.note((1,), 9 * DAY)
    made.note((1,), 2 * DAY)
    assert made.stale(range(3), (4 + STALE_DAYS) * DAY) == {}
    assert made.stale(range(3), (5 + STALE_DAYS) * DAY + 7) == {0: STALE_DAYS}
    assert made.stale((1, 2), (9 + STALE_DAYS) * DAY) == {1: STALE_DAYS}


def test_a_merge_takes_the_newer_of_both() -> None:
    """A survivor was quoted when the item merged into it was."""
    made = recency(2)
    made.note((1,), 50 * DAY)
    made.adopt((0, 0, 2))
    assert made.stale((0, 2), 80 * DAY) == {0: 30}


def test_it_survives_a_dump() -> None:
    """A loaded one tells the same."""
    made = recency(2)
    made.note((1,), DAY)
    loaded = Recency.load(made.dump())
    assert loaded.stale((0, 1), 90 * DAY) == made.stale((0, 1), 90 * DAY) == {1: 89}
