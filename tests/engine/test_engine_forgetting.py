"""Forgetting through a running engine."""

import pytest

from gpo_market.engine.engine import Engine
from gpo_market.engine.projection import Projection
from gpo_market.engine.unavailable import EngineUnavailableError
from gpo_market.events.forgetting import Forgotten
from gpo_market.journal.eraser import JournalEraser
from gpo_market.journal.errors import JournalFull
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.snapshots import Snapshots
from gpo_market.journal.sqlite_journal import SqliteJournal
from tests.engine.conftest import post


class FullEraser:
    """One whose disk is full."""

    def forget(self, author_id: str, now: int) -> Forgotten:
        """Refuse."""
        raise JournalFull(f"no room at {now}, whoever it is: {len(author_id)}")

    def erase_before(self, cutoff: int) -> int | None:
        """Have nothing."""
        return cutoff


async def test_an_author_is_forgotten_while_the_engine_runs(
    projection: Projection, journal: SqliteJournal, folder: DataFolder
) -> None:
    """Values, state hash and facts stay; later posts of the author are taken as a stranger's."""
    writer = GroupCommit(journal)
    engine = Engine(journal, writer, Snapshots(folder), projection, "test")
    engine.eraser = JournalEraser(journal, writer)
    await engine.start()
    await engine.ingest([post(1, "gem for 5 coin", poster=7), post(2, "2 gem for 10 coin", poster=8)])
    before = engine.status().hash
    assert await engine.forget("7") == Forgotten(known=True, posts=1, texts=1, links=1)
    assert await engine.forget("7") == Forgotten(known=False)
    assert engine.status().hash == before
    (receipt,) = await engine.ingest([post(3, "gem for 5 coin", poster=7)])
    assert getattr(receipt.fact, "poster", None) == 3
    await engine.stop()
    assert [text.content for text in journal.texts()] == ["2 gem for 10 coin", "gem for 5 coin"]


@pytest.mark.parametrize(
    ("eraser", "reason"), [(None, "holds nothing of authors"), (FullEraser(), "no room at")]
)
async def test_an_engine_that_cannot_forget_says_so(
    projection: Projection,
    journal: SqliteJournal,
    folder: DataFolder,
    eraser: FullEraser | None,
    reason: str,
) -> None:
    """In the journal's words."""
    engine = Engine(journal, GroupCommit(journal), Snapshots(folder), projection, "test")
    engine.eraser = eraser
    with pytest.raises(EngineUnavailableError, match=reason):
        await engine.forget("7")
