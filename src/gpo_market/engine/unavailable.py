"""What the engine raises when it cannot take posts right now."""


class EngineUnavailableError(RuntimeError):
    """The engine takes no posts: it recovers, stops, or its journal failed; the message says which."""
