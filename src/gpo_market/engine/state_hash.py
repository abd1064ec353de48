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
        link = hashlib.blake2b(self.digest, digest_size=16)
        link.update(seq.to_bytes(8, "big"))
        for update in updates:
            link.update(update)
            link.update(b"\n")
        self.digest = link.digest()

    @property
    def hex(self) -> str:
        """The digest as text."""
        return self.digest.hex()
