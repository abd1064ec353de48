"""What the engine raises when it cannot take posts right now."""


class EngineUnavailableError(RuntimeError):
    """The engine takes no posts: it recovers, stops, or its journal has no room or failed."""


class NotRecordableError(EngineUnavailableError):
    """What was brought in can never be recorded; the message says why."""
