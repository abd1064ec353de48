"""The intake: closed by a full disk until there is room, and by a failed one for good."""

import asyncio
from concurrent.futures import Future

import pytest

from gpo_market.engine import intake as intake_module
from gpo_market.engine.intake import FULL, Intake
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.log import LogFullError


class Disk:
    """Answers the next questions for room as it was told, and leaves later ones open."""

    def __init__(self, *answers: Exception | None) -> None:
        self.asked: list[Future[None]] = []
        self.told: list[str | None] = []
        self._answers = list(answers)
        self.intake = Intake(self.find_room, lambda: self.told.append(self.intake.problem))

    def find_room(self) -> Future[None]:
        """Answer one question."""
        future: Future[None] = Future()
        self.asked.append(future)
        if self._answers:
            answer = self._answers.pop(0)
            future.set_result(None) if answer is None else future.set_exception(answer)
        return future


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask without waiting."""
    monkeypatch.setattr(intake_module, "ASK_SECONDS", 0.0)


async def turns(count: int = 20) -> None:
    """Let the loop do what is due."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_an_open_intake_holds_nobody_up() -> None:
    """Nothing is asked of the disk."""
    disk = Disk()
    disk.intake.require()
    await asyncio.wait_for(disk.intake.opened(), 1)
    assert (disk.intake.problem, disk.asked, disk.told) == (None, [], [])


async def test_a_full_disk_closes_it_until_there_is_room() -> None:
    """It asks again after every no, and tells both changes once."""
    disk = Disk(LogFullError("no"), LogFullError("no"), None)
    disk.intake.fill()
    disk.intake.fill()
    with pytest.raises(EngineUnavailableError, match="disk under the data folder is full"):
        disk.intake.require()
    await asyncio.wait_for(disk.intake.opened(), 5)
    assert len(disk.asked) == 3
    assert disk.told == [FULL, None]
    disk.intake.require()


async def test_it_closes_again_when_the_disk_is_full_again() -> None:
    """And opens again."""
    disk = Disk(None, None)
    for _ in range(2):
        disk.intake.fill()
        await asyncio.wait_for(disk.intake.opened(), 5)
    assert disk.told == [FULL, None, FULL, None]


async def test_a_failed_disk_closes_it_for_good() -> None:
    """Room that is found later opens nothing."""
    disk = Disk()
    disk.intake.fill()
    await turns()
    disk.intake.fail("burnt")
    disk.asked[0].set_result(None)
    await turns()
    assert disk.told == [FULL, "burnt"]
    with pytest.raises(EngineUnavailableError, match="burnt"):
        disk.intake.require()


@pytest.mark.parametrize("answer", [OSError("burnt"), LogFullError("no")])
async def test_a_stopped_intake_asks_no_more(answer: Exception) -> None:
    """Whatever the disk answers then."""
    disk = Disk()
    disk.intake.fill()
    await turns()
    disk.intake.stop()
    disk.asked[0].set_exception(answer)
    await turns()
    assert len(disk.asked) == 1
    assert disk.intake.problem == FULL


async def test_another_failure_than_a_full_disk_is_left_to_who_tells_it() -> None:
    """The journal's writer says itself that it failed."""
    disk = Disk(OSError("burnt"))
    disk.intake.fill()
    await turns()
    assert len(disk.asked) == 1
    assert disk.told == [FULL]
