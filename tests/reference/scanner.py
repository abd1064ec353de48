"""Reads tokens into elements in one pass: the longest known phrase wins, whole words only."""

import re
from dataclasses import dataclass

from gpo_market.catalogue import Catalogue
from gpo_market.language.folding import plain_letters
from gpo_market.language.lexicon import Entry, Lexicon, Node, compile_lexicon, plain_roles
from gpo_market.language.limits import LONGEST_TYPO, MOST_CORRECTIONS, SHORTEST_FOR_TWO, SHORTEST_NEIGHBOUR
from gpo_market.language.plain_words import NUMBER_WORDS
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.spelling import edit_distance
from gpo_market.language.tokens import Token, TokenKind, emoji_name
from tests.reference.elements import Element
from tests.reference.spelling import Speller
from tests.reference.tokens import number_value, tokenise

_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
"""A letter held for effect (``caseee``): three or more of one, written once."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The elements of a post, and the corrected words as (typed, read as)."""

    elements: list[Element]
    corrections: tuple[tuple[str, str], ...]


class Scanner:
    """Scans folded posts against one item list. Memory is bounded by the list."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._lexicon: Lexicon = compile_lexicon(catalogue)
        self._speller = Speller(self._lexicon.item_words, self._lexicon.whole)
        self._plain = plain_roles()

    def scan(self, text: str) -> Scan:
        """Read folded text into elements; decoration and unread signs leave none."""
        tokens = tokenise(text)
        words = [token.text for token in tokens]
        corrected, strange = self._correct(tokens, words)
        elements: list[Element] = []
        applied: list[tuple[str, str]] = []
        position = 0
        while position < len(tokens):
            entry, end = self._longest(words, position, strange)
            if entry is None:
                element = self._single(tokens[position], words[position] if position not in corrected else "")
                if element is not None:
                    elements.append(element)
                position += 1
                continue
            elements.append(_understood(entry, words[position:end], tokens[position:end]))
            typos = (at for at in range(position, end) if at in corrected or at in strange)
            applied.extend((tokens[at].text, words[at]) for at in typos)
            position = end
        return Scan(elements, tuple(dict.fromkeys(applied))[:MOST_CORRECTIONS])

    def _correct(self, tokens: list[Token], words: list[str]) -> tuple[set[int], set[int]]:
        """Replace unknown words by the item word they are near to; give where, and where none is near."""
        known = self._lexicon.known
        corrected: set[int] = set()
        strange: set[int] = set()
        tried = 0
        for position, token in enumerate(tokens):
            if token.kind is not TokenKind.WORD or token.text in known:
                continue
            latin = token.text if token.text.isascii() else plain_letters(token.text)
            drawn = _DRAWN_OUT.sub(r"\1", latin)
            if latin in known or drawn in known:
                words[position] = latin if latin in known else drawn
                continue
            tried += 1
            near = self._speller.correct(latin) if tried <= MOST_CORRECTIONS else None
            if near is None:
                strange.add(position)
            else:
                words[position] = near
                corrected.add(position)
        return corrected, strange

    def _longest(self, words: list[str], start: int, strange: set[int]) -> tuple[Entry | None, int]:
        """Find the longest phrase from ``start`` on; ``strange`` words inside a name are put right."""
        node = self._lexicon.root
        best: tuple[Entry | None, int] = (None, start)
        typos: dict[int, str] = {}
        for position in range(start, len(words)):
            following = node.next.get(words[position])
            if following is None and position > start and position in strange:
                meant = self._meant(node, words[position])
                if meant is not None:
                    typos[position], following = meant, node.next[meant]
            if following is None:
                break
            node = following
            if node.entry is not None and (node.entry.role is Role.ITEM or not typos):
                best = (node.entry, position + 1)
                for at, meant in typos.items():
                    words[at] = meant
        return best

    def _meant(self, node: Node, word: str) -> str | None:
        """Give the one word near ``word`` that goes on a phrase: a name's other words make it sure."""
        if not SHORTEST_NEIGHBOUR <= len(word) <= LONGEST_TYPO:
            return None
        limit = 2 if len(word) >= SHORTEST_FOR_TWO else 1
        near = [
            other
            for other in node.next
            if len(other) >= SHORTEST_NEIGHBOUR and edit_distance(word, other, limit) <= limit
        ]
        return near[0] if len(near) == 1 else None

    def _single(self, token: Token, word: str) -> Element | None:
        if token.kind is TokenKind.WORD:
            return self._word(word if word in self._plain else token.text)
        if token.kind is TokenKind.NUMBER:
            return Element(Role.NUMBER, token.text, amount=number_value(token.text), glued=token.glued)
        if token.kind is TokenKind.EMOJI:
            return self._emoji(token.text, glued=token.glued)
        if token.kind is TokenKind.CASH:
            return Element(Role.CASH, token.text)
        if token.kind is TokenKind.RATIO:
            first, _, second = token.text.partition(":")
            return Element(Role.RATIO, token.text, ratio=(float(first), float(second)))
        return Element(Role.PLAIN, token.text) if token.kind is TokenKind.SKIPPED else None

    def _word(self, word: str) -> Element:
        role = self._plain.get(word)
        if role is None:
            return Element(Role.UNKNOWN if len(word) > 1 else Role.PLAIN, word)
        return Element(role, word, amount=float(NUMBER_WORDS.get(word, 1)))

    def _emoji(self, token: str, *, glued: bool) -> Element | None:
        """Read a custom emoji: by id, by whole name, or not at all.

        Its name is no doubtful word, unless it may be one of Discord's own (``:fire:``). Nobody mistypes
        it: it is chosen from a list.
        """
        name, number = emoji_name(token)
        items = self._lexicon.emoji.get(number) or self._lexicon.emoji.get(name)
        if items:
            return Element(Role.ITEM, name, items, glued=glued)
        words = [token.text for token in tokenise(name)]
        entry, end = self._longest(words, 0, set()) if words else (None, 0)
        if entry is None or end < len(words):
            return None
        stock = not number and entry.doubt is not Doubt.NONE
        if stock:
            return Element(entry.role, f":{name}:", entry.items, doubt=Doubt.FUNCTION, glued=glued)
        return Element(entry.role, name, entry.items, glued=glued, money=entry.money)


def _understood(entry: Entry, words: list[str], tokens: list[Token]) -> Element:
    text, typed, glued = " ".join(words), " ".join(token.text for token in tokens), tokens[0].glued
    if entry.role is Role.ITEM:
        items, doubt, spare = entry.items, entry.doubt, entry.spare
        return Element(
            Role.ITEM, text, items, doubt=doubt, spare=spare, glued=glued, typed=typed, money=entry.money
        )
    amount = float(NUMBER_WORDS.get(text, 1))
    return Element(entry.role, text, amount=amount, doubt=Doubt.NONE, glued=glued, typed=typed)
