"""Plain bytes as records: arrays of records stay inside compiled code, which is handed bytes."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.records import Records

Bytes: TypeAlias = NDArray[np.uint8]

_LINE = 64


def laid_over(kind: "np.dtype[np.void]") -> Callable[[Bytes], Records]:
    """Give what takes plain bytes for records of a kind, in compiled code and in plain Python alike.

    Telling compiled code the type of an array of records takes longer than reading a short post, that of
    an array of bytes next to nothing.
    """

    def view(buffer: Bytes) -> Records:
        return buffer.view(kind)  # type: ignore[return-value]  # in compiled code any array of records will do

    result = compiled(view)
    if result is not view:
        return result
    return lambda buffer: buffer.view(kind).view(np.recarray)


def bytes_of(records: Records) -> Bytes:
    """Give the bytes that records are made of; both share their memory."""
    return records.view(np.ndarray).view(np.uint8)


def at_cache_line(records: Records) -> Records:
    """Copy records to where a cache line begins: those of half a line's size stand in one line each."""
    room = np.empty(records.nbytes + _LINE, np.uint8)
    start = -room.ctypes.data % _LINE
    copied = room[start : start + records.nbytes].view(records.dtype).view(np.recarray)
    copied[:] = records
    return copied
