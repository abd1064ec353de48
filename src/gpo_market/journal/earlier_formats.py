"""Texts and words as formats 1 and 2 held them: in clear, a row each, facts named by sequence number."""

from collections.abc import Iterator
from itertools import groupby

import apsw

from gpo_market.events.log import StoredText
from gpo_market.journal.schema import WORDS_SINCE
from gpo_market.journal.sealed_texts import SaidWords

_TEXT_OF = "SELECT content FROM texts WHERE post = ? ORDER BY seq DESC LIMIT 1"
_TEXT_AT = "SELECT post, seq, message_id, content FROM texts WHERE post = ? AND seq = ?"
_NUMBERS = "SELECT seq, post FROM texts WHERE seq > ?"
_WORDS_AT = "SELECT post, seq, poster, time, word FROM unknown_words WHERE post = ? AND seq = ? ORDER BY id"
_WORDS = "SELECT post, seq, poster, time, word FROM unknown_words ORDER BY id"


class EarlierTexts:
    """The texts of one connection to a journal of format 1 or 2; reads only."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._has_words = connection.pragma("user_version") >= WORDS_SINCE

    def text_of(self, post: int) -> str | None:
        """Find the newest text of a post that is held."""
        found = self._connection.execute(_TEXT_OF, (post,)).fetchone()
        return None if found is None else str(found[0])

    def text_at(self, post: int, seq: int) -> StoredText | None:
        """Find the text that one fact of a post was read in."""
        row = self._connection.execute(_TEXT_AT, (post, seq)).fetchone()
        return None if row is None else StoredText(*row)

    def read(self, after: int = 0) -> Iterator[StoredText]:
        """Read texts in order from the fact behind ``after``; memory: 100 bytes for each of them."""
        for seq, post in sorted(self._connection.execute(_NUMBERS, (after,))):
            text = self.text_at(post, seq)
            if text is not None:
                yield text

    def said(self) -> Iterator[SaidWords]:
        """Read what was said in unknown words, oldest first."""
        return self._said(_WORDS)

    def said_at(self, post: int, seq: int) -> SaidWords | None:
        """Find the unknown words that one fact of a post was read with."""
        return next(self._said(_WORDS_AT, post, seq), None)

    def _said(self, query: str, *numbers: int) -> Iterator[SaidWords]:
        if not self._has_words:
            return
        rows = self._connection.execute(query, numbers)
        for (post, seq, poster, time), words in groupby(rows, lambda row: row[:4]):
            yield SaidWords(post, seq, poster, time, tuple(row[4] for row in words))
