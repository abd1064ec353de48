"""From submissions to facts: what is new, which numbers it gets, and what stands beside it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from gpo_market.events.facts import UNKNOWN_WEEK, Fact, MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.log import Receipt, StoredText, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawPost
from gpo_market.events.time import WEEK
from gpo_market.journal.identity import Identity
from gpo_market.journal.sealed_texts import SaidWords
from gpo_market.journal.stores import Changes, MessageState, Stores, storable

MOST_UNKNOWN = 64
"""Unknown words kept of one post."""
LONGEST_UNKNOWN = 60
"""Characters of an unknown word; longer ones are talk."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Submissions that came in together; ``received_time`` in microseconds since 1970."""

    submissions: Sequence[Submission]
    received_time: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a commit stands in its journal.

    ``head`` is the fact before it; ``origins_offset`` what makes a sequence number an origin;
    ``message_key`` hashes message ids in the style of this journal.
    """

    head: int
    origins_offset: int
    simulated: bool
    message_key: Callable[[str], bytes]


class Recorder:
    """Turns the batches of one commit into facts, deciding on the stores as that commit sees them.

    Rules: the content of (message, edit time) counts once, whoever brings it; an edit counts when it is
    newer than any seen and changes the normalised text; nothing of a deleted message counts; a deletion
    counts once, and for a message never seen it leaves a tombstone without a fact (Receipt(0, None)).
    Memory is bounded by the commit.
    """

    def __init__(self, stores: Stores, identity: Identity, place: Place, batches: Sequence[Batch]) -> None:
        self.facts: list[Fact] = []
        self.changes = Changes(received=min((batch.received_time for batch in batches), default=0))
        self._stores = stores
        self._identity = identity
        self._place = place
        submissions = [submission for batch in batches for submission in batch.submissions]
        posts = [submission.post for submission in submissions if isinstance(submission, PostSubmission)]
        deleted = [s.deletion.id for s in submissions if isinstance(s, DeletionSubmission)]
        answered = [post.reference for post in posts if post.reference]
        named = chain((post.id for post in posts), answered, deleted)
        self._message_keys = _hashed(place.message_key, named)
        self._messages = stores.messages(self._message_keys.values())
        self._load_numbers(posts)

    def record(self, batch: Batch) -> list[Receipt]:
        """Decide on one batch, in order; one receipt for each submission.

        Raises ValueError when a system fact does not belong into this journal.
        """
        return [self._record(submission, batch.received_time) for submission in batch.submissions]

    def write(self) -> None:
        """Write what stands beside the facts, in the caller's transaction."""
        self._stores.write(self.changes)
        self._stores.write_numbers(self._posters, self._channels, self._servers)

    def _load_numbers(self, posts: list[RawPost]) -> None:
        identity, numbers = self._identity, self._stores.numbers
        last_poster, last_channel, last_server = self._stores.last_numbers()
        authors = _hashed(identity.author, (post.author_id for post in posts))
        channels = _hashed(identity.channel, (post.channel_id for post in posts))
        servers = _hashed(identity.server, (post.server_id for post in posts))
        self._posters = numbers("posters", authors, last_poster)
        self._channels = numbers("channels", channels, last_channel)
        self._servers = numbers("servers", servers, last_server)

    def _record(self, submission: Submission, received_time: int) -> Receipt:
        if isinstance(submission, PostSubmission):
            return self._record_post(submission, received_time)
        if isinstance(submission, DeletionSubmission):
            return self._record_deletion(submission, received_time)
        if isinstance(submission, MarketOpened) and submission.simulated != self._place.simulated:
            raise ValueError("a market and its journal are both simulated or both real")
        return self._keep(replace(submission, origin=self._next_origin()))

    def _record_post(self, submission: PostSubmission, received_time: int) -> Receipt:
        post = submission.post
        key = self._message_keys[post.id]
        fingerprint = self._identity.fingerprint(submission.normalised)
        state = self._messages.get(key)
        if state is None:
            origin, edited = self._next_origin(), post.edited_timestamp
            state = MessageState(origin, edited, origin, edited, fingerprint)
            self._messages[key] = state
        else:
            earlier = self._earlier_fact(post, state, fingerprint)
            if earlier is not None:
                return Receipt(earlier, None)
            self._revise(state, post.edited_timestamp, self._next_origin())
            state.fingerprint = fingerprint
        self.changes.messages[key] = state
        fact = self._post_fact(submission, state, received_time)
        self._hold_text(submission, fact)
        return self._keep(fact)

    def _earlier_fact(self, post: RawPost, state: MessageState, fingerprint: int) -> int | None:
        """Name the fact that makes a known message's content nothing new; None when it is new."""
        if state.deleted is not None:
            return self._seen(state, post.edited_timestamp) or state.deleted
        if post.edited_timestamp <= state.revision:
            return self._seen(state, post.edited_timestamp) or state.newest
        if fingerprint != state.fingerprint:
            return None
        self._revise(state, post.edited_timestamp, state.newest)
        self.changes.messages[self._message_keys[post.id]] = state
        return state.newest

    def _revise(self, state: MessageState, revision: int, origin: int) -> None:
        """Let a newer content of a message stand for a fact."""
        state.revision, state.newest = revision, origin
        self.changes.revisions[state.post, revision] = origin

    def _seen(self, state: MessageState, revision: int) -> int | None:
        """Name the fact that a content of a known message stands for; None or 0 when it was never seen."""
        if revision == state.first_revision:
            return state.post
        return self.changes.revisions.get((state.post, revision)) or self._stores.fact_of(
            state.post, revision
        )

    def _hold_text(self, submission: PostSubmission, fact: PostRecorded) -> None:
        post = submission.post
        text = StoredText(fact.post, fact.origin, storable(post.id), storable(post.content))
        self.changes.texts.append(text)
        words = _storable_words(submission.reading.unknown)
        if words or fact.origin != fact.post:
            said = SaidWords(fact.post, fact.origin, fact.poster, fact.event_time, words)
            self.changes.said.append(said)

    def _post_fact(self, submission: PostSubmission, state: MessageState, received_time: int) -> PostRecorded:
        post, reading = submission.post, submission.reading
        answered = self._messages.get(self._message_keys[post.reference]) if post.reference else None
        return PostRecorded(
            origin=state.newest,
            event_time=post.edited_timestamp or post.timestamp,
            received_time=received_time,
            server=self._servers.number(post.server_id),
            channel=self._channels.number(post.channel_id),
            poster=self._posters.number(post.author_id),
            account_week=post.author_created // WEEK if post.author_created else UNKNOWN_WEEK,
            post=state.post,
            revision=post.edited_timestamp,
            fingerprint=state.fingerprint,
            reply_to=answered.post if answered else 0,
            kind=reading.kind,
            quotes=reading.quotes,
            catalogue_version=submission.catalogue_version,
            parser_version=submission.parser_version,
        )

    def _record_deletion(self, submission: DeletionSubmission, received_time: int) -> Receipt:
        deletion = submission.deletion
        key = self._message_keys[deletion.id]
        state = self._messages.get(key)
        if state is None:
            self._messages[key] = self.changes.messages[key] = MessageState(0, 0, 0, 0, 0, deleted=0)
            return Receipt(0, None)
        if state.deleted is not None:
            return Receipt(state.deleted, None)
        state.deleted = self._next_origin()
        self.changes.messages[key] = state
        self.changes.erased_posts.add(state.post)
        return self._keep(PostDeleted(state.deleted, deletion.timestamp, received_time, state.post))

    def _next_origin(self) -> int:
        return self._place.head + self._place.origins_offset + len(self.facts) + 1

    def _keep(self, fact: Fact) -> Receipt:
        self.facts.append(fact)
        return Receipt(self._place.head + len(self.facts), fact)


def _storable_words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(storable(word) for word in words[:MOST_UNKNOWN] if len(word) <= LONGEST_UNKNOWN)


def _hashed(key_of: Callable[[str], bytes], identifiers: Iterable[str]) -> dict[str, bytes]:
    return {identifier: key_of(identifier) for identifier in dict.fromkeys(identifiers)}
