"""Finds the words of a post, and what stands in for those it does not know: look-alikes and typos."""

import numpy as np

from gpo_market.events.compiling import compiled_in_place, compiled_part
from gpo_market.language.kernel.desk import (
    STAND_IN,
    Desk,
    note_token,
    read_as,
    rule_of_stand_in,
    span_of,
    stand_in,
    word_at,
)
from gpo_market.language.kernel.followers import nearest_follower
from gpo_market.language.kernel.hints import fetch
from gpo_market.language.kernel.records import NOTHING, Characters, Integers, Records, blank_records
from gpo_market.language.kernel.spelling import BETWEEN, Span, SpellingTables, correct_again
from gpo_market.language.kernel.tables import (
    FIRST_LOOKALIKE,
    LAST_LOOKALIKE,
    Dictionary,
    LexiconTables,
    Paths,
    find_text,
    follow,
    foresee,
    same_letters,
)
from gpo_market.language.limits import MOST_CORRECTIONS
from gpo_market.language.roles import Role
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind

CORRECTION = np.dtype([("letters_start", "i4"), ("letters_end", "i4"), ("word", "i4")], align=True)
"""One typo: the letters as typed, and the lexicon's number of the word it was read as."""

LONGEST_LATIN = 64
"""Letters of the longest word that is read through look-alikes and letters drawn out."""

_FIRST_BEYOND_ASCII = 128
_DRAWN_OUT = 3
"""Letters of a kind in a row that are written for effect."""


def blank_corrections() -> Records:
    """Give room for the corrections of a post."""
    return blank_records(CORRECTION, MOST_CORRECTIONS)


@compiled_in_place
def look_up(desk: Desk, count: int, letters_end: int, tables: LexiconTables) -> tuple[int, int]:
    """Find each token's word, or what stands in for an unknown one.

    Give how many typos were corrected, and the last word that is left and may be a typo inside a name (0 for
    none: no name begins with one).
    """
    letters, tokens, lookalikes = desk.letters, desk.tokens, tables.lookalikes
    words = tables.words
    dictionary = Dictionary(tables.letters, tables.word_starts, tables.word_places, words)
    typos = tried = strange = 0
    for position in range(count):
        foresee(int(np.int64(tokens[position].hash)), dictionary)
    for position in range(count):
        token = tokens[position]
        number = find_text(letters, span_of(token), int(np.int64(token.hash)), dictionary)
        token.word = number
        if number != NOTHING:
            fetch(tables.entries, int(words[number].entry))
        if token.kind != TokenKind.WORD or (number != NOTHING and words[number].known):
            continue
        if _read_plainly(desk, position, letters_end, dictionary, lookalikes):
            continue
        tried += 1
        if tried <= MOST_CORRECTIONS:
            span = _latin_letters(letters, span_of(token), letters_end, lookalikes)
            typos += _correct(desk, position, span, tables.spelling)
            strange = position if token.word > STAND_IN else strange
        else:
            note_token(desk.trace, Rule.TOO_MANY_TYPOS, token)
            strange = position
    return typos, strange


@compiled_part
def _read_plainly(
    desk: Desk, position: int, letters_end: int, dictionary: Dictionary, lookalikes: Characters
) -> bool:
    """Let the word stand in that a word's Latin letters spell, or those when none is drawn out."""
    letters, typed = desk.letters, span_of(desk.tokens[position])
    span = _latin_letters(letters, typed, letters_end, lookalikes)
    if span[0] == letters_end and _stands_in(desk, position, span, Rule.LOOKALIKES, dictionary):
        return True
    if not _is_drawn_out(letters, typed, lookalikes):
        return False
    span = _drawn_in(letters, typed, letters_end, lookalikes)
    return _stands_in(desk, position, span, Rule.DRAWN_OUT, dictionary)


@compiled_part
def _latin(letter: int, lookalikes: Characters) -> int:
    """Give the Latin letter that a letter looks like, or itself."""
    return (
        int(lookalikes[letter - FIRST_LOOKALIKE]) if FIRST_LOOKALIKE <= letter <= LAST_LOOKALIKE else letter
    )


@compiled_part
def _latin_letters(letters: Characters, typed: Span, letters_end: int, lookalikes: Characters) -> Span:
    """Write a word's Cyrillic letters as the Latin ones they look like, behind all letters; give where.

    A word of ASCII stays where it is, and so does one too long to be in a list.
    """
    start, end = typed
    plain = True
    for place in range(start, end):
        plain = plain and letters[place] < _FIRST_BEYOND_ASCII
    if plain or end - start > LONGEST_LATIN:
        return typed
    for place in range(start, end):
        letters[letters_end + place - start] = _latin(int(letters[place]), lookalikes)
    return letters_end, letters_end + end - start


@compiled_part
def _is_drawn_out(letters: Characters, typed: Span, lookalikes: Characters) -> bool:
    """Tell whether a letter stands three times in a row."""
    run, before = 0, NOTHING
    for place in range(typed[0], typed[1]):
        letter = _latin(int(letters[place]), lookalikes)
        run = run + 1 if letter == before else 1
        if run == _DRAWN_OUT:
            return True
        before = letter
    return False


@compiled_part
def _drawn_in(letters: Characters, typed: Span, letters_end: int, lookalikes: Characters) -> Span:
    """Write a word's Latin letters behind all letters, drawn-out ones once, as many as may be in a list."""
    written, run, before = letters_end, 0, NOTHING
    for place in range(typed[0], typed[1]):
        letter = _latin(int(letters[place]), lookalikes)
        run = run + 1 if letter == before else 1
        before = letter
        if run == _DRAWN_OUT:
            written -= 1
        elif run < _DRAWN_OUT:
            if written == letters_end + LONGEST_LATIN:
                break
            letters[written] = letter
            written += 1
    return letters_end, written


@compiled_part
def _stands_in(desk: Desk, position: int, span: Span, rule: int, dictionary: Dictionary) -> bool:
    """Let the word that some letters spell stand in by a rule, if they spell one."""
    number = word_at(desk.letters, span, dictionary)
    if number == NOTHING or not dictionary.words[number].known:
        return False
    desk.tokens[position].word = stand_in(number, rule)
    note_token(desk.trace, rule, desk.tokens[position])
    return True


@compiled_part
def _correct(desk: Desk, position: int, span: Span, spelling: SpellingTables) -> int:
    """Let the one item word near a typo stand in; give 1 if there is one, else 0."""
    number = correct_again(desk.letters, span[0], span[1], spelling, desk.scratch)
    if number == BETWEEN:
        note_token(desk.trace, Rule.BETWEEN_ITEMS, desk.tokens[position])
    if number < 0:
        return 0
    desk.tokens[position].word = stand_in(number, Rule.TYPO)
    return 1


@compiled_part
def longest_name(desk: Desk, start: int, count: int, paths: Paths, entries: Records) -> Span:
    """Give what ``longest_phrase`` does, where words inside a name may be mistyped: the others make it sure.

    Mistyped words get a stand-in once the name is whole.
    """
    word = read_as(int(desk.tokens[start].word))
    if word == NOTHING:
        return NOTHING, start + 1
    entry, end = int(paths.words[word].entry), start + 1
    at, node, mistyped = end, int(paths.words[word].node), False
    while node != NOTHING and at < count:
        place = _step(desk.letters, desk.tokens[at], node, desk.scratch, paths)
        if place == NOTHING:
            break
        edge = paths.edges.steps[place]
        mistyped = mistyped or edge.word != read_as(int(desk.tokens[at].word))
        at += 1
        if edge.entry != NOTHING and (not mistyped or entries[edge.entry].role == Role.ITEM):
            entry, end = int(edge.entry), at
        node = int(edge.to)
    if mistyped:
        _put_right(desk, (start + 1, end), int(paths.words[word].node), paths)
    return entry, end


@compiled_part
def _put_right(desk: Desk, span: Span, head: int, paths: Paths) -> None:
    """Let the words of a name, from its node ``head`` on, stand in for the tokens that are near them."""
    node = head
    for at in range(span[0], span[1]):
        edge = paths.edges.steps[_step(desk.letters, desk.tokens[at], node, desk.scratch, paths)]
        if edge.word != read_as(int(desk.tokens[at].word)):
            desk.tokens[at].word = stand_in(int(edge.word), Rule.TYPO_IN_NAME)
        node = int(edge.to)


@compiled_part
def _step(letters: Characters, token: np.record, node: int, scratch: Integers, paths: Paths) -> int:
    """Give the edge by which a token, or the one word it is near, goes on from a node; NOTHING for none."""
    word = int(token.word)
    place = follow(paths.edges, node, read_as(word))
    known = word <= STAND_IN or (word != NOTHING and paths.words[word].known)
    if place != NOTHING or known or token.kind != TokenKind.WORD:
        return place
    texts = paths.letters, paths.starts
    near = nearest_follower(letters, span_of(token), node, paths.followers, texts, scratch)
    return NOTHING if near == NOTHING else follow(paths.edges, node, near)


@compiled_part
def tell_corrections(desk: Desk, phrase: Span, told: int) -> int:
    """Write down the typos of the tokens that a phrase was read from, each once; give how many there are."""
    for position in range(phrase[0], phrase[1]):
        token = desk.tokens[position]
        rule = rule_of_stand_in(int(token.word))
        if rule in (Rule.TYPO, Rule.TYPO_IN_NAME):
            note_token(desk.trace, rule, token)
            told += _tell(desk, span_of(token), read_as(int(token.word)), told)
    return told


@compiled_part
def _tell(desk: Desk, typed: Span, word: int, told: int) -> int:
    """Write a typo down; give 1, or 0 when it was told before or too many were."""
    for number in range(told):
        earlier = desk.corrections[number]
        if earlier.word == word and same_letters(desk.letters, typed, desk.letters, span_of(earlier)):
            return 0
    if told == MOST_CORRECTIONS:
        return 0
    correction = desk.corrections[told]
    correction.letters_start, correction.letters_end = typed
    correction.word = word
    return 1
