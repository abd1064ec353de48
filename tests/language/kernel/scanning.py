"""Puts a text before the compiled scanner as the plain reader cuts it, and reads off what it found."""

from dataclasses import dataclass

import numpy as np

from gpo_market.events.compiling import plain
from gpo_market.language.kernel import scanner
from gpo_market.language.kernel.corrections import LONGEST_LATIN, blank_corrections
from gpo_market.language.kernel.desk import Desk
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import ELEMENT, NOTHING, TOKEN, Characters, blank_records
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tables import CompiledLexicon
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind
from tests.language.kernel.entries import entry_of
from tests.reference.elements import Element
from tests.reference.tokens import number_value, tokenise

scan = entry_of(scanner.scan)


@dataclass(frozen=True)
class Scanned:
    """What the compiled scan made of a text: elements, corrections (typed, read as), marks, rules fired."""

    elements: list[Element]
    corrections: tuple[tuple[str, str], ...]
    marks: list[int]
    rules: list[tuple[Rule, str]]


@dataclass
class KernelScanner:
    """Scans folded texts by the compiled scanner, from the tokens that the plain reader cuts."""

    lexicon: CompiledLexicon

    def scan(self, text: str) -> Scanned:
        """Scan a folded text."""
        desk, count, end = self.desk(text)
        made, corrected = self.run(desk, count, end)
        letters = desk.letters
        return Scanned(
            [self._element(record, letters) for record in desk.elements[:made]],
            tuple(
                (_text(letters, record), self.lexicon.words[record.word])
                for record in desk.corrections[:corrected]
            ),
            [int(record.marks) for record in desk.elements[:made]],
            [(Rule(rule), _slice(letters, start, end)) for rule, start, end in desk.trace[1:] if rule],
        )

    def run(self, desk: Desk, count: int, end: int) -> tuple[int, int]:
        """Scan what lies on a desk."""
        made, corrected, _ = scan(desk, count, end, self.lexicon.tables)
        return int(made), int(corrected)

    def desk(self, text: str) -> tuple[Desk, int, int]:
        """Lay the tokens of a folded text on a desk; give it, and how many tokens and letters there are."""
        cut = tokenise(text)
        room = sum(len(token.text) for token in cut)
        letters = np.zeros(room + LONGEST_LATIN, dtype=np.uint32)
        tokens = blank_records(TOKEN, room + 1)
        end = 0
        for record, token in zip(tokens, cut, strict=False):
            record.kind, record.glued, record.word = token.kind, token.glued, 999_999
            record.start = record.letters_start = end
            end += len(token.text)
            record.end = record.letters_end = end
            letters[record.letters_start : end] = [ord(letter) for letter in token.text]
            record.hash = plain(hash_of)(letters, record.letters_start, end)
            if token.kind is TokenKind.NUMBER:
                record.amount = number_value(token.text)
            if token.kind is TokenKind.RATIO:
                record.ratio_first, record.ratio_second = map(int, token.text.split(":"))
        elements = blank_records(ELEMENT, room + 1)
        elements.fill(np.frombuffer(b"\x55" * ELEMENT.itemsize, dtype=ELEMENT)[0])
        corrections, scratch, trace = blank_corrections(), blank_scratch(), blank_trace(4 * room)
        return Desk(letters, tokens, elements, corrections, scratch, trace), len(cut), end

    def _element(self, record: np.record, letters: Characters) -> Element:
        phrase = int(record.phrase)
        ratio = (float(record.ratio_first), float(record.ratio_second))
        return Element(
            Role(int(record.role)),
            _text(letters, record) if phrase == NOTHING else self.lexicon.phrases[phrase],
            self.lexicon.items_of(int(record.reading)),
            amount=float(record.amount),
            counted=bool(record.counted),
            ranged=bool(record.ranged),
            doubt=Doubt(int(record.doubt)),
            spare=Role(int(record.spare)),
            glued=bool(record.glued),
            held=bool(record.held),
            ratio=ratio if ratio[0] else None,
        )


def _text(letters: Characters, record: np.record) -> str:
    return _slice(letters, record.letters_start, record.letters_end)


def _slice(letters: Characters, start: int, end: int) -> str:
    return "".join(map(chr, letters[start:end]))
