"""Makes one unknown name of unknown words that stand together."""

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.elements import FIRST, keep, note_all, renew
from gpo_market.language.kernel.masks import marked
from gpo_market.language.kernel.records import NOTHING, Characters, Records
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.limits import MOST_WORDS_OF_NAME
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule

_SPACE = ord(" ")


@compiled_part
def join_unknown(
    elements: Records, count: int, letters: Characters, letters_end: int, trace: Trace
) -> tuple[int, int]:
    """Make one element of unknown words that stand together, with numbers and ``of`` between them.

    Names are written behind ``letters_end``: at most as many letters as the elements have, and one more
    for each. Give how many elements and how many letters are in use then.
    """
    kept = position = FIRST
    while position < count:
        end = _name_end(elements, count, position)
        if end > position + 1:
            name_start = letters_end
            letters_end = _write_name(elements, position, end, letters, name_start)
            _make_name(elements, position, end, name_start, letters_end)
            note_all(trace, _rule_of(end - position), elements, position, position)
        kept = keep(elements, position, kept)
        position = max(end, position + 1)
    return kept, letters_end


@compiled_part
def _name_end(elements: Records, count: int, start: int) -> int:
    if not _is_nameless(elements, start):
        return start
    end = start + 1
    while end < count:
        if _is_nameless(elements, end):
            end += 1
        elif end + 1 < count and _links(elements, end) and _is_nameless(elements, end + 1):
            end += 2
        else:
            break
    return end


@compiled_part
def _is_nameless(elements: Records, position: int) -> bool:
    """Tell whether a word may be part of a longer name; a held alias is one by itself."""
    element = elements[position]
    return element.role == Role.UNKNOWN and not element.held


@compiled_part
def _links(elements: Records, position: int) -> bool:
    """Tell whether an element may stand inside a name: ``of``, a number, right behind a word also an item."""
    role = int(elements[position].role)
    if role == Role.PLAIN:
        return marked(elements[position].marks, Mark.NAME_LINK)
    if role == Role.ITEM:
        return marked(elements[position].marks, Mark.LETTERS) and _is_nameless(elements, position - 1)
    return role == Role.NUMBER


@compiled_part
def _write_name(elements: Records, start: int, end: int, letters: Characters, letters_end: int) -> int:
    written = letters_end
    for position in range(start, min(end, start + MOST_WORDS_OF_NAME)):
        if position > start:
            letters[written] = _SPACE
            written += 1
        for at in range(int(elements[position].letters_start), int(elements[position].letters_end)):
            letters[written] = letters[at]
            written += 1
    return written


@compiled_part
def _make_name(elements: Records, start: int, end: int, letters_start: int, letters_end: int) -> None:
    """Make the first word's element the whole name's."""
    is_talk = end - start > MOST_WORDS_OF_NAME
    last = int(elements[end - 1].end)
    renew(elements, start, Role.PLAIN if is_talk else Role.UNKNOWN)
    name = elements[start]
    name.phrase = NOTHING
    name.marks = 0  # the texts with a space that have marks are phrases, and none of their words is unknown
    name.letters_start = letters_start
    name.letters_end = letters_end
    name.end = last


@compiled_part
def _rule_of(words: int) -> Rule:
    return Rule.NAME_TOO_LONG if words > MOST_WORDS_OF_NAME else Rule.NAME_JOINED
