"""The journal in memory: dictionaries and a list of frames, for runs that end and as the measure of others.

It shares the frame and the kinds of fact with the other back ends, and nothing of how they decide what is
new: where both answer alike, two independent readings of the rules agree.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock

from msgspec.structs import replace

from gpo_market.events.facts import UNKNOWN_WEEK, Fact, MarketOpened, PostDeleted, PostRecorded, SystemFact
from gpo_market.events.log import Receipt, StoredText, Submission, UnknownCount
from gpo_market.events.posts import PostSubmission, RawDeletion
from gpo_market.events.time import WEEK
from gpo_market.journal.errors import JournalClosed
from gpo_market.journal.following import CommitSignal, follow
from gpo_market.journal.frames import CHAIN_START, Frame, seal, unseal
from gpo_market.journal.identity import Identity
from gpo_market.journal.recording import LONGEST_UNKNOWN, MOST_UNKNOWN, Batch
from gpo_market.journal.storable import storable
from gpo_market.journal.words import MOST_RANKED

_TIME_LIMIT = 2**63


@dataclass(slots=True)
class _Message:
    """What is known of one message; ``contents`` leads from each edit time to the fact that holds it."""

    post: int
    newest: int
    revision: int
    fingerprint: int
    contents: dict[int, int]
    deleted: int | None = None

    def copy(self) -> "_Message":
        return _Message(
            self.post, self.newest, self.revision, self.fingerprint, dict(self.contents), self.deleted
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one post that the item list lacked."""

    poster: int
    time: int
    words: tuple[str, ...]


@dataclass(slots=True)
class _Held:
    """What stands beside the log: all of a journal's, or what one commit adds to it."""

    messages: dict[str, _Message] = field(default_factory=dict)
    posters: dict[str, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    servers: dict[str, int] = field(default_factory=dict)
    texts: dict[int, list[StoredText]] = field(default_factory=dict)
    """Those of each post, oldest first."""
    words: dict[int, _Words] = field(default_factory=dict)

    def erase(self, post: int) -> int:
        """Drop texts and words of a post; gives how many texts went."""
        self.words.pop(post, None)
        return len(self.texts.pop(post, ()))


class MemoryJournal:
    """A journal that ends with its process.

    ``secret`` (32 bytes) makes the fingerprints in facts: with that of a folder, equal submissions give equal
    facts and an equal chain. Ids stand in memory as they are. Memory grows with what it is given, about
    1 kB per post. One thread appends; any thread may ask for the rest.
    Raises ValueError when the secret is none.
    """

    def __init__(self, secret: bytes, *, simulated: bool) -> None:
        self._identity = Identity(secret)
        self._simulated = simulated
        self._frames: list[Frame] = []
        self._held = _Held()
        self._lock = Lock()
        self._signal = CommitSignal(0)
        self._closed = False

    @property
    def simulated(self) -> bool:
        """Whether everything in it is simulated."""
        return self._simulated

    @property
    def epoch(self) -> int:
        """The epoch that is served: always the first."""
        return 1

    @property
    def head(self) -> int:
        """The last sequence number; 0 for an empty journal."""
        return self._frames[-1].last if self._frames else 0

    @property
    def chain(self) -> int:
        """The chained checksum over all frames up to ``head``."""
        return self._frames[-1].crc if self._frames else CHAIN_START

    def append(self, submissions: Sequence[Submission], received_time: int) -> list[Receipt]:
        """Take submissions whole; one receipt each, in order.

        Raises as ``commit`` does; nothing was recorded then.
        """
        return self.commit([Batch(submissions, received_time)])[0]

    def commit(self, batches: Sequence[Batch]) -> list[list[Receipt]]:
        """Take several batches as one frame; receipts for each batch.

        Raises JournalClosed, and ValueError, OverflowError or UnicodeError for a submission that cannot be
        recorded. Nothing was recorded then.
        """
        if self._closed:
            raise JournalClosed("the journal is closed")
        draft = _Draft(self._held, self._identity, self.head, simulated=self._simulated)
        receipts = [
            [draft.record(submission, batch.received_time) for submission in batch.submissions]
            for batch in batches
        ]
        frame = seal(self.head + 1, draft.facts, self.chain) if draft.facts else None
        with self._lock:
            draft.take_over()
            if frame is not None:
                self._frames.append(frame)
        self._signal.announce(self.head)
        return receipts

    @property
    def checkpoint_due(self) -> bool:
        """Never: memory has no second place to move to."""
        return False

    def checkpoint_when_due(self) -> None:
        """Do nothing: memory has no second place to move to."""

    def find_room(self) -> None:
        """Do nothing: a commit into memory fails for no want of room."""

    def read(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts with their numbers, in order, from the one behind ``after``."""
        previous = CHAIN_START
        for frame in self._frames:
            if frame.last > after:
                facts = enumerate(unseal(frame, frame.first, previous), frame.first)
                yield from ((seq, fact) for seq, fact in facts if seq > after)
            previous = frame.crc

    def follow(self, after: int = 0) -> Iterator[tuple[int, Fact]]:
        """Read facts from the one behind ``after``, and those to come, until the journal is closed."""
        return follow(self._signal, self.read, after)

    def text_of(self, post: int) -> str | None:
        """Give the newest text of a post; None when it was deleted, forgotten or never there."""
        texts = self._held.texts.get(post)
        return texts[-1].content if texts else None

    def texts(self, after: int = 0) -> Iterator[StoredText]:
        """Read the texts that are held, in order of origin, from the one behind ``after``."""
        with self._lock:
            held = [text for texts in self._held.texts.values() for text in texts if text.origin > after]
        return iter(sorted(held, key=lambda text: text.origin))

    def unknown_words(self, least_posters: int) -> list[UnknownCount]:
        """Rank the words that item lists lacked by posters, then posts; those of so many posters or more."""
        posts: dict[str, list[_Words]] = {}
        with self._lock:
            for said in self._held.words.values():
                for word in dict.fromkeys(said.words):
                    posts.setdefault(word, []).append(said)
        counts = [_counted(word, said) for word, said in posts.items()]
        ranked = sorted(counts, key=lambda count: (-count.posters, -count.posts, count.word))
        return [count for count in ranked if count.posters >= least_posters][:MOST_RANKED]

    def erase(self, posts: Iterable[int]) -> int:
        """Drop all texts and unknown words of posts; gives how many texts went. Raises JournalClosed."""
        if self._closed:
            raise JournalClosed("the journal is closed")
        with self._lock:
            return sum(self._held.erase(post) for post in posts)

    def close(self) -> None:
        """Take nothing more, and end what follows."""
        self._closed = True
        self._signal.close()


class _Draft:
    """One commit as it is decided: nothing of the journal changes before it is taken over."""

    def __init__(self, held: _Held, identity: Identity, head: int, *, simulated: bool) -> None:
        self.facts: list[Fact] = []
        self._held = held
        self._new = _Held()
        self._gone: list[int] = []
        self._identity = identity
        self._head = head
        self._simulated = simulated

    def record(self, submission: Submission, received_time: int) -> Receipt:
        if isinstance(submission, PostSubmission):
            return self._post(submission, received_time)
        if isinstance(submission, SystemFact):
            if isinstance(submission, MarketOpened) and submission.simulated != self._simulated:
                raise ValueError("a market and its journal are both simulated or both real")
            return self._keep(replace(submission, origin=self._next_seq()))
        return self._deletion(submission.deletion, received_time)

    def take_over(self) -> None:
        """Let the journal have what was decided, erasures last."""
        for name in ("messages", "posters", "channels", "servers", "words"):
            getattr(self._held, name).update(getattr(self._new, name))
        for post, texts in self._new.texts.items():
            self._held.texts.setdefault(post, []).extend(texts)
        for post in self._gone:
            self._held.erase(post)

    def _post(self, submission: PostSubmission, received_time: int) -> Receipt:
        post = submission.post
        if abs(post.edited_timestamp) >= _TIME_LIMIT:
            raise OverflowError("an edit time has 64 bits")
        fingerprint = self._identity.fingerprint(submission.normalised)
        message = self._message(post.id)
        if message is None:
            first = self._next_seq()
            message = self._new.messages[post.id] = _Message(first, 0, post.edited_timestamp, 0, {})
        elif message.deleted is not None:
            return Receipt(message.contents.get(post.edited_timestamp) or message.deleted, None)
        elif post.edited_timestamp <= message.revision:
            return Receipt(message.contents.get(post.edited_timestamp, message.newest), None)
        elif fingerprint == message.fingerprint:
            message.revision = post.edited_timestamp
            message.contents[post.edited_timestamp] = message.newest
            return Receipt(message.newest, None)
        seq = self._next_seq()
        message.newest, message.revision, message.fingerprint = seq, post.edited_timestamp, fingerprint
        message.contents[post.edited_timestamp] = seq
        fact = self._fact(submission, message, received_time)
        self._keep_words(submission.reading.unknown, fact)
        text = StoredText(fact.post, fact.origin, storable(post.id), storable(post.content))
        self._new.texts.setdefault(message.post, []).append(text)
        return self._keep(fact)

    def _fact(self, submission: PostSubmission, message: _Message, received_time: int) -> PostRecorded:
        post, reading = submission.post, submission.reading
        answered = self._message(post.reference) if post.reference else None
        return PostRecorded(
            message.newest,
            post.edited_timestamp or post.timestamp,
            received_time,
            _number(post.server_id, self._held.servers, self._new.servers),
            _number(post.channel_id, self._held.channels, self._new.channels),
            _number(post.author_id, self._held.posters, self._new.posters),
            post.author_created // WEEK if post.author_created else UNKNOWN_WEEK,
            message.post,
            message.revision,
            message.fingerprint,
            answered.post if answered else 0,
            reading.kind,
            reading.quotes,
            submission.catalogue_version,
            submission.parser_version,
        )

    def _keep_words(self, unknown: Sequence[str], fact: PostRecorded) -> None:
        words = tuple(storable(word) for word in unknown[:MOST_UNKNOWN] if len(word) <= LONGEST_UNKNOWN)
        self._new.words[fact.post] = _Words(fact.poster, fact.event_time, words)

    def _deletion(self, deletion: RawDeletion, received_time: int) -> Receipt:
        message = self._message(deletion.id)
        if message is None:
            self._new.messages[deletion.id] = _Message(0, 0, 0, 0, {}, deleted=0)
            return Receipt(0, None)
        if message.deleted is not None:
            return Receipt(message.deleted, None)
        message.deleted = self._next_seq()
        self._gone.append(message.post)
        return self._keep(PostDeleted(message.deleted, deletion.timestamp, received_time, message.post))

    def _message(self, message_id: str) -> _Message | None:
        """Find a message, as this commit's own copy."""
        if message_id not in self._new.messages and message_id in self._held.messages:
            self._new.messages[message_id] = self._held.messages[message_id].copy()
        return self._new.messages.get(message_id)

    def _next_seq(self) -> int:
        return self._head + len(self.facts) + 1

    def _keep(self, fact: Fact) -> Receipt:
        self.facts.append(fact)
        return Receipt(fact.origin, fact)


def _number(identifier: str, held: dict[str, int], new: dict[str, int]) -> int:
    """Give an id's running number, the next free one to an id never seen, and 0 to no id."""
    if not identifier:
        return 0
    if identifier in held:
        return held[identifier]
    return new.setdefault(identifier, len(held) + len(new) + 1)


def _counted(word: str, posts: list[_Words]) -> UnknownCount:
    posters = {said.poster for said in posts if said.poster}
    return UnknownCount(word, len(posters), len(posts), max(said.time for said in posts))
