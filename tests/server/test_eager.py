"""Tasks that begin at once."""

import asyncio

import pytest

from gpo_market.server import eager


async def test_work_that_never_waits_is_done_at_once() -> None:
    """No turn of the loop is waited for."""
    if eager._begin is None:
        pytest.skip("Python 3.11 begins no task at once")
    done: list[str] = []

    async def work() -> str:
        done.append("all")
        return "answer"

    task = eager.begin(work())
    assert (task.done(), done, task.result()) == (True, ["all"], "answer")


@pytest.mark.parametrize("at_once", [True, False])
async def test_work_that_waits_is_a_task_as_any_other(
    monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    """Also where Python begins no task at once."""
    if not at_once:
        monkeypatch.setattr(eager, "_begin", None)
    event = asyncio.Event()

    async def work() -> str:
        await event.wait()
        return "answer"

    task = eager.begin(work())
    assert not task.done()
    await asyncio.sleep(0)
    event.set()
    assert await task == "answer"
