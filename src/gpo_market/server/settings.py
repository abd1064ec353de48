"""How the server is set; the command line fills it from the engine's settings."""

from dataclasses import dataclass
from pathlib import Path

BUILT_DASHBOARD = Path(__file__).parent / "dashboard"
LARGEST_BODY = 1 << 20
MOST_STREAMS = 5000
STUCK_SECONDS = 15.0
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The server's limits and places.

    ``dashboard``: the folder of the built dashboard, which may be missing. ``largest_body``: bytes of a
    request's body. ``most_streams``: open streams at once. ``stuck_seconds``: how long one write to a stream
    may take before it is given up. ``trusted_hosts``: names that writing requests may call this server by,
    without port (give LOOPBACK_HOSTS on a loopback address, against DNS rebinding); None allows all.
    """

    dashboard: Path = BUILT_DASHBOARD
    largest_body: int = LARGEST_BODY
    most_streams: int = MOST_STREAMS
    stuck_seconds: float = STUCK_SECONDS
    trusted_hosts: frozenset[str] | None = None
