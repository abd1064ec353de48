"""The keeper as the engine sees it: a process that is asked, and answers, in lines of JSON."""

import asyncio
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from gpo_market.engine.keeping import CheckAnswer, CheckRequest

PATIENCE_SECONDS = 5.0
"""How long a keeper that was told to end may take; it has nothing to lose."""

LONGEST_ANSWER = 1 << 16


class KeeperError(Exception):
    """The keeper cannot be started, ended, or does not make sense."""


class KeeperProcess:
    """Starts the keeper when it is first asked, and again when it has ended.

    Its input is a pipe from this process alone, so that it ends when this one does, however that ends. It is
    started and listened to in a worker thread: an event loop that starts processes by itself may copy the
    tables of the whole memory first, which stops a large engine for a tenth of a second.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    async def ask(self, request: CheckRequest) -> CheckAnswer:
        """Have a state checked and kept; one request at a time. Raises KeeperError."""
        return await asyncio.to_thread(self._ask, request)

    async def stop(self, patience: float = PATIENCE_SECONDS) -> None:
        """End the process for good: by closing its input, and by force when that takes too long (seconds)."""
        with self._lock:
            self._stopped = True
        await asyncio.to_thread(self._end, patience)

    def _ask(self, request: CheckRequest) -> CheckAnswer:
        try:
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(msgspec.json.encode(request) + b"\n")
            process.stdin.flush()
            line = process.stdout.readline(LONGEST_ANSWER)
        except (OSError, ValueError) as error:  # ValueError: its pipes were closed by a stop meanwhile
            self._end(patience=0.0)
            raise KeeperError(f"it cannot be spoken to ({error})") from error
        if not line:
            self._end(PATIENCE_SECONDS)
            raise KeeperError(f"it ended with code {process.returncode}")
        try:
            return msgspec.json.decode(line, type=CheckAnswer)
        except msgspec.MsgspecError as error:
            self._end(patience=0.0)
            raise KeeperError(f"its answer makes no sense ({error})") from error

    def _running(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._stopped:
                raise KeeperError("it was stopped")
            if self._process is None:
                # In a session of its own, so that Ctrl-C reaches the engine alone.
                self._process = subprocess.Popen(  # noqa: S603  the engine's own program
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
                )
            return self._process

    def _end(self, patience: float) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(OSError):  # what it never read
            process.stdin.close()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
