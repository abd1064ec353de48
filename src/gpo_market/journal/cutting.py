"""Cutting what stands beside a log back to its last sound fact."""

from collections.abc import Iterable

import apsw

from gpo_market.events.facts import PostRecorded
from gpo_market.journal.schema import SEALED_SINCE, WORDS_SINCE
from gpo_market.journal.sealed_texts import TextSealer
from gpo_market.journal.text_store import TextStore

_CUT_MESSAGES = (
    "DELETE FROM messages WHERE post > ?1",
    "UPDATE messages SET deleted = NULL WHERE deleted > ?1",
)
_CUT_EARLIER = (
    *_CUT_MESSAGES,
    "DELETE FROM fact_keys WHERE seq > ?1",
    "DELETE FROM texts WHERE seq > ?1",
)
_CUT = (*_CUT_MESSAGES, "DELETE FROM revisions WHERE origin > ?1")
_CHANGED = "SELECT post FROM messages WHERE newest > ?1 AND post BETWEEN 1 AND ?1"
_RESTORE = "UPDATE messages SET newest = ?2, revision = ?3, fingerprint = ?4 WHERE post = ?1"


def changed_posts(connection: apsw.Connection, top: int) -> set[int]:
    """Name the posts whose newest fact stands behind origin ``top`` and whose first does not."""
    return {post for (post,) in connection.execute(_CHANGED, (top,)) if isinstance(post, int)}


def cut_stores(
    connection: apsw.Connection, sealer: TextSealer, top: int, newest: Iterable[PostRecorded]
) -> int:
    """Take out what belongs to facts behind origin ``top``, so that it can come again.

    ``newest`` are the newest facts up to there of the posts that had changed behind it. Texts that do not
    open go too; gives how many blocks of them.
    """
    version = connection.pragma("user_version")
    sealed = version >= SEALED_SINCE
    for statement in _CUT if sealed else _CUT_EARLIER:
        connection.execute(statement, (top,))
    if version == WORDS_SINCE:
        connection.execute("DELETE FROM unknown_words WHERE seq > ?1", (top,))
    connection.executemany(
        _RESTORE, [(fact.post, fact.origin, fact.revision, fact.fingerprint) for fact in newest]
    )
    return TextStore(connection, sealer).cut(top) if sealed else 0
