"""Carries elements between the plain reader's objects and the kernel's records."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.events.compiling import plain
from gpo_market.language.kernel.folding import fold
from gpo_market.language.kernel.records import ELEMENT, NOTHING, Characters, Records, blank_records
from gpo_market.language.kernel.tables import compile_tables
from gpo_market.language.marks import Mark, marks_of
from gpo_market.language.roles import Doubt, Role
from tests.language.kernel.scanning import KernelScanner
from tests.reference.elements import Element

collect_ignore_glob = [] if fold is plain(fold) else ["test_*.py"]
"""These tests read the source of the kernels, which coverage sees: ``make test`` runs them with the compiler
off. Compiled, the whole reader is held to the plain one by test_agreement.py."""

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
            record.marks = marks_of(element.text) | element.money << Mark.MONEY
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


@pytest.fixture(scope="session")
def kernel_scanner(catalogue: Catalogue) -> KernelScanner:
    """Give a compiled scanner of the packaged list."""
    return KernelScanner(compile_tables(catalogue))
