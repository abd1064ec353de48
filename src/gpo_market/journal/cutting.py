"""Cutting what stands beside a log back to its last sound fact."""

from collections.abc import Iterable

import apsw

from gpo_market.events.facts import Fact, PostRecorded, decode_facts
from gpo_market.journal.recent_commits import NOTHING_BESIDE, BesideError, pack, read_besides
from gpo_market.journal.schema import SEALED_SINCE, WORDS_SINCE, has_recent
from gpo_market.journal.sealed_texts import SealedBlock, SealError, TextSealer
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
_WITHOUT_TEXTS = """UPDATE recent SET origin = NULL, last = NULL, received = NULL, said = NULL, texts = NULL
    WHERE origin = ?"""
_WITHOUT_KEYS = "UPDATE recent SET beside = ?, beside_crc = ? WHERE first = ?"
_SKIP = """UPDATE counters SET posters = max(posters, ?), channels = max(channels, ?),
    servers = max(servers, ?)"""
_RESTORE = "UPDATE messages SET newest = ?2, revision = ?3, fingerprint = ?4 WHERE post = ?1"


def changed_posts(connection: apsw.Connection, top: int) -> set[int]:
    """Name the posts whose newest fact stands behind origin ``top`` and whose first does not."""
    return {post for (post,) in connection.execute(_CHANGED, (top,)) if isinstance(post, int)}


def cut_recent(connection: apsw.Connection, sealer: TextSealer, head: int) -> tuple[int, int]:
    """Take out recent commits behind fact ``head``, and of those before what does not open or fit.

    Gives how many blocks of texts went, and beside how many commits the keys did. Numbers that those may
    have given are not given again.
    """
    if not has_recent(connection):
        return 0, 0
    connection.execute("DELETE FROM recent WHERE first NOT BETWEEN 1 AND ?", (head,))
    texts = [(block.first,) for block in TextStore(connection, sealer).blocks() if not _opens(block, sealer)]
    before = connection.total_changes()
    connection.executemany(_WITHOUT_TEXTS, texts)
    emptied = connection.total_changes() - before
    keys = [first for first, beside in read_besides(connection) if isinstance(beside, BesideError)]
    for first in keys:
        crc, body = connection.execute("SELECT crc, body FROM recent WHERE first = ?", (first,)).get
        connection.execute(_WITHOUT_KEYS, (*pack(NOTHING_BESIDE, crc), first))
        _skip_numbers(connection, decode_facts(body))
    return emptied, len(keys)


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


def _opens(block: SealedBlock, sealer: TextSealer) -> bool:
    try:
        sealer.open(block)
    except SealError:
        return False
    return True


def _skip_numbers(connection: apsw.Connection, facts: Iterable[Fact]) -> None:
    posts = [fact for fact in facts if isinstance(fact, PostRecorded)]
    greatest = [
        max((getattr(fact, name) for fact in posts), default=0) for name in ("poster", "channel", "server")
    ]
    connection.execute(_SKIP, greatest)
