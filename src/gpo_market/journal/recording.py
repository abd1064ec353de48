"""From submissions to facts: what is new, which numbers it gets, and what stands beside it."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from gpo_market.events.facts import (
    UNKNOWN_WEEK,
    Fact,
    MarketOpened,
    PostDeleted,
    PostRecorded,
    SystemFact,
)
from gpo_market.events.log import Receipt, StoredText, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.events.time import WEEK
from gpo_market.journal.frames import Frame
from gpo_market.journal.identity import Identity
from gpo_market.journal.known_messages import MessageState
from gpo_market.journal.sealed_texts import SaidWords
from gpo_market.journal.storable import storable
from gpo_market.journal.stores import Changes, Stores

MOST_UNKNOWN = 64
"""Unknown words kept of one post."""
LONGEST_UNKNOWN = 60
"""Characters of an unknown word; longer ones are talk."""


class Batch(msgspec.Struct, frozen=True, gc=False):
    """Submissions that came in together; ``received_time`` in microseconds since 1970."""

    submissions: Sequence[Submission]
    received_time: int


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a commit stands: ``head`` is the fact before it, ``origins_offset`` makes a number an origin."""

    head: int
    origins_offset: int
    simulated: bool


class Recorder:
    """Turns the batches of one commit into facts, deciding on the stores as that commit sees them.

    Rules: the content of (message, edit time) counts once, whoever brings it; an edit counts when it is
    newer than any seen and changes the normalised text; nothing of a deleted message counts; a deletion
    counts once, and for a message never seen it leaves a tombstone without a fact (Receipt(0, None)).
    Memory is bounded by the commit. ``received`` is the time of the earliest batch.
    """

    def __init__(self, stores: Stores, identity: Identity, place: Place, received: int) -> None:
        self.facts: list[Fact] = []
        self._changes = Changes(received)
        self._stores = stores
        self._texts = self._changes.texts
        self._find, self._hold = stores.messages.find, stores.messages.keep
        self._servers, self._channels, self._posters = stores.servers, stores.channels, stores.posters
        self._message_key = stores.message_key
        self._fingerprint = identity.fingerprint
        self._place = place
        self._seq = place.head
        self._origin = place.head + place.origins_offset + 1

    @property
    def received(self) -> int:
        """When the earliest of the batches came, in microseconds since 1970."""
        return self._changes.received

    @property
    def changed(self) -> bool:
        """Whether there is anything to write beside facts."""
        return self._stores.changed_by(self._changes)

    @property
    def small(self) -> bool:
        """Whether this can be one of the recent commits, which erase nothing."""
        return self._stores.recent.takes(len(self.facts)) and not self._changes.deleted

    @property
    def deleted(self) -> list[bytes]:
        """The keys of the messages that are deleted, also of those never seen."""
        return self._changes.deleted

    def record(self, batch: Batch) -> list[Receipt]:
        """Decide on one batch, in order; one receipt for each submission.

        Raises ValueError when a system fact does not belong into this journal.
        """
        received = batch.received_time
        return [
            self._record_post(submission, received)
            if isinstance(submission, PostSubmission)
            else self._record_other(submission, received)
            for submission in batch.submissions
        ]

    def write(self) -> None:
        """Write what stands beside the facts, in the caller's transaction."""
        self._stores.write(self._changes)

    def add_recent(self, frame: Frame) -> None:
        """Make this, its facts sealed into a frame, one of the recent commits: durable when it returns."""
        self._stores.add_recent(frame, self._changes)

    def _record_other(self, submission: DeletionSubmission | SystemFact, received_time: int) -> Receipt:
        if isinstance(submission, DeletionSubmission):
            return self._record_deletion(submission, received_time)
        if isinstance(submission, MarketOpened) and submission.simulated != self._place.simulated:
            raise ValueError("a market and its journal are both simulated or both real")
        return self._keep(replace(submission, origin=self._origin))

    def _record_post(self, submission: PostSubmission, received_time: int) -> Receipt:
        # Nearly all that is recorded comes by here: calls and names are what it costs.
        post, reading = submission.post, submission.reading
        key = self._message_key(post.id)
        fingerprint = self._fingerprint(submission.normalised)
        state = self._find(key)
        origin, edited = self._origin, post.edited_timestamp
        first = origin
        if state is None:
            self._hold(MessageState(key, origin, edited, origin, edited, fingerprint))
        else:
            earlier = self._earlier_fact(state, edited, fingerprint)
            if earlier is not None:
                return Receipt(earlier, None)
            first = state.post
            self._changes.revisions[first, edited] = origin
            self._hold(replace(state, revision=edited, newest=origin, fingerprint=fingerprint))
        answered = self._find(self._message_key(post.reference)) if post.reference else None
        fact = PostRecorded(
            origin,
            edited or post.timestamp,
            received_time,
            self._servers[post.server_id],
            self._channels[post.channel_id],
            self._posters[post.author_id],
            post.author_created // WEEK if post.author_created else UNKNOWN_WEEK,
            first,
            edited,
            fingerprint,
            answered.post if answered else 0,
            reading.kind,
            reading.quotes,
            submission.catalogue_version,
            submission.parser_version,
        )
        self._texts.append(StoredText(first, origin, post.id, post.content))
        if reading.unknown or first != origin:
            self._changes.said.append(said(fact, reading.unknown))
        return self._keep(fact)

    def _earlier_fact(self, state: MessageState, edited: int, fingerprint: int) -> int | None:
        """Name the fact that makes a known message's content nothing new; None when it is new."""
        if state.deleted is not None:
            return self._seen(state, edited) or state.deleted
        if edited <= state.revision:
            return self._seen(state, edited) or state.newest
        if fingerprint != state.fingerprint:
            return None
        self._changes.revisions[state.post, edited] = state.newest
        self._hold(replace(state, revision=edited))
        return state.newest

    def _seen(self, state: MessageState, revision: int) -> int | None:
        """Name the fact that a content of a known message stands for; None or 0 when it was never seen."""
        if revision == state.first_revision:
            return state.post
        content = state.post, revision
        return self._changes.revisions.get(content) or self._stores.fact_of(*content)

    def _record_deletion(self, submission: DeletionSubmission, received_time: int) -> Receipt:
        deletion = submission.deletion
        key = self._message_key(deletion.id)
        state = self._find(key)
        if state is None:
            self._hold(MessageState(key, 0, 0, 0, 0, 0, deleted=0))
            self._changes.deleted.append(key)
            return Receipt(0, None)
        if state.deleted is not None:
            return Receipt(state.deleted, None)
        origin = self._origin
        self._hold(replace(state, deleted=origin))
        self._changes.deleted.append(key)
        self._changes.erased_posts.add(state.post)
        return self._keep(PostDeleted(origin, deletion.timestamp, received_time, state.post))

    def _keep(self, fact: Fact) -> Receipt:
        self.facts.append(fact)
        self._origin += 1
        self._seq += 1
        return Receipt(self._seq, fact)


def said(fact: PostRecorded, unknown: Sequence[str]) -> SaidWords:
    """Bound what a post said in words nobody knows, as they can be stored."""
    words = tuple(storable(word) for word in unknown[:MOST_UNKNOWN] if len(word) <= LONGEST_UNKNOWN)
    return SaidWords(fact.post, fact.origin, fact.poster, fact.event_time, words)
