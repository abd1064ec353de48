"""What goes into a journal and what comes back: submissions, receipts, dumps and snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from gpo_market.events.facts import Fact, SystemFact
from gpo_market.events.posts import DeletionSubmission, PostSubmission

Submission = PostSubmission | DeletionSubmission | SystemFact
Array = NDArray[np.generic]


class EpochError(Exception):
    """A new epoch cannot be made or served; says in one line why and what to do. Nothing was changed."""


class LogFullError(Exception):
    """The log's disk has no room: what was to be recorded was not, and may be once there is room again."""


class Lane(IntEnum):
    """Who goes first: live posts pass bulk imports."""

    LIVE = 0
    BULK = 1


@dataclass(frozen=True, slots=True)
class Dump:
    """A component's whole state as JSON-like data and arrays; ``load`` of it gives an equal component."""

    plain: Mapping[str, Any]
    arrays: Mapping[str, Array]


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """What became of one submission.

    ``fact`` is None when the journal had this content already; ``seq`` then names the earlier fact by its
    origin.
    """

    seq: int
    fact: Fact | None


class StoredText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A text the journal still holds: fact ``origin`` of ``post`` was read in it."""

    post: int
    origin: int
    message_id: str
    content: str


@dataclass(frozen=True, slots=True)
class UnknownCount:
    """A word that item lists lacked: by how many posters and posts it was said, and when last (microseconds).

    Posters without a number count for none.
    """

    word: str
    posters: int
    posts: int
    newest: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every component at one sequence number: a cache that can be thrown away.

    ``code_version`` names the code and numerics that made it; ``parts`` holds a dump per component.
    ``epoch`` and ``chain``, the log's checksum up to ``seq``, name the facts it was made of; one that leaves
    them out fits no journal.
    """

    seq: int
    state_hash: str
    code_version: str
    parts: Mapping[str, Dump]
    epoch: int = 0
    chain: int = 0
