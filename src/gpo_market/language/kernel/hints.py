"""Tells the processor what comes: what seldom happens, and which records will be asked for.

All stages are compiled into one function: the machine code that a post needs should stand close together, for
the cache of instructions holds a small part of it. The lexicon's tables do not fit into the nearest cache.
"""

from typing import Any

from gpo_market.events.compiling import COMPILES, inlined
from gpo_market.language.kernel.records import Records

_TO_READ_OFTEN_AS_DATA = (0, 3, 1)

if COMPILES:
    from llvmlite import ir  # type: ignore[import-untyped]
    from numba.core import types
    from numba.extending import intrinsic

    @intrinsic
    def _seldom(typing_context: object, said: object) -> object:  # noqa: ARG001 - numba's signature
        """Give a truth that the compiler takes for false when it lays out branches."""

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401, ARG001 - numba has no types
            bit = ir.IntType(1)
            kind = ir.FunctionType(bit, [bit, bit])
            expect = builder.module.declare_intrinsic("llvm.expect", [bit], kind)
            return builder.call(expect, [arguments[0], bit(0)])

        return types.boolean(types.boolean), generate

    @intrinsic
    def _fetch(_: object, records: Any, place: object) -> object:  # noqa: ANN401, ARG001 - numba's signature
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - numba has no types
            data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
            byte, whole = ir.IntType(8).as_pointer(), ir.IntType(32)
            address = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
            kind = ir.FunctionType(ir.VoidType(), [byte, whole, whole, whole])
            prefetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
            builder.call(prefetch, [address, *map(whole, _TO_READ_OFTEN_AS_DATA)])
            return context.get_dummy_value()

        return types.void(records, types.int64), generate


def _told(said: bool) -> bool:  # noqa: FBT001 - compiled code takes no keywords
    return _seldom(said)  # type: ignore[call-arg]  # numba hands the context over


def _plain(said: bool) -> bool:  # noqa: FBT001 - as above
    return said


_compiled = inlined(_told)
seldom = _plain if _compiled is _told else _compiled
"""Gives what it is handed, a truth that is nearly always False."""


def _fetched(records: Records, place: int) -> None:
    _fetch(records, place)  # type: ignore[call-arg]  # as above


def _left(records: Records, place: int) -> None:
    """Do nothing: plain Python has no say in caches."""


_compiled_fetch = inlined(_fetched)
fetch = _left if _compiled_fetch is _fetched else _compiled_fetch
"""Has a record brought near while other work is done; any place will do, also one that is not there."""
