"""Checking what stands beside the log: rows that point to no fact, texts that do not open."""

from collections.abc import Iterator

import apsw

from gpo_market.journal.recent_commits import Beside, BesideError, read_besides
from gpo_market.journal.schema import SEALED_SINCE, WORDS_SINCE, has_recent
from gpo_market.journal.sealed_texts import SealedBlock, SealError, TextSealer
from gpo_market.journal.text_store import TextStore

_STRAY_WORDS = (
    "SELECT count(*) FROM unknown_words WHERE seq NOT BETWEEN 1 AND ?1 OR post NOT BETWEEN 1 AND seq"
)
_STRAY_MESSAGES = """SELECT count(*) FROM messages WHERE max(post, newest, coalesce(deleted, 0)) > ?1
    OR min(post, newest, coalesce(deleted, 0)) < 0 OR (post = 0 AND deleted IS NOT 0)"""
_STRAY_EARLIER = {
    "fact_keys": "SELECT count(*) FROM fact_keys WHERE seq NOT BETWEEN 1 AND ?1",
    "messages": _STRAY_MESSAGES,
    "texts": "SELECT count(*) FROM texts WHERE seq NOT BETWEEN 1 AND ?1 OR post NOT BETWEEN 1 AND seq",
}
_STRAY = {
    "messages": _STRAY_MESSAGES,
    "revisions": "SELECT count(*) FROM revisions WHERE origin NOT BETWEEN 1 AND ?1"
    " OR post NOT BETWEEN 1 AND origin",
    "texts": "SELECT count(*) FROM texts WHERE last NOT BETWEEN 1 AND ?1 OR first NOT BETWEEN 1 AND last",
}
_STRAY_RECENT = """SELECT count(*) FROM recent WHERE origin IS NOT NULL
    AND (last NOT BETWEEN 1 AND ?1 OR origin NOT BETWEEN 1 AND last)"""


def store_faults(connection: apsw.Connection, sealer: TextSealer | None, head: int) -> Iterator[str]:
    """Tell what is wrong with the tables beside a log whose last sound fact is ``head``.

    Texts are opened when there is a sealer. Raises apsw.Error when SQLite cannot go on.
    """
    version = connection.pragma("user_version")
    sealed = version >= SEALED_SINCE
    queries = dict(_STRAY if sealed else _STRAY_EARLIER)
    if version == WORDS_SINCE:
        queries["unknown_words"] = _STRAY_WORDS
    top = head + (connection.execute("SELECT origins_offset FROM about").get if sealed else 0)
    for table, query in queries.items():
        stray = connection.execute(query, (top,)).get
        if stray:
            yield f"{stray} rows of {table} point to no fact"
    if has_recent(connection):
        yield from _recent_faults(connection, top)
    if sealed and sealer is not None:
        yield from _text_faults(TextStore(connection, sealer), sealer)


def _recent_faults(connection: apsw.Connection, top: int) -> Iterator[str]:
    stray = connection.execute(_STRAY_RECENT, (top,)).get
    for _, beside in read_besides(connection):
        if isinstance(beside, BesideError):
            yield str(beside)
        elif not _points_to_facts(beside, top):
            stray += 1
    if stray:
        yield f"{stray} rows of recent point to no fact"


def _points_to_facts(beside: Beside, top: int) -> bool:
    facts = [fact for state in beside.messages for fact in (state.post, state.newest, state.deleted or 0)]
    return all(0 <= fact <= top for fact in [*facts, *(origin for _, _, origin in beside.revisions)])


def _text_faults(store: TextStore, sealer: TextSealer) -> Iterator[str]:
    for block in store.blocks():
        fault = _text_fault(block, sealer)
        if fault is not None:
            yield fault


def _text_fault(block: SealedBlock, sealer: TextSealer) -> str | None:
    try:
        texts, said = sealer.open(block)
    except SealError as error:
        return str(error)
    origins = [text.origin for text in texts]
    fits = origins == sorted(set(origins)) and origins[:1] == [block.first] and origins[-1:] == [block.last]
    owners = {(text.post, text.origin) for text in texts}
    if fits and all((words.post, words.origin) in owners for words in said):
        return None
    return f"the texts of facts {block.first} to {block.last} are not those"
