"""One thread's place to read at: buffers that are used again for every post and batch."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import plain
from gpo_market.events.readings import Kind, PostReading, QuoteReading
from gpo_market.language.columns import Readings, Texts, join
from gpo_market.language.explaining import MOST_RULES, Explanation, Wording, explained
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.folding import PAGES_OF_PROCESS
from gpo_market.language.kernel.plain_tables import plain_tables
from gpo_market.language.kernel.reading import PostFlag, read_posts, reading_block
from gpo_market.language.kernel.records import Characters, Integers, Records
from gpo_market.language.kernel.sheets import Use, blank_sheets, open_sheets
from gpo_market.language.kernel.tables import CompiledLexicon
from gpo_market.language.kernel.tracing import Trace, blank_trace
from gpo_market.language.kernel.workspace import Workspace, blank_workspace
from gpo_market.language.limits import LONGEST_READ

ORDINARY_LENGTH = 1 << 11
"""Characters of the longest post that the kept buffers take; a longer one gets buffers of its own."""

_PARTING = "\0"
"""Stands between the posts of a batch: a character that honest ones do not hold."""
_NO_TRACE = blank_trace(0)
_REMARKED = (Kind.OFFER, Kind.DEAL, Kind.QUESTION)
"""Kinds of posts that are remarked upon when they are cut short."""


class ReadingDesk:
    """Reads a batch of posts at a time; not to be shared between threads.

    Memory: a workspace for posts of ``longest`` characters and sheets for about ``posts`` posts.
    """

    def __init__(self, lexicon: CompiledLexicon, posts: int, *, longest: int = ORDINARY_LENGTH) -> None:
        self._tables = plain_tables(lexicon)
        self._longest = longest
        self._workspace = blank_workspace(longest)
        self._sheets = blank_sheets(posts)
        self._folds = PAGES_OF_PROCESS.tables
        self._block = self._block_with(self._workspace)
        self._open = plain(open_sheets)(self._sheets)
        self._texts = Texts(
            lexicon, self._open.aliases, self._open.names, self._open.typos, self._sheets.letters
        )
        # Python takes fields of plain arrays several times sooner than those of arrays of records.
        self._bounds = np.zeros(2, dtype=np.int64)
        self._posts, self._quotes, legs = (
            records.view(np.ndarray) for records in (self._open.posts, self._open.quotes, self._open.legs)
        )
        self._leg_columns = (legs["reading"], legs["phrase"], legs["quantity"])

    def read_one(self, content: str, trace: Trace = _NO_TRACE) -> PostReading:
        """Read one post into an object; ``trace`` takes the rules that decide about it."""
        cut = content if len(content) <= LONGEST_READ else content[:LONGEST_READ]
        self._sheets.used.fill(0)
        self._bounds[1] = len(cut) + 1
        self._read(characters_of(cut), self._bounds, len(cut), trace)
        number, says, quotes_end, names_end, typos_end = self._posts.item(0)
        kind = Kind(number)
        if len(cut) < len(content) and kind in _REMARKED:
            says |= PostFlag.CUT
        return PostReading(
            kind,
            self._read_quotes(quotes_end) if quotes_end else (),
            self._texts.unknown(0, names_end) if names_end else (),
            self._texts.notes(says, 0, typos_end) if says or typos_end else (),
        )

    def explain(self, content: str) -> Explanation:
        """Read one post of at most the desk's ``longest`` characters, and tell how."""
        trace = blank_trace(MOST_RULES)
        reading = self.read_one(content, trace)
        wording = Wording(self._texts, self._workspace.letters)
        return explained(wording, self._workspace, self._open, trace, reading)

    def _read_quotes(self, count: int) -> tuple[QuoteReading, ...]:
        quotes = self._quotes[:count].tolist()
        legs = quotes[-1][1]
        rows = list(zip(*[column[:legs].tolist() for column in self._leg_columns], strict=True))
        read, first = [], 0
        for says, end in quotes:
            read.append(self._texts.quote(says, rows[first:end]))
            first = end
        return tuple(read)

    def read_batch(self, contents: Sequence[str]) -> Readings:
        """Read posts into columns."""
        characters, bounds = _joined(contents)
        lengths = np.diff(bounds) - 1
        longest = int(lengths.max(initial=0))
        if longest > LONGEST_READ:
            characters, bounds = _joined([content[:LONGEST_READ] for content in contents])
        parts: list[Readings] = []
        done = 0
        while done < len(contents) or not parts:
            self._sheets.used[:] = 0
            done += self._read(characters, bounds[done:], min(longest, LONGEST_READ), _NO_TRACE)
            parts.append(self._harvest())
        readings = join(parts)
        if longest > LONGEST_READ:
            cut = (lengths > LONGEST_READ) & np.isin(readings.kinds, _REMARKED)
            readings.post_flags[cut] |= np.uint8(PostFlag.CUT)
        return readings

    def _read(self, characters: Characters, bounds: Integers, longest: int, trace: Trace) -> int:
        """Read until all is read or the sheets are full; give how many posts were."""
        workspace = self._workspace if longest <= self._longest else blank_workspace(longest)
        block = self._block if workspace is self._workspace else self._block_with(workspace)
        while True:
            read = read_posts(characters, bounds, self._tables.items, block, trace)
            if read >= 0:
                return read
            self._folds = PAGES_OF_PROCESS.with_page(read)
            block = self._block_with(workspace)
            self._block = block if workspace is self._workspace else self._block_with(self._workspace)

    def _block_with(self, workspace: Workspace) -> Integers:
        return reading_block(self._tables, self._folds, workspace, self._sheets)

    def _harvest(self) -> Readings:
        """Copy what stands on the sheets."""
        used, sheets = self._sheets.used.tolist(), self._open
        posts, quotes = self._posts[: used[Use.POSTS]], self._quotes[: used[Use.QUOTES]]
        items, phrases, quantities = (column[: used[Use.LEGS]].copy() for column in self._leg_columns)
        return Readings(
            posts["kind"].copy(),
            posts["says"].copy(),
            _offsets(posts["quotes_end"]),
            _offsets(posts["names_end"]),
            _offsets(posts["typos_end"]),
            quotes["says"].copy(),
            _offsets(quotes["legs_end"]),
            items,
            phrases,
            quantities,
            Texts(
                self._texts.lexicon,
                _copied(sheets.aliases, used[Use.ALIASES]),
                _copied(sheets.names, used[Use.NAMES]),
                _copied(sheets.typos, used[Use.TYPOS]),
                sheets.letters[: used[Use.LETTERS]].copy(),
            ),
        )


def _joined(contents: Sequence[str]) -> tuple[Characters, Integers]:
    """Give all texts with a character behind each but the last, and where each begins (see ``read_posts``).

    Looking for that character is several times sooner than asking each text for its length.
    """
    characters = characters_of(_PARTING.join(contents))
    bounds = np.zeros(len(contents) + 1, dtype=np.int64)
    ends = np.flatnonzero(characters == ord(_PARTING))
    if len(ends) == len(contents) - 1:
        bounds[1:-1] = ends
        bounds[-1] = len(characters)
        bounds[1:] += 1
    else:
        lengths = np.fromiter(map(len, contents), np.int64, len(contents))
        np.cumsum(lengths + 1, out=bounds[1:])
    return characters, bounds


def _copied(records: Records, count: int) -> Records:
    """Copy the first ``count`` records."""
    return records[:count].copy().view(np.recarray)


def _offsets(ends: NDArray[np.int64]) -> NDArray[np.int64]:
    offsets = np.zeros(len(ends) + 1, dtype=np.int64)
    offsets[1:] = ends
    return offsets
