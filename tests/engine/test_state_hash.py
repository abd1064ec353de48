"""The running hash: equal histories, equal hashes."""

from hypothesis import given
from hypothesis import strategies as st

from gpo_market.engine.state_hash import StateHash

HISTORIES = st.lists(st.lists(st.binary(max_size=8), max_size=3), max_size=6)


def digest(history: list[list[bytes]]) -> str:
    """Hash a history of updates per fact."""
    chain = StateHash()
    for seq, updates in enumerate(history, 1):
        chain.absorb(seq, updates)
    return chain.hex


@given(HISTORIES, st.integers(0, 6))
def test_a_chain_can_go_on_from_any_digest(history: list[list[bytes]], cut: int) -> None:
    """Stopping and going on gives the hash of the whole."""
    chain = StateHash()
    for seq, updates in enumerate(history, 1):
        if seq == cut:
            chain = StateHash(chain.digest)
        chain.absorb(seq, updates)
    assert chain.hex == digest(history)


def test_order_number_and_borders_of_updates_all_count() -> None:
    """Histories that differ in any of them have other hashes."""
    histories = [[[b"a"], [b"b"]], [[b"b"], [b"a"]], [[b"a", b"b"]], [[b"ab"]], [[b"a"], [], [b"b"]], []]
    assert len({digest(history) for history in histories}) == len(histories)
