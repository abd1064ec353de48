"""Takes the signs of quotes, headings and lists off the heads of lines."""

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.characters import DIGIT, Classes, run_end
from gpo_market.language.kernel.lanes import LANES, line_in_lanes
from gpo_market.language.kernel.records import Characters, Origins
from gpo_market.language.kernel.tracing import Trace, note
from gpo_market.language.rules import Rule

_LINE, _BLANK, _TAB, _GREATER, _MINUS, _HASH, _STAR, _POINT, _CLOSING = (ord(sign) for sign in "\n \t>-#*.)")
_LONGEST_MARK = 3
_LONGEST_NUMBERING = 2


@compiled_in_place
def without_line_heads(
    folded: Characters, origins: Origins, count: int, classes: Classes, trace: Trace
) -> int:
    """Close up the text over the heads of its lines, in place; give how many characters are left.

    Character code 0 stands behind the last one, before and after. Linear in the length.
    """
    if not _has_line(folded, count) and line_head_end(folded, 0, classes) == 0:
        return count
    written, position = int(np.int64(0)), int(np.int64(0))
    while position < count:
        head_end = line_head_end(folded, position, classes)
        if head_end != position:
            note_piece(trace, Rule.LINE_HEAD, origins, position, head_end)
        position = head_end
        line_end = _line_end(folded, position, count)
        if written != position:
            _move(folded, origins, position, line_end, written)
        written += line_end - position
        position = line_end
    origins[written] = origins[count]
    folded[written] = 0
    return written


@compiled_in_place
def _has_line(folded: Characters, count: int) -> bool:
    """Tell whether there is a line break, looking through the lanes that ``fold`` fills."""
    found, last = False, count - LANES
    if last < 0:
        for position in range(count):
            found |= folded[position] == _LINE
        return found
    for position in range(0, last, LANES):
        found |= line_in_lanes(folded, position)
    return found | line_in_lanes(folded, last)


@compiled_part
def _line_end(folded: Characters, start: int, count: int) -> int:
    end = start
    while end < count:
        end += 1
        if folded[end - 1] == _LINE:
            break
    return end


@compiled_part
def _move(folded: Characters, origins: Origins, start: int, end: int, to: int) -> None:
    for position in range(start, end):
        folded[to + position - start] = folded[position]
        origins[to + position - start] = origins[position]


@compiled_part
def line_head_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where the head of the line at ``start`` ends; ``start`` when it has none."""
    mark = _blanks_end(folded, start)
    sign = int(folded[mark])
    if sign == _MINUS and folded[mark + 1] == _HASH:
        return _blanks_end(folded, mark + 2)
    mark_end = mark
    if sign in (_MINUS, _STAR):
        mark_end = mark + 1
    elif sign in (_GREATER, _HASH):
        mark_end = _mark_end(folded, mark, sign)
    elif classes[sign] == DIGIT:
        mark_end = _numbering_end(folded, mark, classes)
    head_end = _blanks_end(folded, mark_end)
    return start if mark_end in (mark, head_end) else head_end


@compiled_part
def _blanks_end(folded: Characters, start: int) -> int:
    end = start
    while folded[end] == _BLANK or folded[end] == _TAB:
        end += 1
    return end


@compiled_part
def _mark_end(folded: Characters, start: int, sign: int) -> int:
    """Give where one to three of a sign end; ``start`` when there are more."""
    end = start
    while end <= start + _LONGEST_MARK and folded[end] == sign:
        end += 1
    return start if end > start + _LONGEST_MARK else end


@compiled_part
def _numbering_end(folded: Characters, start: int, classes: Classes) -> int:
    """Give where ``1.`` or ``12)`` ends; ``start`` when it is no numbering."""
    end = run_end(folded, start, classes, DIGIT)
    if end - start > _LONGEST_NUMBERING or (folded[end] != _POINT and folded[end] != _CLOSING):
        return start
    return end + 1


@compiled_part
def note_piece(trace: Trace, rule: int, origins: Origins, start: int, end: int) -> None:
    """Note a rule that decided about the folded characters ``start``..``end``."""
    note(trace, rule, origins[start], original_end(origins, end))


@compiled_in_place
def original_end(origins: Origins, end: int) -> int:
    """Give where a stretch that ends before the folded character ``end`` ends in the original post.

    Marks that folded away behind its last character belong to it.
    """
    return max(int(origins[end - 1]) + 1, int(origins[end]))
