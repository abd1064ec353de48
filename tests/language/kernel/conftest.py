"""Carries elements between the plain reader's objects and the kernel's records."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language.kernel.corrections import LONGEST_LATIN, blank_corrections
from gpo_market.language.kernel.desk import Desk
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import ELEMENT, NOTHING, TOKEN, Characters, Records, blank_records
from gpo_market.language.kernel.scanner import scan
from gpo_market.language.kernel.spelling import blank_scratch
from gpo_market.language.kernel.tables import CompiledLexicon, compile_tables
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.marks import marks_of
from gpo_market.language.roles import Doubt, Element, Role
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind, number_value, tokenise

SPARE_RECORDS = 8
ROOM_FOR_LETTERS = 4


@dataclass
class Conversion:
    """Turns element objects into records and back; sets of readings get numbers behind ``items``."""

    items: int = 10_000
    sets: list[tuple[int, ...]] = field(default_factory=list)

    def records(self, elements: Sequence[Element]) -> tuple[Records, Characters, int]:
        """Give the records (with some to spare), the letters, and how many letters are in use."""
        made = blank_records(ELEMENT, 2 * len(elements) + SPARE_RECORDS)
        written: list[int] = []
        for record, element in zip(made, elements, strict=False):
            for name in ("role", "spare", "doubt", "glued", "counted", "ranged", "held", "amount"):
                record[name] = getattr(element, name)
            if element.ratio is not None:
                record.ratio_first, record.ratio_second = element.ratio
            record.reading = self._reading(element.items)
            record.phrase = NOTHING
            record.marks = marks_of(element.text)
            record.letters_start = record.start = len(written)
            written.extend(map(ord, element.text))
            record.letters_end = record.end = len(written)
        letters = np.zeros(len(written) * ROOM_FOR_LETTERS + 64, dtype=np.uint32)
        letters[: len(written)] = written
        return made, letters, len(written)

    def elements(self, records: Records, count: int, letters: Characters) -> list[Element]:
        """Give the first ``count`` records as elements."""
        return [self._element(record, letters) for record in records[:count]]

    def _reading(self, items: tuple[int, ...]) -> int:
        if len(items) <= 1:
            return items[0] if items else NOTHING
        if items not in self.sets:
            self.sets.append(items)
        return self.items + self.sets.index(items)

    def _element(self, record: np.record, letters: Characters) -> Element:
        reading = int(record.reading)
        items = () if reading == NOTHING else (reading,)
        ratio = (float(record.ratio_first), float(record.ratio_second))
        return Element(
            Role(int(record.role)),
            "".join(map(chr, letters[record.letters_start : record.letters_end])),
            self.sets[reading - self.items] if reading >= self.items else items,
            amount=float(record.amount),
            counted=bool(record.counted),
            ranged=bool(record.ranged),
            doubt=Doubt(int(record.doubt)),
            spare=Role(int(record.spare)),
            glued=bool(record.glued),
            held=bool(record.held),
            ratio=ratio if ratio[0] else None,
        )


@pytest.fixture
def conversion() -> Conversion:
    """Give a fresh conversion."""
    return Conversion()


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
        made, corrected = scan(desk, count, end, self.lexicon.tables)
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
            record.hash = hash_of(letters, record.letters_start, end)
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


@pytest.fixture(scope="session")
def kernel_scanner(catalogue: Catalogue) -> KernelScanner:
    """Give a compiled scanner of the packaged item list."""
    return KernelScanner(compile_tables(catalogue))


@pytest.fixture
def scanner_of() -> Callable[[Catalogue], KernelScanner]:
    """Give a maker of compiled scanners of other lists."""
    return lambda catalogue: KernelScanner(compile_tables(catalogue))
