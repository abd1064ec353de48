"""Whoever follows a journal is woken by a commit, and by its end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from gpo_market.events.facts import ClockTicked, Fact
from gpo_market.journal.following import CommitSignal, follow

PATIENCE = 30
"""Seconds after which a test that nobody wakes fails."""


def test_nobody_waits_for_what_is_there() -> None:
    """A fact behind the place asked for is there at once, also when the journal is closed."""
    signal = CommitSignal(3)
    assert signal.wait_beyond(2)
    signal.close()
    assert signal.wait_beyond(2)
    assert not signal.wait_beyond(3)


def test_a_commit_wakes_all_who_wait() -> None:
    """Several may wait; those who need a later fact wait on."""
    signal = CommitSignal(0)
    with ThreadPoolExecutor(3) as pool:
        near = [pool.submit(signal.wait_beyond, 0) for _ in range(2)]
        far = pool.submit(signal.wait_beyond, 5)
        signal.announce(1)
        assert [waiting.result(PATIENCE) for waiting in near] == [True, True]
        signal.close()
        assert far.result(PATIENCE) is False


def test_following_reads_on_from_its_own_place() -> None:
    """After each wake-up only what was not given yet is read."""
    signal = CommitSignal(2)
    facts: dict[int, Fact] = {seq: ClockTicked(seq, 0, 0) for seq in range(1, 6)}
    asked: list[int] = []
    taken = Event()

    def read(after: int) -> list[tuple[int, Fact]]:
        asked.append(after)
        return [(seq, facts[seq]) for seq in facts if after < seq <= signal.head]

    def take() -> list[int]:
        numbers = []
        for seq, _ in follow(signal, lambda after: iter(read(after)), 1):
            numbers.append(seq)
            taken.set()
        return numbers

    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(take)
        assert taken.wait(PATIENCE)
        signal.announce(5)
        signal.close()
        assert following.result(PATIENCE) == [2, 3, 4, 5]
    assert asked[0] == 1
    assert set(asked) <= {1, 2}
