"""From submissions to facts: what is new, which numbers it gets, and what stands beside it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from gpo_market.events.facts import UNKNOWN_WEEK, Fact, MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.log import Receipt, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawPost
from gpo_market.events.time import WEEK
from gpo_market.journal.identity import Identity
from gpo_market.journal.stores import Changes, MessageState, Stores, UnknownWords, storable

MOST_UNKNOWN = 64
"""Unknown words kept of one post."""
LONGEST_UNKNOWN = 60
"""Characters of an unknown word; longer ones are talk."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Submissions that came in together; ``received_time`` in microseconds since 1970."""

    submissions: Sequence[Submission]
    received_time: int


class Recorder:
    """Turns the batches of one commit into facts, deciding on the stores as that commit sees them.

    Rules: the content of (message, edit time) counts once, whoever brings it; an edit counts when it is
    newer than any seen and changes the normalised text; nothing of a deleted message counts; a deletion
    counts once, and for a message never seen it leaves a tombstone without a fact (Receipt(0, None)).
    Memory is bounded by the commit.
    """

    def __init__(
        self, stores: Stores, identity: Identity, *, head: int, simulated: bool, batches: Sequence[Batch]
    ) -> None:
        self.facts: list[Fact] = []
        self.changes = Changes()
        self._stores = stores
        self._identity = identity
        self._head = head
        self._simulated = simulated
        submissions = [submission for batch in batches for submission in batch.submissions]
        posts = [submission.post for submission in submissions if isinstance(submission, PostSubmission)]
        deleted = [s.deletion.id for s in submissions if isinstance(s, DeletionSubmission)]
        answered = [post.reference for post in posts if post.reference]
        named = chain((post.id for post in posts), answered, deleted)
        self._message_keys = _hashed(identity.message, named)
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
        if isinstance(submission, MarketOpened) and submission.simulated != self._simulated:
            raise ValueError("a market and its journal are both simulated or both real")
        return self._keep(replace(submission, origin=self._next_seq()))

    def _record_post(self, submission: PostSubmission, received_time: int) -> Receipt:
        post = submission.post
        key = self._message_keys[post.id]
        fingerprint = self._identity.fingerprint(submission.normalised)
        state = self._messages.get(key)
        if state is None:
            seq = self._next_seq()
            state = MessageState(seq, seq, post.edited_timestamp, fingerprint)
            self._messages[key] = state
        else:
            earlier = self._earlier_fact(post, state, fingerprint)
            if earlier is not None:
                return Receipt(earlier, None)
            seq = self._next_seq()
            state.newest, state.revision, state.fingerprint = seq, post.edited_timestamp, fingerprint
        self.changes.messages[key] = state
        self.changes.fact_keys[self._identity.content(post.id, post.edited_timestamp)] = seq
        self.changes.texts.append((state.post, seq, storable(post.id), storable(post.content)))
        fact = self._post_fact(submission, state, received_time)
        words = _storable_words(submission.reading.unknown)
        if words or seq != state.post:
            said = UnknownWords(state.post, seq, fact.poster, fact.event_time, words)
            self.changes.unknown.append(said)
        return self._keep(fact)

    def _earlier_fact(self, post: RawPost, state: MessageState, fingerprint: int) -> int | None:
        """Name the fact that makes a known message's content nothing new; None when it is new."""
        if state.deleted is not None:
            return self._seen(post) or state.deleted
        if post.edited_timestamp <= state.revision:
            return self._seen(post) or state.newest
        if fingerprint != state.fingerprint:
            return None
        state.revision = post.edited_timestamp
        self.changes.messages[self._message_keys[post.id]] = state
        self.changes.fact_keys[self._identity.content(post.id, post.edited_timestamp)] = state.newest
        return state.newest

    def _seen(self, post: RawPost) -> int | None:
        key = self._identity.content(post.id, post.edited_timestamp)
        return self.changes.fact_keys.get(key) or self._stores.fact_of(key)

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
            self._messages[key] = self.changes.messages[key] = MessageState(0, 0, 0, 0, deleted=0)
            return Receipt(0, None)
        if state.deleted is not None:
            return Receipt(state.deleted, None)
        state.deleted = self._next_seq()
        self.changes.messages[key] = state
        self.changes.erased_posts.append(state.post)
        return self._keep(PostDeleted(state.deleted, deletion.timestamp, received_time, state.post))

    def _next_seq(self) -> int:
        return self._head + len(self.facts) + 1

    def _keep(self, fact: Fact) -> Receipt:
        self.facts.append(fact)
        return Receipt(fact.origin, fact)


def _storable_words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(storable(word) for word in words[:MOST_UNKNOWN] if len(word) <= LONGEST_UNKNOWN)


def _hashed(key_of: Callable[[str], bytes], identifiers: Iterable[str]) -> dict[str, bytes]:
    return {identifier: key_of(identifier) for identifier in dict.fromkeys(identifiers)}
