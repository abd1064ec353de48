"""Starts processes in milliseconds, forked from one that has imported everything: for many kills.

The forked ones are real processes with files, locks and threads of their own; nothing but code is shared.
"""

import json
import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

_SERVE = """
import json, os, sys

def serve():
    for line in sys.stdin:
        if os.fork() == 0:
            os.write(1, f"{os.getpid()}\\n".encode())
            try:
                work(*json.loads(line))
            except BaseException as error:
                os.write(2, f"{error!r}\\n".encode())
                os._exit(1)
            os._exit(0)
        _, status = os.wait()
        os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\\n".encode())

serve()
"""


class ForkServer:
    """Forks a process for each piece of work; ``script`` imports what that needs and defines ``work``.

    What ``work`` prints must go through ``os.write(1, ...)`` in whole lines, so that a kill never cuts one.
    One piece of work runs at a time.
    """

    def __init__(self, script: str, **environment: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", script + _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **environment},
        )

    def start(self, *arguments: str | int) -> int:
        """Start a piece of work; gives its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return int(self.line())

    def line(self) -> str:
        """Wait for the next line, of the work or of its end."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the fork server died"
        return line.rstrip("\n")

    def rest(self) -> tuple[list[str], int]:
        """Wait for the end of the work: the lines it still printed, and its exit code (minus a signal's)."""
        lines = []
        while not (line := self.line()).startswith("ended "):
            lines.append(line)
        return lines, int(line.removeprefix("ended "))

    def kill(self, process_id: int) -> list[str]:
        """Kill the work as nothing can be caught; gives what it had printed and was not read yet."""
        os.kill(process_id, signal.SIGKILL)
        lines, code = self.rest()
        assert code == -signal.SIGKILL
        return lines

    def __enter__(self) -> Self:
        """Use the server in a with statement; it ends behind it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the server and what it runs."""
        self._process.kill()
        self._process.communicate()
