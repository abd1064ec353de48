"""The stores beside the log: messages, revisions, numbers and texts, in the log's own transaction.

Everything here can be erased without touching a frame. Posts, revisions and deletions are named by the
origin of their fact, so an epoch that numbers facts anew leaves these tables as they are.
"""

from collections.abc import Callable

import apsw
import msgspec

from gpo_market.events.log import StoredText
from gpo_market.journal.frames import Frame
from gpo_market.journal.identity import Identity
from gpo_market.journal.known_messages import KnownMessages
from gpo_market.journal.numbers import Numbers
from gpo_market.journal.recent_commits import Beside, RecentCommits
from gpo_market.journal.sealed_texts import SaidWords, TextSealer
from gpo_market.journal.text_store import TextStore

_FIND_REVISION = "SELECT origin FROM revisions WHERE post = ? AND revision = ?"


class Changes(msgspec.Struct):
    """What one commit writes beside its frame, messages and numbers; ``received`` in microseconds."""

    received: int
    revisions: dict[tuple[int, int], int] = {}
    """(post, edit time) of contents behind a message's first, to the fact each stands for."""
    texts: list[StoredText] = []
    said: list[SaidWords] = []
    erased_posts: set[int] = set()
    deleted: list[bytes] = []
    """Keys of the messages that are deleted, also of those never seen."""


class Stores:
    """The side tables of the writer's connection, with what is held of them in memory.

    What recent commits add is held too, until ``settle`` writes it. After making, and after ``drop``,
    ``read_back`` comes first. ``keep_texts`` off writes neither texts nor the words nobody knows.
    """

    def __init__(
        self,
        connection: apsw.Connection,
        identity: Identity,
        message_key: Callable[[str], bytes],
        sealer: TextSealer,
        *,
        keep_texts: bool = True,
    ) -> None:
        self._connection = connection
        self._texts = TextStore(connection, sealer)
        self._sealer = sealer
        self._keep_texts = keep_texts
        self._revisions: dict[tuple[int, int], int] = {}
        self._read_back = False
        self.recent = RecentCommits(connection)
        self.message_key = message_key
        self.messages = KnownMessages(connection)
        self.posters = Numbers(connection, "posters", identity.author)
        self.channels = Numbers(connection, "channels", identity.channel)
        self.servers = Numbers(connection, "servers", identity.server)

    def fact_of(self, post: int, revision: int) -> int | None:
        """Find the fact that a later content of a post stands for, by its edit time."""
        held = self._revisions.get((post, revision))
        if held is not None:
            return held
        found = self._connection.execute(_FIND_REVISION, (post, revision)).fetchone()
        return None if found is None else int(found[0])

    def changed_by(self, changes: Changes) -> bool:
        """Tell whether a commit changes anything here; numbers and texts come with facts only."""
        return bool(changes.revisions or changes.deleted or self.messages.changed)

    def add_recent(self, frame: Frame, changes: Changes) -> None:
        """Make a small commit that erases nothing durable, in a transaction of its own."""
        beside = Beside(
            self.messages.changed,
            [(*key, origin) for key, origin in changes.revisions.items()],
            self.posters.fresh(),
            self.channels.fresh(),
            self.servers.fresh(),
        )
        block = None
        if self._keep_texts and changes.texts:
            block = self._sealer.seal(changes.texts, changes.said, changes.received)
        self.recent.add(frame, beside, block, len(changes.said))
        self._hold(changes.revisions)

    def settle(self) -> None:
        """Move recent commits to their tables, in the caller's transaction.

        Raises JournalDamaged when something of an earlier life is not what was written.
        """
        self.read_back()
        if not self.recent.count:
            return
        self._write_held()
        self.recent.move()

    def read_back(self) -> None:
        """Read what recent commits add back into memory, where that was not done; raises JournalDamaged."""
        if self._read_back:
            return
        for beside in self.recent.read_back():
            for state in beside.messages:
                self.messages.keep(state)
            for numbers, rows in zip(
                self._numbers, (beside.posters, beside.channels, beside.servers), strict=True
            ):
                numbers.take_back(rows)
            self._hold({(post, revision): origin for post, revision, origin in beside.revisions})
        self._read_back = True

    def write(self, changes: Changes) -> None:
        """Write what a commit changes, behind ``settle``.

        A text born and deleted at once is never written.
        """
        self._revisions.update(changes.revisions)
        self._write_held()
        texts, said, gone = changes.texts, changes.said, changes.erased_posts
        if gone:
            self._texts.erase(gone)
            texts = [text for text in texts if text.post not in gone]
            said = [words for words in said if words.post not in gone]
        if self._keep_texts:
            self._texts.add(texts, said, changes.received)

    def drop(self) -> None:
        """Forget what is held in memory: a commit was rolled back, or the tables were changed otherwise."""
        self.messages.drop()
        for numbers in self._numbers:
            numbers.drop()
        self._revisions = {}
        self._read_back = False

    @property
    def _numbers(self) -> tuple[Numbers, Numbers, Numbers]:
        return self.posters, self.channels, self.servers

    def _hold(self, revisions: dict[tuple[int, int], int]) -> None:
        self.messages.hold()
        self.posters.hold()
        self.channels.hold()
        self.servers.hold()
        self._revisions.update(revisions)

    def _write_held(self) -> None:
        self.messages.write()
        for numbers in self._numbers:
            numbers.write()
        if self._revisions:
            rows = [(*key, origin) for key, origin in self._revisions.items()]
            self._connection.executemany("INSERT INTO revisions VALUES (?, ?, ?)", rows)
            self._revisions = {}
