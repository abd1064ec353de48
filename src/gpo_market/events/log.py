"""What goes into a journal and what comes back: submissions, receipts, snapshots."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.facts import Fact, SystemFact
from gpo_market.events.posts import DeletionSubmission, PostSubmission

Submission = PostSubmission | DeletionSubmission | SystemFact
Array = NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one submission.

    ``fact`` is None when the journal had this content already; ``seq`` then names the earlier fact.
    """

    seq: int
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A market at one sequence number: a cache that can be thrown away.

    ``code_version`` names the code and numerics that made it; ``plain`` is JSON-like data, ``arrays`` the
    components' arrays by name.
    """

    seq: int
    state_hash: str
    code_version: str
    plain: Mapping[str, Any]
    arrays: Mapping[str, Array]
