"""Cuts a folded post into tokens: one pass, a step per piece, linear in its length."""

from typing import NamedTuple

import numpy as np

from gpo_market.events.compiling import compiled
from gpo_market.language.kernel.characters import DIGIT, LETTER, SIGN, SPACE, Classes, run_end
from gpo_market.language.kernel.folding import LONGEST_FOLD, PAGES_OF_PROCESS, Origins, folded_text
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.letters import letter_piece
from gpo_market.language.kernel.line_heads import note_piece, original_end, without_line_heads
from gpo_market.language.kernel.numbers import number_piece, number_value, whole_number
from gpo_market.language.kernel.pieces import DROPPED, NUMBER, RATIO, SIGN_TOKEN, WORD, Piece
from gpo_market.language.kernel.records import NOTHING, TOKEN, Characters, Records, blank_records
from gpo_market.language.kernel.signs import sign_piece
from gpo_market.language.kernel.tracing import Trace, blank_trace
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import LARGEST_QUANTITY, Token, TokenKind

LETTERS_PER_CHARACTER = 2
"""Room that the letters of tokens need for each folded character: ``>`` is written ``->``."""

_LINE, _BLANK, _COLON, _LESS, _GREATER, _MINUS, _APOSTROPHE, _LOW_LINE = (ord(sign) for sign in "\n :<>-'_")


class TextBuffers(NamedTuple):
    """A post's characters on their way into tokens, reused from post to post.

    ``folded`` and ``origins`` are what ``fold`` writes (room for one more than the characters);
    ``letters`` takes the cleaned text of the tokens, LETTERS_PER_CHARACTER for each folded character.
    """

    folded: Characters
    origins: Origins
    letters: Characters


def blank_text(characters: int) -> TextBuffers:
    """Give buffers for posts of up to so many characters; memory is bounded by that.

    The system gives most of it only when a post needs it: characters seldom fold to LONGEST_FOLD.
    """
    room = characters * LONGEST_FOLD + 1
    return TextBuffers(
        np.zeros(room, np.uint32), np.zeros(room, np.int32), np.zeros(room * LETTERS_PER_CHARACTER, np.uint32)
    )


@compiled
def tokenise(
    text: TextBuffers, count: int, classes: Classes, tokens: Records, trace: Trace
) -> tuple[int, int]:
    """Cut ``count`` folded characters into TOKEN records; give how many, and where their letters end.

    ``tokens`` has room for one for each character. Line heads (quote, heading and list signs), markdown,
    links, mentions and the apostrophes of words leave nothing. ``hash`` is ``hash_of`` the token's letters,
    ``word`` is NOTHING. ``folded`` and ``origins`` may be changed.
    """
    text.folded[count] = 0
    kept = without_line_heads(text.folded, text.origins, count, classes, trace)
    return _cut(text, kept, classes, tokens, (0, 0), trace)


@compiled
def tokenise_letters(  # noqa: PLR0913 - a stretch of letters, and the tails it is written to
    text: TextBuffers,
    start: int,
    end: int,
    classes: Classes,
    tokens: Records,
    used: tuple[int, int],
    trace: Trace,
) -> tuple[int, int]:
    """Cut the letters ``start``..``end`` again, low lines as spaces: the words of an emoji's name.

    ``used`` are the tokens and letters in use, behind which the new ones are written; gives both as they
    are then. Overwrites ``folded``; the new tokens' ``start`` and ``end`` mean nothing, and nothing is noted.
    """
    for position in range(start, end):
        letter = int(text.letters[position])
        text.folded[position - start] = _BLANK if letter == _LOW_LINE else letter
    text.folded[end - start] = 0
    return _cut(text, end - start, classes, tokens, used, trace[:0])


@compiled
def _cut(
    text: TextBuffers, count: int, classes: Classes, tokens: Records, used: tuple[int, int], trace: Trace
) -> tuple[int, int]:
    folded = text.folded
    token_count, letters_end = used
    position, piece_end = 0, -1
    while position < count:
        if classes[folded[position]] == SPACE and folded[position] != _LINE:
            position += 1
            continue
        kind, end, rule = _piece(folded, position, count, classes)
        if rule != Rule.NONE:
            note_piece(trace, rule, text.origins, position, end)
        if kind != DROPPED:
            token = tokens[token_count]
            token.kind = kind
            token.glued = position == piece_end
            letters_end = _write(text, classes, position, end, token, letters_end)
            token_count += 1
            if token.amount >= LARGEST_QUANTITY:
                note_piece(trace, Rule.LARGEST_QUANTITY, text.origins, position, end)
        position = piece_end = end
    return token_count, letters_end


@compiled
def _piece(folded: Characters, position: int, count: int, classes: Classes) -> Piece:
    before = int(classes[folded[position - 1]]) if position > 0 else SIGN
    own = classes[folded[position]]
    if own == LETTER:
        return letter_piece(folded, position, count, classes, before)
    if own == DIGIT:
        return number_piece(folded, position, classes, before)
    return sign_piece(folded, position, count, classes, before)


@compiled
def _write(
    text: TextBuffers, classes: Classes, start: int, end: int, token: np.record, letters_start: int
) -> int:
    """Write a token's letters, values and places; give where the letters end."""
    folded, letters = text.folded, text.letters
    token.start = text.origins[start]
    token.end = original_end(text.origins, end)
    token.word = NOTHING
    token.amount = 0.0
    token.ratio_first = 0
    token.ratio_second = 0
    if token.kind == SIGN_TOKEN:
        letters_end = _write_sign(folded, start, end, letters, letters_start)
    else:
        letters_end = _copy(folded, start, end, letters, letters_start, token.kind == WORD)
        if token.kind == NUMBER:
            token.amount = number_value(folded, start, end)
        elif token.kind == RATIO:
            colon = run_end(folded, start, classes, DIGIT)
            token.ratio_first = whole_number(folded, start, colon)
            token.ratio_second = whole_number(folded, colon + 1, end)
    token.letters_start = letters_start
    token.letters_end = letters_end
    token.hash = hash_of(letters, letters_start, letters_end)
    return letters_end


@compiled
def _copy(
    folded: Characters, start: int, end: int, letters: Characters, letters_start: int, is_word: bool
) -> int:
    """Write a token's characters, a word's without its apostrophes; give where they end."""
    letters_end = letters_start
    for position in range(start, end):
        if is_word and folded[position] == _APOSTROPHE:
            continue
        letters[letters_end] = folded[position]
        letters_end += 1
    return letters_end


@compiled
def _write_sign(folded: Characters, start: int, end: int, letters: Characters, letters_start: int) -> int:
    """Write a sign in its plain form: one line break, a short arrow, at most two of what repeats."""
    first, length = int(folded[start]), 1
    if first == _LINE:
        letters[letters_start] = _LINE
    elif folded[end - 1] == _GREATER:
        letters[letters_start] = _MINUS
        letters[letters_start + 1] = _GREATER
        length = 2
    elif end == start + 1:
        letters[letters_start] = first
    else:
        letters[letters_start] = first
        letters[letters_start + 1] = _MINUS if first == _LESS else folded[start + 1]
        length = 2
    return letters_start + length


def cut(text: str) -> list[Token]:
    """Fold a text and cut it, as a post would be.

    >>> [token.text for token in cut("lfbx450 → 3MC + <:ASE:12>")]
    ['lfb', 'x', '450', '->', '3', 'mc', '+', '<:ase:12>']
    """
    buffers = blank_text(len(text))
    count = folded_text(text, buffers.folded, buffers.origins)
    tokens = blank_records(TOKEN, count)
    found, _ = tokenise(buffers, count, PAGES_OF_PROCESS.tables.classes, tokens, blank_trace(0))
    return [
        Token(
            TokenKind(int(token.kind)),
            "".join(map(chr, buffers.letters[token.letters_start : token.letters_end])),
            bool(token.glued),
        )
        for token in tokens[:found]
    ]
