"""The keeper's process is started when needed, started again when it ended, and never outlives the engine."""

import asyncio
import sys

import pytest

from gpo_market.engine.keeper_process import KeeperError, KeeperProcess
from gpo_market.engine.keeping import CheckRequest

REQUEST = CheckRequest(1, 5, "ab", "1/1/1")

ECHO = """
import json, os, sys
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"seq": asked["seq"], "outcome": "saved", "reason": str(os.getpid())}), flush=True)
"""

DEAF = """
import time
input()
print('{"seq": 5, "outcome": "saved"}', flush=True)
time.sleep(60)
"""


def process(script: str) -> KeeperProcess:
    """Give a keeper that runs a script."""
    return KeeperProcess([sys.executable, "-c", script])


async def test_one_process_answers_all_requests() -> None:
    """It is started with the first."""
    keeper = process(ECHO)
    answers = [await keeper.ask(CheckRequest(1, seq, "ab", "1/1/1")) for seq in (5, 6)]
    await keeper.stop()
    assert [answer.seq for answer in answers] == [5, 6]
    assert answers[0].reason == answers[1].reason


async def test_a_process_that_ended_is_told_and_started_again() -> None:
    """With its exit code."""
    keeper = process("import sys; sys.stdin.readline(); sys.exit(3)")
    for _ in range(2):
        with pytest.raises(KeeperError, match="it ended with code 3"):
            await keeper.ask(REQUEST)
    await keeper.stop()


async def test_a_process_that_was_killed_is_started_again() -> None:
    """Whoever killed it."""
    keeper = process(ECHO)
    first = await keeper.ask(REQUEST)
    assert keeper._process is not None
    keeper._process.kill()
    keeper._process.wait()
    with pytest.raises(KeeperError, match=r"it (ended with code -9|cannot be spoken to)"):
        await keeper.ask(REQUEST)
    second = await keeper.ask(REQUEST)
    await keeper.stop()
    assert first.reason != second.reason


@pytest.mark.parametrize("nonsense", ["'nonsense'", "'x' * 100_000"])
async def test_an_answer_that_is_none_ends_the_process(nonsense: str) -> None:
    """A program that talks nonsense, or without end, is not asked twice."""
    keeper = process(f"print({nonsense}, flush=True); input(); input()")
    with pytest.raises(KeeperError, match="its answer makes no sense"):
        await keeper.ask(REQUEST)
    assert keeper._process is None


async def test_a_program_that_is_not_there_cannot_be_started() -> None:
    """It is told as any other failure."""
    with pytest.raises(KeeperError, match="cannot be spoken to"):
        await KeeperProcess(["/no/such/program"]).ask(REQUEST)


async def test_a_stop_closes_the_input_and_waits() -> None:
    """Nothing is left behind; stopping again does nothing, and nothing is started any more."""
    keeper = process(ECHO)
    await keeper.ask(REQUEST)
    running = keeper._process
    assert running is not None
    await keeper.stop()
    assert running.returncode == 0
    await keeper.stop()
    with pytest.raises(KeeperError, match="it was stopped"):
        await keeper.ask(REQUEST)


async def test_a_process_that_does_not_listen_is_killed() -> None:
    """After some patience."""
    keeper = process(DEAF)
    await keeper.ask(REQUEST)
    running = keeper._process
    assert running is not None
    await keeper.stop(patience=0.0)
    assert running.returncode == -9


async def test_a_stop_ends_a_request_that_runs() -> None:
    """Whoever asked hears that the process ended."""
    keeper = process("import sys; sys.stdin.read()")
    keeper._running()
    asking = asyncio.ensure_future(keeper.ask(REQUEST))
    await asyncio.sleep(0)
    await keeper.stop()
    with pytest.raises(KeeperError, match=r"it (ended|was stopped|cannot be spoken to)"):
        await asking
    assert keeper._process is None
