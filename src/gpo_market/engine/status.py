"""How the engine is doing, as data."""

from dataclasses import dataclass

from gpo_market.engine.pauses import NO_PAUSES, Pauses


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The engine's state for people and probes; times are RFC 3339 in UTC.

    ``ready``: recovered and taking posts. ``problem`` says in one line why it takes none although it has
    recovered (its disk is full, its journal failed), else null. ``seq`` is the last fact applied, ``id`` the
    last update and ``hash`` the state hash behind it; ``facts`` counts the journal's facts, ``posts`` those
    that are posts or edits; ``queue`` counts submissions that wait for a commit; ``pauses`` tells how long
    garbage collections held everything up. ``snapshot`` is the fact at which the newest snapshot stands;
    ``check`` says why the live state cannot be trusted once a replay found that, else null.
    ``epoch`` counts how often the journal was reprocessed, from 1.
    """

    simulated: bool
    feed: str
    ready: bool
    seq: int
    id: str
    hash: str
    facts: int
    posts: int
    started: str
    last_fact: str | None
    queue: int
    streams: int
    version: str
    problem: str | None = None
    pauses: Pauses = NO_PAUSES
    snapshot: int = 0
    check: str | None = None
    epoch: int = 1
