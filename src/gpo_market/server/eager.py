"""Tasks that begin at once."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")

_begin = getattr(asyncio, "eager_task_factory", None)  # since Python 3.12


def begin(work: Coroutine[object, None, T]) -> asyncio.Task[T]:
    """Make a task of a coroutine, which runs up to where it first waits before this returns.

    Under Python 3.11 it begins in the next turn of the loop.
    """
    loop = asyncio.get_running_loop()
    if _begin is None:
        return loop.create_task(work)
    task: asyncio.Task[T] = _begin(loop, work)
    return task
