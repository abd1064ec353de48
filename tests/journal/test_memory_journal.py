"""The journal in memory, where it differs from the others; the contract's tests hold it to the rest."""

from collections.abc import Callable

import pytest

from gpo_market.events.posts import PostSubmission
from gpo_market.journal.memory_journal import MemoryJournal

START = 1_700_000_000_000_000


def test_a_secret_is_needed() -> None:
    """Fingerprints are keyed here too."""
    with pytest.raises(ValueError, match="32 bytes"):
        MemoryJournal(b"short", simulated=True)


def test_it_says_what_it_holds() -> None:
    """A simulated market's journal says so."""
    assert MemoryJournal(bytes(32), simulated=True).simulated


def test_the_fingerprint_is_the_secrets(post: Callable[..., PostSubmission]) -> None:
    """The same text has another fingerprint, and so another chain, under another secret."""
    chains = []
    for secret in (bytes(32), bytes(32), bytes(31) + b"\1"):
        journal = MemoryJournal(secret, simulated=False)
        journal.append([post("1")], START)
        chains.append(journal.chain)
    assert chains[0] == chains[1] != chains[2]
