"""The running hash over everything the market ever said: equal histories have equal hashes."""

import hashlib
from collections.abc import Iterable

EMPTY = bytes(16)


class StateHash:
    """A chain of BLAKE2b-128 digests, one link per fact: ``h' = H(h, seq, updates as encoded)``.

    >>> chain = StateHash()
    >>> chain.absorb(1, [b'{"type":"market_started"}'])
    >>> chain.hex == StateHash().hex
    False
    """

    def __init__(self, digest: bytes = EMPTY) -> None:
        """Go on from a digest that an earlier chain ended with."""
        self.digest = digest

    def absorb(self, seq: int, updates: Iterable[bytes]) -> None:
        """Add the encoded updates of fact ``seq``; facts without updates count too."""
        self.absorb_lines(seq, b"".join([update + b"\n" for update in updates]))

    def absorb_lines(self, seq: int, lines: bytes) -> None:
        """Add the updates of fact ``seq``, encoded with a line's end behind each."""
        self.digest = hashlib.blake2b(self.digest + seq.to_bytes(8, "big") + lines, digest_size=16).digest()

    @property
    def hex(self) -> str:
        """The digest as text."""
        return self.digest.hex()
