"""One call per quote into compiled code."""

from collections.abc import Callable

import numpy as np
import pytest

from gpo_market.catalogue.model import Catalogue
from gpo_market.events.readings import Kind, Leg
from gpo_market.market.hearing import (
    ALL,
    APPRAISE,
    EDGE,
    JUMPS,
    KNOWN,
    LEARN,
    NOT_TOLD,
    STIRRED,
    TELL,
    TOLD,
    WEIGHT,
    Heard,
)
from gpo_market.market.mixture import AT_LEAST, EQUAL
from gpo_market.market.storing import FINDINGS
from gpo_market.market.valuation import Valuation

NewList = Callable[..., Catalogue]
START = 1_700_000_000_000_000
GIVE, WANT = (Leg(1, 1.0),), (Leg(0, 6.0), Leg(2, 1.0))


def heard(valuation: Valuation, task: int, poster: int, relation: int = EQUAL) -> list[float]:
    """Do something with one quote."""
    return priced(valuation, task, poster, GIVE, WANT, relation)


def priced(
    valuation: Valuation,
    task: int,
    poster: int,
    give: tuple[Leg, ...],
    want: tuple[Leg, ...],
    relation: int = EQUAL,
) -> list[float]:
    """Do something with any quote."""
    assert valuation.put(give, want)
    return valuation.hear(task, len(want), len(give), poster, 2000, START, Kind.OFFER, relation)


@pytest.fixture
def fresh(new_list: NewList) -> Callable[[], Valuation]:
    """Give the maker of a market of three items that nobody has quoted."""

    def make() -> Valuation:
        valuation = Valuation()
        valuation.adopt(new_list(3))
        valuation.advance(START)
        return valuation

    return make


def state_of(valuation: Valuation) -> dict[str, bytes]:
    """Give all arrays' bytes."""
    return {name: np.asarray(array).tobytes() for name, array in valuation.dump().arrays.items()}


def test_a_finding_has_a_place() -> None:
    """The first numbers on the board are those of Heard, in order."""
    assert len(Heard._fields) == FINDINGS
    assert Heard._fields[EDGE] == "edge"
    assert Heard._fields[TOLD] == "told"


def test_all_at_once_is_the_same_as_one_after_the_other(fresh: Callable[[], Valuation]) -> None:
    """To appraise, learn and tell in one call changes no bit, of what is found and of the state."""
    once, apart = fresh(), fresh()
    for poster in range(1, 40):
        whole = heard(once, ALL, poster)
        judged = heard(apart, APPRAISE, poster)
        learned = heard(apart, LEARN, poster)
        told = apart.tell()
        assert whole[:WEIGHT] == judged[:WEIGHT]
        assert whole[FINDINGS:] == pytest.approx(judged[FINDINGS:], rel=0.0, abs=0.0, nan_ok=True)
        assert whole[WEIGHT:TOLD] == learned[WEIGHT:TOLD]
        assert (whole[TOLD], learned[TOLD]) == (told, NOT_TOLD)
        assert np.array(once.told(whole[TOLD])).tobytes() == np.array(apart.told(told)).tobytes()
    assert state_of(once) == state_of(apart)


def test_what_is_appraised_first_is_not_known(fresh: Callable[[], Valuation]) -> None:
    """A quote is judged by the values from before it, and its first one connects its items."""
    valuation = fresh()
    first = heard(valuation, ALL, 1)
    assert (first[KNOWN], first[STIRRED]) == (0.0, 1.0)
    assert {int(row[-1]) for row in valuation.told(first[TOLD])} == {0, 1, 2}
    for poster in range(2, 30):
        priced(valuation, ALL, poster, GIVE, WANT[:1])
        priced(valuation, ALL, poster, WANT[1:], WANT[:1])
    last = heard(valuation, ALL, 31)
    assert (last[KNOWN], last[STIRRED]) == (1.0, 0.0)
    assert valuation.support.quotes.tolist()[0] > 50


def test_a_bound_names_items_and_counts_for_none(fresh: Callable[[], Valuation]) -> None:
    """An inequality moves values, so they are told, but nothing rests on it."""
    valuation = fresh()
    found = heard(valuation, LEARN | TELL, 1, AT_LEAST)
    assert found[WEIGHT] > 0.0
    assert {int(row[-1]) for row in valuation.told(found[TOLD])} == {0, 1, 2}
    assert valuation.support.quotes.tolist() == [0, 0, 0]


def test_what_is_beyond_belief_tells_nothing(fresh: Callable[[], Valuation]) -> None:
    """It weighs -1, is tallied, and names nothing."""
    valuation = fresh()
    found = priced(valuation, ALL, 1, (Leg(1, 1.0),), (Leg(0, 1e12),))
    assert (found[WEIGHT], found[TOLD], valuation.skipped) == (-1.0, NOT_TOLD, 1)
    assert valuation.report(()) == []


def test_jumps_are_tallied(fresh: Callable[[], Valuation]) -> None:
    """What a quote raised is counted by the bank."""
    valuation = fresh()
    jumps = 0.0
    for poster in range(1, 120):
        price = 6.0 if poster < 80 else 14.0
        jumps += priced(valuation, ALL, poster, (Leg(1, 1.0),), (Leg(0, price),))[JUMPS]
    assert jumps >= 1.0
    assert valuation.bank.jumps == int(jumps)


@pytest.mark.parametrize(
    "basket", [(Leg(0, 0.0),), (Leg(0, float("nan")),), (Leg(0, 2e12),), (Leg(0, 1.0),) * 64]
)
def test_what_the_filters_cannot_take_is_not_put(
    fresh: Callable[[], Valuation], basket: tuple[Leg, ...]
) -> None:
    """No insane quantity, and no more than 64 lines, on either side."""
    valuation = fresh()
    assert not valuation.put(basket, (Leg(1, 1.0),))
    assert not valuation.put((Leg(1, 1.0),), basket)
