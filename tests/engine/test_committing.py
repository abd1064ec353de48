"""Which thread commits: the loop's own in a quiet moment on a quick disk, else the journal's."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

import pytest

from gpo_market.engine.committing import (
    MOST_AT_ONCE,
    QUIET_SECONDS,
    REST_SECONDS,
    SLOW_SECONDS,
    QuietCommits,
)
from gpo_market.events.facts import ClockTicked
from gpo_market.events.log import Lane, Receipt, Submission

T = TypeVar("T")

TICK = ClockTicked(0, 1, 1)
PLACE = (1, 7)


class Disk:
    """A writer whose commits take as long as the test says, on a clock that the test moves."""

    pending = 0

    def __init__(self) -> None:
        self.now = 100.0
        self.takes = 0.0
        self.error: Exception | None = None
        self.commits: list[tuple[int, int, tuple[int, int]]] = []

    def clock(self) -> float:
        """Give the time."""
        return self.now

    def commit_now(
        self, submissions: Sequence[Submission], received_time: int, place: tuple[int, int]
    ) -> list[Receipt] | None:
        """Commit, slowly or not at all."""
        self.now += self.takes
        self.commits.append((len(submissions), received_time, place))
        if self.error is not None:
            raise self.error
        return [Receipt(place[1] + 1, None)]

    def start(
        self, on_commit: Callable[[list[Receipt]], None], on_failure: Callable[[Exception], None]
    ) -> None:
        """Nobody starts it."""
        raise NotImplementedError

    def submit(
        self, submissions: Sequence[Submission], lane: Lane, received_time: int
    ) -> Future[list[Receipt]]:
        """Nobody submits to it."""
        raise NotImplementedError

    def call(self, work: Callable[[], T]) -> Future[T]:
        """Nobody calls it."""
        raise NotImplementedError

    def find_room(self) -> Future[None]:
        """Nobody asks it."""
        raise NotImplementedError

    def stop(self) -> None:
        """Nobody stops it."""
        raise NotImplementedError


@pytest.fixture
def disk() -> Disk:
    """Give a quick disk."""
    return Disk()


@pytest.fixture
def commits(disk: Disk) -> QuietCommits:
    """Give commits onto it."""
    return QuietCommits(disk, disk.clock)


def test_a_lone_post_is_committed_at_once(disk: Disk, commits: QuietCommits) -> None:
    """What the writer gives is given on, and it is told all it must know."""
    assert commits.commit([TICK], 5, PLACE) == [Receipt(8, None)]
    assert disk.commits == [(1, 5, PLACE)]


def test_posts_in_a_rush_are_left_to_the_thread(disk: Disk, commits: QuietCommits) -> None:
    """It groups them; a moment later the next lone post is committed at once again."""
    commits.commit([TICK], 5, PLACE)
    disk.now += QUIET_SECONDS / 2
    assert commits.commit([TICK], 5, PLACE) is None
    disk.now += QUIET_SECONDS
    assert commits.commit([TICK], 5, PLACE) is not None
    assert len(disk.commits) == 2


def test_many_at_once_are_left_to_the_thread(disk: Disk, commits: QuietCommits) -> None:
    """They would hold the loop up."""
    assert commits.commit([TICK] * (MOST_AT_ONCE + 1), 5, PLACE) is None
    assert commits.commit([TICK] * MOST_AT_ONCE, 5, PLACE) is not None
    assert [count for count, _, _ in disk.commits] == [MOST_AT_ONCE]


@pytest.mark.parametrize("error", [None, OSError("no")])
def test_the_loop_waits_for_a_slow_disk_once_in_a_while(
    disk: Disk, commits: QuietCommits, error: Exception | None
) -> None:
    """Whether what was slow went well or not."""
    disk.takes, disk.error = SLOW_SECONDS * 1.5, error
    if error is None:
        commits.commit([TICK], 5, PLACE)
    else:
        with pytest.raises(OSError, match="no"):
            commits.commit([TICK], 5, PLACE)
    disk.takes, disk.error = 0.0, None
    disk.now += REST_SECONDS * 0.9
    assert commits.commit([TICK], 5, PLACE) is None
    disk.now += REST_SECONDS * 0.2
    assert commits.commit([TICK], 5, PLACE) is not None
