"""Compares the compiled reader with its oracle, and makes the posts on which they differ short."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gpo_market.catalogue import Catalogue
from gpo_market.events.readings import PostReading
from tests.readers import Parser, ReferenceParser

MOST_ATTEMPTS = 2_000
"""Readings that making one post short may cost."""
_PIECES = re.compile(r"\s|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A post and how each reader reads it; ``in_batch`` is what stood in the columns."""

    content: str
    reference: PostReading
    alone: PostReading
    in_batch: PostReading

    def __str__(self) -> str:
        """Write it so that it can be pasted into a test."""
        lines = [
            f"post:      {self.content!r}",
            f"reference: {self.reference}",
            f"compiled:  {self.alone}",
        ]
        if self.in_batch != self.alone:
            lines.append(f"in batch:  {self.in_batch}")
        return "\n".join(lines)


class Comparison:
    """Both readers of one item list."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.compiled = Parser(catalogue)
        self.reference = ReferenceParser(catalogue)

    def differences(self, contents: Sequence[str], *, threads: int = 1) -> Iterator[Difference]:
        """Read posts by the reference, one by one, and as a batch; yield those not read alike."""
        for content, in_batch in zip(
            contents, self.compiled.parse_many(contents, threads=threads), strict=True
        ):
            reference, alone = self.reference.parse(content), self.compiled.parse(content)
            if not reference == alone == in_batch:
                yield Difference(content, reference, alone, in_batch)

    def differ(self, content: str) -> bool:
        """Tell whether a post is not read alike."""
        return any(True for _ in self.differences([content]))

    def shrunk(self, difference: Difference) -> Difference:
        """Give the shortest post found on which they still differ."""
        content = shrunk(difference.content, self.differ)
        return next(self.differences([content]), difference)


def shrunk(content: str, fails: Callable[[str], bool]) -> str:
    """Leave out pieces of a text while it fails, by halves down to single pieces (delta debugging).

    Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 2002.

    >>> shrunk("yo 2 ase for case pls", lambda text: "ase" in text and "for" in text)
    'forcase'
    """
    pieces = _PIECES.findall(content)
    size, attempts = len(pieces) // 2, 0
    while size:
        start = 0
        while start < len(pieces) and attempts < MOST_ATTEMPTS:
            attempts += 1
            left = pieces[:start] + pieces[start + size :]
            if fails("".join(left)):
                pieces = left
            else:
                start += size
        size //= 2
    return "".join(pieces)


def report(comparison: Comparison, differences: Sequence[Difference], read: int, shown: int = 5) -> str:
    """Write how many posts differ, and the first ones, made short."""
    first = [str(comparison.shrunk(one)) for one in differences[:shown]]
    return "\n\n".join([f"{len(differences)} of {read:,} posts are not read alike:", *first])
