"""Marks the functions that numba compiles where it is installed; without it they run as plain Python."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

ROOMS = ("events", "language", "market")
"""Where compiled code stands, and the constants that it holds."""
FOUNDATION = "events"
"""The room whose compiled code the others call; they do not call each other's."""
WORDS_ONLY = frozenset({"vocabulary.py", "plain_words.py"})
"""Lists that compiled code gets as tables: a new word needs no new machine code."""

try:
    from numba import njit
    from numba.core import types
except (
    ImportError
):  # pragma: no cover - numba is a dependency; a bare interpreter still runs, only more slowly
    COMPILES = False
else:
    COMPILES = True


def compiled(function: Function) -> Function:
    """Compile a function of numbers and arrays; the result has the same bits as the plain Python.

    Strict arithmetic: no reordering, no contraction, no parallel loops. A division by zero gives what
    IEEE 754 says instead of an error, so callers guard their divisors. The plain function stays
    reachable as ``py_func`` (see ``plain``). Machine code is cached beside the source, or in the user's
    cache, where either can be written, and made anew when a source of its room or of
    FOUNDATION changed (``SOURCES``).
    """
    return _compile(function)


def compiled_without_lock(function: Function) -> Function:
    """Compile a function that takes long; else as ``compiled``. Other threads run Python meanwhile."""
    return _compile(function, nogil=True)


def compiled_stage(function: Function) -> Function:
    """Compile a function that works in the arrays it is given, and makes none; else as ``compiled``.

    It counts no references to arrays, which costs small functions that call each other more than all their
    work, and it is compiled once for whole numbers of any width.
    """
    return _take_numbers_alike(_compile(function, _nrt=False, forceinline=True))


def compiled_part(function: Function) -> Function:
    """Compile a function as ``compiled_stage`` does, for one that only compiled functions call.

    It gets no entry for Python's calls and no place in the cache, where those that call it hold it already:
    both take as long as compiling a small function. Python may call its ``plain`` form; a call of the
    compiled one would end the process.
    """
    return _part(function)


def compiled_in_place(function: Function) -> Function:
    """Compile a function as ``compiled_part`` does, and once more in each place that calls it.

    For one that is called in one place, or that does less than handing over its arguments takes: an array is
    seven of them.
    """
    return _part(function, forceinline=True)


def inlined(function: Function) -> Function:
    """Compile a one-line function into each place that calls it, instead of once for every kind of argument.

    For questions asked in hundreds of places with other constants: it makes no faster machine code, but
    compiles several times sooner.
    """
    if not COMPILES:
        return function  # pragma: no cover - see above
    result: Function = njit(function, inline="always", error_model="numpy")
    return result


def plain(function: Function) -> Function:
    """Give the plain Python that a compiled function was made from."""
    original: Function = getattr(function, "py_func", function)
    return original


def _part(function: Function, **options: bool) -> Function:
    if not COMPILES:
        return function  # pragma: no cover - see above
    decorate: Callable[..., Any] = njit
    result: Function = decorate(
        function, error_model="numpy", _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, **options
    )
    return _take_numbers_alike(result)


def _compile(function: Function, **options: bool) -> Function:
    if not COMPILES:
        return function  # pragma: no cover - see above
    decorate: Callable[..., Any] = njit
    try:
        result: Function = decorate(function, cache=True, error_model="numpy", **options)
    except RuntimeError:  # numba's word for having no place to write its cache
        result = decorate(function, error_model="numpy", **options)
    _stamp(result)
    return result


def digest_of(package: Path, room: str) -> str:
    """Give a hash over the names and bytes of the sources that a room's machine code is made of.

    These are its own and FOUNDATION's, but those of WORDS_ONLY.
    """
    digest = blake2b(digest_size=16)
    for place in dict.fromkeys((FOUNDATION, room)):
        for source in sorted((package / place).rglob("*.py")):  # deterministic: only keys machine code
            if source.name not in WORDS_ONLY:
                digest.update(f"{source.relative_to(package)}\0".encode())
                digest.update(source.read_bytes())  # deterministic: only keys machine code
    return digest.hexdigest()


def _stamp(function: Callable[..., object]) -> None:
    """Key a function's cache by SOURCES: numba's own key only knows the file that the function stands in.

    Functions it calls in other files, and constants it takes from them, are part of its machine code.
    """
    file = getattr(getattr(function, "_cache", None), "_cache_file", None)
    room = str(function.__module__).removeprefix(f"{PACKAGE}.").partition(".")[0]
    if file is not None and room in SOURCES:
        file._source_stamp = SOURCES[room]  # noqa: SLF001 - numba has no other place to say so


PACKAGE = __name__.partition(".")[0]
SOURCES = {room: digest_of(Path(__file__).parents[1], room) for room in ROOMS}
"""Names exactly the sources that each room's machine code is made of."""


def _take_numbers_alike(function: Function) -> Function:
    """Keep numba from compiling a function anew for each width and each literal of a whole number.

    Compiled callers hand all of them on as 64 bits; those that take 64 bits without a sign stay.
    """
    resolve = getattr(function, "get_call_template", None)
    if resolve is None:  # the compiler is switched off
        return function

    def resolve_alike(arguments: Sequence[object], keywords: Mapping[str, object]) -> object:
        return resolve(tuple(map(_widest, arguments)), keywords)

    vars(function)["get_call_template"] = resolve_alike
    return function


def _widest(argument: object) -> object:
    """Give the type that a compiled function takes an argument as; members of IntEnums are whole numbers."""
    argument = types.unliteral(argument)  # type: ignore[no-untyped-call] # numba has no types
    if isinstance(argument, (types.Tuple, types.UniTuple)):
        return types.Tuple(tuple(map(_widest, argument)))  # type: ignore[no-untyped-call] # see above
    whole = isinstance(argument, (types.Integer, types.IntEnumMember)) and argument != types.uint64
    return types.int64 if whole else argument
