"""Cuts a folded post into tokens: one pass, a step per piece, linear in its length."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.characters import DIGIT, LETTER, SIGN, SPACE, Classes, run_end
from gpo_market.language.kernel.folding import LONGEST_FOLD, PAGES_OF_PROCESS
from gpo_market.language.kernel.hashing import hash_of, hash_word
from gpo_market.language.kernel.letters import goes_on, letter_piece, may_be_counted
from gpo_market.language.kernel.line_heads import note_piece, original_end, without_line_heads
from gpo_market.language.kernel.numbers import number_piece, number_value, whole_number
from gpo_market.language.kernel.pieces import DROPPED, NUMBER, RATIO, SIGN_TOKEN, WORD, Piece
from gpo_market.language.kernel.records import NOTHING, Characters, Origins, Records
from gpo_market.language.kernel.signs import sign_piece
from gpo_market.language.kernel.tracing import Trace
from gpo_market.language.limits import LARGEST_QUANTITY
from gpo_market.language.rules import Rule

LETTERS_PER_CHARACTER = 3
"""Room for each folded character: its own, and that of ``->``, which a lone ``>`` is written as."""

_LINE, _LESS, _GREATER, _MINUS, _APOSTROPHE, _X = (ord(sign) for sign in "\n<>-'x")

Counts = tuple[int, int]
"""How many tokens are in use, and where the letters in use end."""


class Text(NamedTuple):
    """A post's characters on their way into tokens, reused from post to post.

    ``letters`` and ``origins`` (of one size) are what ``fold`` writes. Tokens point into ``letters``: at
    the folded characters, or behind them, where what is written otherwise is put. ``classes`` are those
    of the fold tables.
    """

    letters: Characters
    origins: Origins
    classes: Classes


def blank_text(characters: int) -> Text:
    """Give buffers for posts of up to so many characters; memory is bounded by that.

    The system gives most of it only when a post needs it: characters seldom fold to LONGEST_FOLD.
    """
    room = (characters * LONGEST_FOLD + 1) * LETTERS_PER_CHARACTER
    classes = PAGES_OF_PROCESS.tables.classes
    return Text(np.zeros(room, np.uint32), np.zeros(room, np.int32), classes)


@compiled_in_place
def tokenise(text: Text, count: int, tokens: Records, trace: Trace) -> Counts:
    """Cut ``count`` folded characters into TOKEN records; give how many, and where the letters end.

    ``tokens`` has room for one for each folded character and one more. Line heads (quote, heading and list
    signs), markdown, links, mentions and the apostrophes of words leave nothing. ``hash`` is ``hash_of``
    the token's letters, ``word`` is NOTHING. Closes up ``letters`` and ``origins`` over line heads.
    """
    text.letters[count] = 0
    kept = without_line_heads(text.letters, text.origins, count, text.classes, trace)
    return _cut(text, (int(np.int64(0)), kept), tokens, (int(np.int64(0)), kept + 1), trace)


@compiled_in_place
def _cut(text: Text, span: tuple[int, int], tokens: Records, used: Counts, trace: Trace) -> Counts:
    letters, origins, classes = text
    position, end = span
    token_count, letters_end = used
    piece_end, before = int(np.int64(NOTHING)), int(np.int64(SIGN))
    while position < end:
        own = int(np.int64(classes[letters[position]]))
        if own == SPACE and letters[position] != _LINE:
            position += 1
            before = own
            continue
        token = tokens[token_count]
        token.glued = position == piece_end
        piece_end = _plain_word(letters, position, classes, before, token) if own == LETTER else NOTHING
        if piece_end == NOTHING:
            kind, piece_end, rule = _piece(letters, (position, end), classes, own, before)
            if rule != Rule.NONE:
                note_piece(trace, rule, origins, position, piece_end)
            token.kind = kind
            if kind != DROPPED:
                letters_end = _write(letters, classes, (position, piece_end), token, letters_end)
                if token.amount >= LARGEST_QUANTITY:
                    note_piece(trace, Rule.LARGEST_QUANTITY, origins, position, piece_end)
        if token.kind != DROPPED:
            token.start = origins[position]
            token.end = original_end(origins, piece_end)
            token.word = NOTHING
            token_count += 1
        position = piece_end
        before = int(np.int64(classes[letters[position - 1]]))
    return token_count, letters_end


@compiled_in_place
def _plain_word(letters: Characters, start: int, classes: Classes, before: int, token: np.record) -> int:
    """Cut a word that ends with its letters whatever it spells, as most do; NOTHING for any other."""
    end, hashed = hash_word(letters, start, classes)
    behind = classes[letters[end]]
    if behind == SPACE:
        if classes[letters[end + 1]] == DIGIT and may_be_counted(hashed):
            return NOTHING
    elif behind != SIGN or goes_on(int(letters[end])):
        return NOTHING
    if before == DIGIT and letters[start] == _X:
        return NOTHING
    token.kind = WORD
    token.amount = 0.0
    token.ratio_first = 0
    token.ratio_second = 0
    token.letters_start = start
    token.letters_end = end
    token.hash = hashed
    return end


@compiled_part
def _piece(letters: Characters, span: tuple[int, int], classes: Classes, own: int, before: int) -> Piece:
    """Cut the piece that begins a span; ``own`` and ``before`` are the classes at and before its start."""
    start, end = span
    if own == LETTER:
        return letter_piece(letters, start, end, classes, before)
    if own == DIGIT:
        return number_piece(letters, start, classes, before)
    return sign_piece(letters, start, end, classes, before)


@compiled_in_place
def _write(
    letters: Characters, classes: Classes, span: tuple[int, int], token: np.record, letters_end: int
) -> int:
    """Write a token's letters and values; give where the letters in use end."""
    start, end = span
    token.amount = 0.0
    token.ratio_first = 0
    token.ratio_second = 0
    used = letters_end
    if token.kind == NUMBER:
        token.amount = number_value(letters, start, end)
    elif token.kind == RATIO:
        colon = run_end(letters, start, classes, DIGIT)
        token.ratio_first = whole_number(letters, start, colon)
        token.ratio_second = whole_number(letters, colon + 1, end)
    elif token.kind == WORD:
        used = _write_word(letters, start, end, letters_end)
    elif token.kind == SIGN_TOKEN:
        used, start, end = _write_sign(letters, start, end, letters_end)
    if used != letters_end:
        start, end = letters_end, used
    token.letters_start = start
    token.letters_end = end
    token.hash = hash_of(letters, start, end)
    return used


@compiled_part
def _write_word(letters: Characters, start: int, end: int, letters_end: int) -> int:
    """Write a word without its apostrophes; gives ``letters_end`` when it has none and stands where it is."""
    written = letters_end
    for position in range(start, end):
        if letters[position] != _APOSTROPHE:
            letters[written] = letters[position]
            written += 1
    return written if written - letters_end != end - start else letters_end


@compiled_part
def _write_sign(letters: Characters, start: int, end: int, letters_end: int) -> tuple[int, int, int]:
    """Write an arrow in its plain form, or give where a part of the sign stands that is its plain form.

    That is one line break, or at most two of what repeats.
    """
    if letters[end - 1] == _GREATER:
        letters[letters_end] = _MINUS
        letters[letters_end + 1] = _GREATER
        return letters_end + 2, start, end
    if letters[start] == _LESS and end > start + 1:
        letters[letters_end] = _LESS
        letters[letters_end + 1] = _MINUS
        return letters_end + 2, start, end
    return letters_end, start, start + 1 if letters[start] == _LINE else min(end, start + 2)
