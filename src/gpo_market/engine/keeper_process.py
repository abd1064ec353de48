"""The keeper as the engine sees it: a process that is asked, and answers, in lines of JSON."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from gpo_market.engine.keeping import CheckAnswer, CheckRequest

PATIENCE_SECONDS = 5.0
"""How long a keeper that was told to end may take; it has nothing to lose."""


class KeeperError(Exception):
    """The keeper cannot be started, ended, or does not make sense."""


class KeeperProcess:
    """Starts the keeper when it is first asked, and again when it has ended.

    Its input is a pipe from this process alone, so that it ends when this one does, however that ends.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: Process | None = None
        self._stopped = False

    async def ask(self, request: CheckRequest) -> CheckAnswer:
        """Have a state checked and kept; one request at a time. Raises KeeperError."""
        try:
            process = await self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(msgspec.json.encode(request) + b"\n")
            await process.stdin.drain()
            line = await process.stdout.readline()
        except (OSError, ValueError) as error:  # ValueError: a line longer than any answer
            await self._end(patience=0.0)
            raise KeeperError(f"it cannot be spoken to ({error})") from error
        if not line:
            code = await self._ended()
            raise KeeperError(f"it ended with code {code}")
        try:
            return msgspec.json.decode(line, type=CheckAnswer)
        except msgspec.MsgspecError as error:
            await self._end(patience=0.0)
            raise KeeperError(f"its answer makes no sense ({error})") from error

    async def stop(self, patience: float = PATIENCE_SECONDS) -> None:
        """End the process for good: by closing its input, and by force when that takes too long (seconds)."""
        self._stopped = True
        await self._end(patience)

    async def _end(self, patience: float) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience)
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _running(self) -> Process:
        if self._process is None and not self._stopped:
            # In a session of its own, so that Ctrl-C reaches the engine alone.
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, start_new_session=True
            )
        if self._stopped:
            await self._end(patience=0.0)
            raise KeeperError("it was stopped")
        assert self._process is not None
        return self._process

    async def _ended(self) -> int | None:
        process, self._process = self._process, None
        return None if process is None else await process.wait()
