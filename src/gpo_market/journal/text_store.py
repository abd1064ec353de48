"""The texts beside the log: encrypted blocks, found by origin, rewritten when one of their texts goes."""

from collections.abc import Callable, Iterable, Iterator

import apsw

from gpo_market.events.log import StoredText
from gpo_market.journal.recent_commits import Beside, read_besides
from gpo_market.journal.schema import has_recent
from gpo_market.journal.sealed_texts import SaidWords, SealedBlock, SealError, TextSealer

BLOCK_TEXTS = 512
"""Most texts in one block: what a deletion has to decrypt and seal again."""

_CHUNK_BYTES = 1 << 20
_LOWEST = -(2**63)
# A flipped type byte must not make SQLite hand over text that is none; what stands in its place never opens.
_COLUMNS = """SELECT first, CASE typeof(last) WHEN 'integer' THEN last ELSE first END,
    CASE typeof(received) WHEN 'integer' THEN received ELSE 0 END,
    CASE typeof(body) WHEN 'blob' THEN body ELSE x'' END FROM {blocks} """
_HOLDING = _COLUMNS + "WHERE first <= ? ORDER BY first DESC LIMIT 1"
_FROM = _COLUMNS + "WHERE first >= ? ORDER BY first"
_WITH_WORDS = _COLUMNS + "WHERE first >= ? AND said > 0 ORDER BY first"
_START = "SELECT coalesce((SELECT first FROM {blocks} WHERE first <= ? ORDER BY first DESC LIMIT 1), ?1)"
_ALL = """(SELECT first, last, received, said, body FROM texts UNION ALL
    SELECT origin AS first, last, received, said, texts FROM recent WHERE origin IS NOT NULL)"""
_REVISIONS = """SELECT DISTINCT origin FROM revisions
    WHERE post = ? AND typeof(origin) = 'integer' ORDER BY origin"""


class TextStore:
    """The blocks of one connection; a text is found by the origin of the fact it was read for.

    Memory: about 1 MiB of blocks while reading on, one block otherwise.
    """

    def __init__(self, connection: apsw.Connection, sealer: TextSealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, texts: list[StoredText], said: list[SaidWords], received: int) -> None:
        """Write the texts of one commit, in order of origin, with the unknown words said in them."""
        for start in range(0, len(texts), BLOCK_TEXTS):
            part = texts[start : start + BLOCK_TEXTS]
            first, last = part[0].origin, part[-1].origin
            self._insert(part, [words for words in said if first <= words.origin <= last], received)

    def text_of(self, post: int) -> str | None:
        """Find the newest text of a post that is held; raises SealError when its block does not open."""
        # One transaction: what is recent while its revisions are read may have moved when its text is.
        with self._connection:
            for origin in reversed(self._origins(post)):
                text = self._text_at(post, origin)
                if text is not None:
                    return text
        return None

    def read(self, after: int = 0) -> Iterator[StoredText]:
        """Read texts in order of origin from the one behind ``after``; no transaction stays open between.

        Raises SealError at the first block that does not open.
        """
        start = self._ask(_START, after + 1).get
        for block in self._blocks(_FROM, start):
            for text in self._sealer.open(block)[0]:
                if text.origin > after:
                    yield text

    def said(self) -> Iterator[SaidWords]:
        """Read what was said in unknown words, in order of origin; raises SealError as ``read`` does."""
        for block in self._blocks(_WITH_WORDS, 0):
            yield from self._sealer.open_words(block)

    def blocks(self) -> Iterator[SealedBlock]:
        """Read the blocks as they stand, unopened."""
        return self._blocks(_FROM, _LOWEST)

    def erase(self, posts: Iterable[int]) -> int:
        """Erase all texts and words of posts; gives how many texts went.

        A block that does not open and would hold one of them goes whole: nobody can read it, and what was
        asked to be gone must be gone.
        """
        gone = set(posts)
        origins = sorted({origin for post in gone for origin in self._origins(post)})
        erased, done = 0, 0
        for origin in origins:
            if origin <= done:
                continue
            block = self._holding(origin)
            if block is not None:
                erased += self._thin(block, lambda text: text.post in gone)
                done = block.last
        return erased

    def cut(self, top: int) -> int:
        """Erase the texts of facts behind origin ``top``, and what does not open; gives how many blocks."""
        unreadable = 0
        for block in self._blocks(_FROM, _LOWEST):
            try:
                self._sealer.open(block)
            except SealError:
                unreadable += 1
                self._remove(block)
                continue
            if block.last > top:
                self._thin(block, lambda text: text.origin > top)
        return unreadable

    def _insert(self, texts: list[StoredText], said: list[SaidWords], received: int) -> None:
        block = self._sealer.seal(texts, said, received)
        self._connection.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?)",
            (block.first, block.last, received, len(said), block.body),
        )

    def _thin(self, block: SealedBlock, goes: Callable[[StoredText | SaidWords], bool]) -> int:
        try:
            texts, said = self._sealer.open(block)
        except SealError:
            texts, said = [], []
        kept = [text for text in texts if not goes(text)]
        if texts and len(kept) == len(texts):
            return 0
        self._remove(block)
        if kept:
            self._insert(kept, [words for words in said if not goes(words)], block.received)
        return len(texts) - len(kept)

    def _remove(self, block: SealedBlock) -> None:
        self._connection.execute("DELETE FROM texts WHERE first = ?", (block.first,))

    def _text_at(self, post: int, origin: int) -> str | None:
        block = self._holding(origin)
        texts = self._sealer.open(block)[0] if block is not None else []
        return next((text.content for text in texts if (text.post, text.origin) == (post, origin)), None)

    def _origins(self, post: int) -> list[int]:
        origins = [post, *(origin for (origin,) in self._connection.execute(_REVISIONS, (post,)))]
        if has_recent(self._connection):
            origins += self._recent_origins(post)
        return origins

    def _recent_origins(self, post: int) -> list[int]:
        besides = [beside for _, beside in read_besides(self._connection) if isinstance(beside, Beside)]
        found = {origin for beside in besides for of, _, origin in beside.revisions if of == post}
        return sorted(found)

    def _holding(self, origin: int) -> SealedBlock | None:
        row = self._ask(_HOLDING, origin).fetchone()
        return None if row is None or row[1] < origin else SealedBlock(*row)

    def _ask(self, query: str, number: int) -> apsw.Cursor:
        blocks = _ALL if has_recent(self._connection) else "texts"
        return self._connection.execute(query.format(blocks=blocks), (number,))

    def _blocks(self, query: str, start: int) -> Iterator[SealedBlock]:
        while chunk := self._chunk(query, start):
            yield from chunk
            start = chunk[-1].first + 1

    def _chunk(self, query: str, start: int) -> list[SealedBlock]:
        chunk: list[SealedBlock] = []
        size = 0
        cursor = self._ask(query, start)
        try:
            for row in cursor:
                if row[0] < start:
                    raise apsw.CorruptError("the rows of texts are out of order")
                chunk.append(SealedBlock(*row))
                start = row[0] + 1
                size += len(chunk[-1].body)
                if size >= _CHUNK_BYTES:
                    break
        finally:
            cursor.close(force=True)
        return chunk
