"""One matrix over every component of the state: a component joins it by a line in ``COMPONENTS``.

Each is dumped and made again, goes on as if it had not been, keeps to its memory, and knows no later fact.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import pytest

from gpo_market.engine.projection import Projection
from gpo_market.events.facts import Fact
from gpo_market.events.log import Array, Dump
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.market.bank import FilterBank
from gpo_market.market.book import Book
from gpo_market.market.guards import Guards
from gpo_market.market.hindsight import MOST_SITES
from gpo_market.market.inflation import Inflation
from gpo_market.market.layout import SITE
from gpo_market.market.recency import Recency
from gpo_market.market.screening import Screening
from gpo_market.market.state import Market
from gpo_market.market.support import Support
from gpo_market.market.valuation import Valuation
from gpo_market.views.history import HourlyHistory
from gpo_market.views.store import TAPE_LENGTH, ViewStore
from tests.generated_journal import history, write_history

POSTS = 150
CUT = 130
"""Where components are dumped: every kind of fact stands before it, and half of the edits behind."""

SITES_BYTES = MOST_SITES * SITE.itemsize
TAPE_BYTES = TAPE_LENGTH * 500
DAY_BYTES = 3_000
"""What a component may hold of one more busy day."""


class Component(NamedTuple):
    """Where a component stands in a projection, how it is made from its dump, and what its rings may add.

    ``rings``: bytes of its dump that posts may fill, as its docstring bounds it; everything else is there
    from the start or belongs to the items.
    """

    path: str
    load: Callable[[Dump, Projection], Any]
    rings: int = 0

    def dump(self, projection: Projection) -> Dump:
        """Dump it."""
        dump = attrgetter(self.path)(projection).dump()
        assert isinstance(dump, Dump)
        return dump

    def reload(self, projection: Projection) -> None:
        """Put in its place what its dump gives."""
        holder, _, name = self.path.rpartition(".")
        made = self.load(self.dump(projection), projection)
        setattr(attrgetter(holder)(projection) if holder else projection, name, made)


def survivors(projection: Projection) -> tuple[int, ...]:
    """Give what each item is now."""
    assert projection.market.catalogue is not None
    return projection.market.catalogue.survivors


COMPONENTS = (
    Component("market", lambda dump, _: Market.load(dump), rings=SITES_BYTES + DAY_BYTES),
    Component(
        "market.valuation",
        lambda dump, state: Valuation.load(dump, state.market.catalogue),
        rings=SITES_BYTES,
    ),
    Component("market.valuation.bank", lambda dump, _: FilterBank.load(dump), rings=SITES_BYTES),
    Component("market.valuation.support", lambda dump, _: Support.load(dump)),
    Component("market.book", lambda dump, _: Book.load(dump), rings=DAY_BYTES),
    Component("market.screening", lambda dump, _: Screening.load(dump), rings=DAY_BYTES),
    Component("market.inflation", lambda dump, state: Inflation.load(dump, state.market.catalogue)),
    Component("market.guards", lambda dump, state: Guards.load(dump, survivors(state)), rings=200),
    Component("market.recency", lambda dump, _: Recency.load(dump), rings=100),
    Component("_views", lambda dump, state: ViewStore.load(dump, state.market.catalogue), rings=TAPE_BYTES),
    Component("_views.history", lambda dump, _: HourlyHistory.load(dump)),
)
NAMES = [component.path for component in COMPONENTS]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, Fact]]:
    """A history with every kind of fact."""
    return written(tmp_path_factory, POSTS)


def written(tmp_path_factory: pytest.TempPathFactory, posts: int) -> list[tuple[int, Fact]]:
    """Let a journal give a history its numbers."""
    data = tmp_path_factory.mktemp("history") / "data"
    write_history(data, history(posts, clocks_right=True), commit=1_000)
    with SqliteJournal(DataFolder.open_reading(data)) as journal:
        return list(journal.read())


def replayed(facts: list[tuple[int, Fact]]) -> Projection:
    """Apply facts to a fresh projection."""
    projection = Projection(1, simulated=False)
    projection.catch_up(facts)
    return projection


def content(dump: Dump) -> tuple[bytes, dict[str, tuple[str, tuple[int, ...], bytes]]]:
    """Give all of a dump in a form that compares bit for bit."""
    return msgspec.msgpack.encode(dict(dump.plain)), {
        name: (array.dtype.str, array.shape, array.tobytes()) for name, array in dump.arrays.items()
    }


def size(dump: Dump) -> int:
    """Count a dump's bytes."""
    arrays: list[Array] = list(dump.arrays.values())
    return len(msgspec.msgpack.encode(dict(dump.plain))) + sum(array.nbytes for array in arrays)


def attributes(holder: object) -> dict[str, object]:
    """Give an object's attributes, of one with slots too."""
    slots = getattr(holder, "__slots__", ())
    return {name: getattr(holder, name) for name in (*slots, *getattr(holder, "__dict__", {}))}


def test_every_component_with_a_dump_is_in_the_matrix(facts: list[tuple[int, Fact]]) -> None:
    """Whatever hangs on a projection and can be dumped."""
    found = []
    waiting: list[tuple[str, object]] = [("", replayed(facts[:5]))]
    while waiting:
        path, holder = waiting.pop()
        for name, value in attributes(holder).items():
            if type(value).__module__.startswith("gpo_market.") and hasattr(value, "dump"):
                found.append(f"{path}{name}")
                waiting.append((f"{path}{name}.", value))
    assert sorted(found) == sorted(NAMES)


@pytest.mark.parametrize("component", COMPONENTS, ids=NAMES)
def test_a_dump_is_whole(component: Component, facts: list[tuple[int, Fact]]) -> None:
    """What is made from a dump has that dump."""
    projection = replayed(facts[:CUT])
    before = content(component.dump(projection))
    component.reload(projection)
    assert content(component.dump(projection)) == before


@pytest.mark.parametrize("component", COMPONENTS, ids=NAMES)
def test_a_loaded_component_goes_on_as_if_it_had_not_been(
    component: Component, facts: list[tuple[int, Fact]]
) -> None:
    """The same updates and the same state at the end, also when it is loaded again and again."""
    projection = replayed(facts[:CUT])
    for seq, fact in facts[CUT:]:
        if seq % 10 == 0:
            component.reload(projection)
        projection.apply(seq, fact)
    straight = replayed(facts)
    assert projection.state_hash.hex == straight.state_hash.hex
    for other in COMPONENTS:
        assert content(other.dump(projection)) == content(other.dump(straight)), other.path


@pytest.mark.parametrize("component", COMPONENTS, ids=NAMES)
def test_a_dump_is_apart_from_what_it_was_taken_of(
    component: Component, facts: list[tuple[int, Fact]]
) -> None:
    """What happens later does not change it."""
    projection = replayed(facts[:CUT])
    dump = component.dump(projection)
    before = content(dump)
    projection.catch_up(facts[CUT:])
    assert content(dump) == before


@pytest.mark.parametrize("component", COMPONENTS, ids=NAMES)
def test_a_component_knows_nothing_of_later_facts(
    component: Component, facts: list[tuple[int, Fact]]
) -> None:
    """Its state at a fact is the same in a process that has seen what follows as where there is no more."""
    states = []
    for known in (facts, facts[:CUT]):
        projection = Projection(1, simulated=False)
        for seq, fact in known:
            projection.apply(seq, fact)
            if seq == CUT:
                states.append(content(component.dump(projection)))
    assert states[0] == states[1]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Projection, Projection]:
    """A market that saw some posts, and one that saw ten times as many of the same items."""
    few, many = (replayed(written(tmp_path_factory, posts)) for posts in (400, 4_000))
    return few, many


@pytest.mark.parametrize("component", COMPONENTS, ids=NAMES)
def test_memory_does_not_grow_with_the_posts(
    component: Component, grown: tuple[Projection, Projection]
) -> None:
    """But for the rings that a component states, which fill and stay as they are."""
    few, many = (size(component.dump(projection)) for projection in grown)
    assert many <= few + component.rings
