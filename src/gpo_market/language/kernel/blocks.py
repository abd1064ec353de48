"""Many arrays handed to compiled code as one: a block of their addresses and lengths.

numba takes a third of a microsecond to unpack an array that Python hands over; a post is read in less than it
takes to unpack all that reading needs. Whoever makes a block keeps its arrays alive and in place while it is used.
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
    from numba import carray, types
    from numba.extending import intrinsic

    @intrinsic  # type: ignore[untyped-decorator] # numba has no types
    def _pointer(typing_context: object, address: object) -> object:  # noqa: ARG001 - numba's signature
        """Take a number for an address."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - see above
            return builder.inttoptr(arguments[0], context.get_value_type(signature.return_type))

        return types.voidptr(types.int64), generate  # type: ignore[no-untyped-call] # see above


def block_of(arrays: Sequence[Array]) -> Integers:
    """Give the block of some contiguous arrays: for each its address and its length, both int64."""
    return np.array([[array.ctypes.data, len(array)] for array in arrays], dtype=np.int64).ravel()


def held_as(kind: "np.dtype[Any]") -> Callable[[Integers, int], Array]:
    """Give what opens the array of a kind that stands at a place of a block, in compiled and plain Python alike."""

    def opened(block: Integers, place: int) -> Array:
        return carray(_pointer(block[2 * place]), (block[2 * place + 1],), kind)  # type: ignore[no-any-return]

    result = inlined(opened)
    return (lambda block, place: _opened(block, place, kind)) if result is opened else result


def _opened(block: Integers, place: int, kind: "np.dtype[Any]") -> Array:
    address, length = int(block[2 * place]), int(block[2 * place + 1])
    room = (ctypes.c_char * max(length * kind.itemsize, 1)).from_address(address)
    return np.frombuffer(room, kind, length)
