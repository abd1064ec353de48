"""Work on sixteen characters at once, in the lanes of the processor's vectors.

The compiler lays loops out in lanes by itself, but those over 64 characters at least: posts are shorter.
"""

from typing import Any

from gpo_market.events.compiling import COMPILES, compiled_in_place, inlined
from gpo_market.language.kernel.records import Characters, Origins

LANES = 16
FIRST_BEYOND_ASCII = 128

_FIRST_CAPITAL, _CAPITALS, _TO_SMALL = ord("A"), 26, ord("a") - ord("A")
_FIRST_BREAK, _BREAKS, _LINE = ord("\v"), len("\v\f\r"), ord("\n")
_GRAVE, _APOSTROPHE = ord("`"), ord("'")

if COMPILES:
    from llvmlite import ir  # type: ignore[import-untyped]
    from numba.core import types
    from numba.extending import intrinsic

    _WHOLE = ir.IntType(32)
    _VECTOR = ir.VectorType(_WHOLE, LANES)
    _BITS = ir.IntType(LANES)
    _NUMBERED = ir.Constant(_VECTOR, [_WHOLE(lane) for lane in range(LANES)])

    def _all(number: int) -> Any:  # noqa: ANN401 - llvmlite has no types
        return ir.Constant(_VECTOR, [_WHOLE(number)] * LANES)

    def _lanes_at(context: Any, builder: Any, kind: Any, array: Any, at: Any) -> Any:  # noqa: ANN401 - as above
        data = context.make_array(kind)(context, builder, array).data
        return builder.bitcast(builder.gep(data, [at]), _VECTOR.as_pointer())

    def _folded(builder: Any, letters: Any) -> Any:  # noqa: ANN401 - as above
        place = builder.sub(letters, _all(_FIRST_CAPITAL))
        capital = builder.icmp_unsigned("<", place, _all(_CAPITALS))
        folded = builder.select(capital, builder.add(letters, _all(_TO_SMALL)), letters)
        place = builder.sub(letters, _all(_FIRST_BREAK))
        folded = builder.select(builder.icmp_unsigned("<", place, _all(_BREAKS)), _all(_LINE), folded)
        return builder.select(builder.icmp_unsigned("==", letters, _all(_GRAVE)), _all(_APOSTROPHE), folded)

    def _any(builder: Any, truths: Any) -> Any:  # noqa: ANN401 - as above
        return builder.icmp_unsigned("!=", builder.bitcast(truths, _BITS), _BITS(0))

    @intrinsic
    def _fold(_: object, characters: Any, start: Any, at: Any, folded: Any, origins: Any) -> object:  # noqa: ANN401, ARG001 - as above
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
            kinds, (read, begin, place, written, beside) = signature.args, arguments
            source = _lanes_at(context, builder, kinds[0], read, builder.add(begin, place))
            letters = builder.load(source, align=4)
            target = _lanes_at(context, builder, kinds[3], written, place)
            builder.store(_folded(builder, letters), target, align=4)
            first = builder.insert_element(_all(0), builder.trunc(place, _WHOLE), _WHOLE(0))
            first = builder.shuffle_vector(first, _all(0), _all(0))
            target = _lanes_at(context, builder, kinds[4], beside, place)
            builder.store(builder.add(first, _NUMBERED), target, align=4)
            return _any(builder, builder.icmp_unsigned(">=", letters, _all(FIRST_BEYOND_ASCII)))

        return types.boolean(characters, types.int64, types.int64, folded, origins), generate

    @intrinsic
    def _find_line(_: object, folded: Any, at: Any) -> object:  # noqa: ANN401, ARG001 - as above
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - as above
            source = _lanes_at(context, builder, signature.args[0], *arguments)
            letters = builder.load(source, align=4)
            return _any(builder, builder.icmp_unsigned("==", letters, _all(_LINE)))

        return types.boolean(folded, types.int64), generate


@compiled_in_place
def fold_one(characters: Characters, start: int, at: int, folded: Characters, origins: Origins) -> bool:
    """Fold a character, if it is of ASCII, as ``fold_character`` does; tell whether it is not."""
    letter = int(characters[start + at])
    if _FIRST_CAPITAL <= letter < _FIRST_CAPITAL + _CAPITALS:
        folded[at] = letter + _TO_SMALL
    elif _FIRST_BREAK <= letter < _FIRST_BREAK + _BREAKS:
        folded[at] = _LINE
    else:
        folded[at] = _APOSTROPHE if letter == _GRAVE else letter
    origins[at] = at
    return letter >= FIRST_BEYOND_ASCII


def _fold_lanes(characters: Characters, start: int, at: int, folded: Characters, origins: Origins) -> bool:
    return _fold(characters, start, at, folded, origins)  # type: ignore[call-arg]  # numba hands the context over


def _fold_each(characters: Characters, start: int, at: int, folded: Characters, origins: Origins) -> bool:
    strange = False
    for lane in range(at, at + LANES):
        strange |= fold_one(characters, start, lane, folded, origins)
    return strange


def _line_in_lanes(folded: Characters, at: int) -> bool:
    return _find_line(folded, at)  # type: ignore[call-arg]  # as above


def _line_in_each(folded: Characters, at: int) -> bool:
    return bool((folded[at : at + LANES] == _LINE).any())


_compiled = inlined(_fold_lanes)
fold_lanes = _fold_each if _compiled is _fold_lanes else _compiled
"""Folds LANES characters as ``fold_one`` does; tells whether any is not of ASCII."""

_compiled_line = inlined(_line_in_lanes)
line_in_lanes = _line_in_each if _compiled_line is _line_in_lanes else _compiled_line
"""Tells whether there is a line break among LANES characters."""
