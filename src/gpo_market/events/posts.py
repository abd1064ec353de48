"""What feeds bring in: posts and deletions as their source names them, before anything is numbered."""

import msgspec

from gpo_market.events.readings import PostReading


class RawPost(msgspec.Struct, frozen=True):
    """One Discord message, or one edit of it.

    Times are microseconds since the Unix epoch; ``edited_timestamp`` is 0 for a message never edited.
    Ids are the source's own; they stay outside the log. ``author_created`` is the time the author's
    account was made (0: unknown), taken from the id where that is a snowflake.
    """

    id: str
    channel_id: str
    author_id: str
    timestamp: int
    content: str
    edited_timestamp: int = 0
    reference: str = ""
    server_id: str = ""
    author_created: int = 0


class RawDeletion(msgspec.Struct, frozen=True):
    """A message that its author or a moderator removed at ``timestamp`` (microseconds)."""

    id: str
    channel_id: str
    timestamp: int


class PostSubmission(msgspec.Struct, frozen=True):
    """A post with what was read in it, ready for the journal.

    ``catalogue_version`` is the origin of the catalogue fact that read it;
    ``normalised`` is the folded text that the content fingerprint is taken over.
    """

    post: RawPost
    reading: PostReading
    catalogue_version: int
    parser_version: int
    normalised: str


class DeletionSubmission(msgspec.Struct, frozen=True):
    """A deletion, ready for the journal."""

    deletion: RawDeletion
