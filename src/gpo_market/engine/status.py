"""How the engine is doing, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """The engine's state for people and probes.

    ``ready``: the journal is recovered and accepts posts. ``failure`` says in one line why it does not.
    ``seq`` and ``hash`` name the state; ``queue`` counts submissions that wait for a commit.
    """

    version: str
    simulated: bool
    feed: str
    ready: bool
    failure: str | None
    id: str
    seq: int
    hash: str
    posts: int
    items: int
    started: str
    last_fact: str | None
    queue: int
    streams: int
