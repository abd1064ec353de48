"""Many arrays handed to compiled code as one: a block of their addresses and lengths.

numba takes a good part of a microsecond to unpack an array that Python hands over: for all that reading
needs, longer than to read a post. Whoever makes a block keeps its arrays alive while it is used.
"""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import COMPILES, inlined
from gpo_market.language.kernel.records import Integers

Array: TypeAlias = NDArray[Any]

if COMPILES:
    from numba import types
    from numba.extending import intrinsic
    from numba.np.numpy_support import carray

    @intrinsic
    def _pointer(typing_context: object, address: object) -> object:  # noqa: ARG001 - numba's signature
        """Take a number for an address."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - numba has no types
            return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

        return types.voidptr(types.int64), generate


def block_of(arrays: Sequence[Array]) -> Integers:
    """Give the block of some contiguous arrays: for each its address and its length, both int64."""
    return np.array([[array.ctypes.data, len(array)] for array in arrays], dtype=np.int64).ravel()


def held_as(kind: "np.dtype[Any]") -> Callable[[Integers, int], Array]:
    """Give what opens the array of a kind at a place of a block, in compiled code and in plain Python."""

    def opened(block: Integers, place: int) -> Array:
        return carray(_pointer(block[2 * place]), (block[2 * place + 1],), kind)  # type: ignore[call-arg]  # numba hands the context over

    result = inlined(opened)
    return (lambda block, place: _opened(block, place, kind)) if result is opened else result


def _opened(block: Integers, place: int, kind: "np.dtype[Any]") -> Array:
    address, length = int(block[2 * place]), int(block[2 * place + 1])
    room = (ctypes.c_char * max(length * kind.itemsize, 1)).from_address(address)
    return np.frombuffer(room, kind, length)
