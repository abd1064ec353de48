"""Keeps the machine's cores from sleeping while the engine runs, where its owner wants that."""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gpo_market.cli.errors import reason
from gpo_market.cli.output import say

WISHES = Path("/dev/cpu_dma_latency")
"""Where Linux takes wishes about how fast cores must wake (kernel documentation, "PM Quality Of Service")."""

_AT_ONCE = struct.pack("=i", 0)


@contextmanager
def cores_awake(*, wanted: bool) -> Iterator[None]:
    """Let no core of this machine sleep within the block, if that is wanted; says so where it is refused.

    A core that sleeps wakes late, and with its caches empty. The kernel holds the wish for as long as the
    file is open, whatever ends this process.
    """
    device = _opened() if wanted else None
    try:
        yield
    finally:
        if device is not None:
            os.close(device)


def _opened() -> int | None:
    try:
        device = os.open(WISHES, os.O_WRONLY)
        os.write(device, _AT_ONCE)
    except OSError as error:
        say(f"cores may sleep, since {WISHES} takes no wish ({reason(error)}): posts take longer")
        return None
    return device
