"""The facts that open a market."""

from msgspec.structs import replace

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.catalogue.changes import Alias, Merge, Rename, apply
from gpo_market.catalogue.edits import edit
from gpo_market.engine.opening import catalogue_fact, keeps_own_list, opening_facts, reference_fact
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import (
    CatalogueChanged,
    Fact,
    Item,
    MarketOpened,
    MoneyItem,
    ReferenceLoaded,
    ReferenceRemoved,
    SystemFact,
)
from tests.engine.conftest import START


def opened(
    projection: Projection, catalogue: Catalogue, reference: Reference | None, *, simulated: bool = False
) -> list[SystemFact]:
    """Apply the opening facts as a journal would number them, and give them."""
    facts = list(opening_facts(projection, catalogue, reference, simulated=simulated, event_time=START))
    for fact in facts:
        seq = projection.seq + 1
        projection.apply(seq, replace(fact, origin=seq))
    return facts


def kinds(facts: list[SystemFact]) -> list[type[Fact]]:
    """Name the types."""
    return [type(fact) for fact in facts]


def test_a_new_real_market_gets_its_origin_its_list_and_its_reference(
    catalogue: Catalogue, reference: Reference
) -> None:
    """In this order; reference values of unlisted items are left out."""
    facts = opened(Projection(1, simulated=False), catalogue, reference)
    assert kinds(facts) == [MarketOpened, CatalogueChanged, ReferenceLoaded]
    assert isinstance(facts[2], ReferenceLoaded)
    assert facts[2].values == ((0, 1.0), (1, 5.0))


def test_a_simulated_market_never_gets_a_reference(catalogue: Catalogue, reference: Reference) -> None:
    """What the demo shows is learned."""
    facts = opened(Projection(1, simulated=True), catalogue, reference, simulated=True)
    assert kinds(facts) == [MarketOpened, CatalogueChanged]


def test_an_open_market_lacks_nothing(catalogue: Catalogue, reference: Reference) -> None:
    """A second start appends no fact."""
    projection = Projection(1, simulated=False)
    opened(projection, catalogue, reference)
    assert opened(projection, catalogue, reference) == []


def test_a_new_list_is_adopted_with_the_numbers_of_the_old(catalogue: Catalogue) -> None:
    """Facts that stand keep their meaning."""
    projection = Projection(1, simulated=False)
    opened(projection, catalogue, None)
    items = (Item("hat", "Hat"), Item("coin", "Coin"), Item("ring", "Ring"))
    facts = opened(projection, Catalogue("Tiny", items, (MoneyItem(1, 1.0, 1.0),), (1,), "tiny-2"), None)
    assert kinds(facts) == [CatalogueChanged]
    assert projection.market.catalogue is not None
    assert [item.slug for item in projection.market.catalogue.items] == ["coin", "gem", "hat", "ring"]
    assert projection.catalogue_version == 3


def test_a_reference_can_be_removed(catalogue: Catalogue, reference: Reference) -> None:
    """Its values are unknown again."""
    projection = Projection(1, simulated=False)
    opened(projection, catalogue, reference)
    assert projection.market.valuation.basis(1) == "reference"
    assert kinds(opened(projection, catalogue, None)) == [ReferenceRemoved]
    assert projection.market.valuation.basis(1) == "none"


def edited(projection: Projection) -> Catalogue:
    """Let people edit the list of a market; gives the edited one."""
    assert projection.market.catalogue is not None
    changed = edit(projection.market.catalogue, Alias("gem", "gg"))
    projection.apply(projection.seq + 1, catalogue_fact(changed.catalogue, START, changed.summary))
    return changed.catalogue


def test_an_edited_list_is_the_markets_own_and_stays(catalogue: Catalogue) -> None:
    """No start takes an edit back; another list than it grew out of is worth a word."""
    projection = Projection(1, simulated=False)
    opened(projection, catalogue, None)
    own = edited(projection)
    other = Catalogue("Tiny", catalogue.items[:2], catalogue.numeraire, (0,), "tiny-2")
    assert opened(projection, other, None) == []
    assert projection.market.catalogue == own
    assert keeps_own_list(projection, other)
    assert not keeps_own_list(projection, catalogue)


def test_an_applied_list_is_the_one_that_edits_grow_out_of(catalogue: Catalogue) -> None:
    """It is the market's own too, and worth no word while it is the one given."""
    projection = Projection(1, simulated=False)
    opened(projection, catalogue, None)
    edited(projection)
    assert projection.market.catalogue is not None
    other = Catalogue("Tiny", (*catalogue.items, Item("ring", "Ring")), catalogue.numeraire, (0,), "tiny-2")
    applied = apply(projection.market.catalogue, other, "tiny-2")
    projection.apply(projection.seq + 1, catalogue_fact(applied.catalogue, START, applied.summary))
    assert not keeps_own_list(projection, other)
    assert keeps_own_list(projection, catalogue)
    assert opened(projection, catalogue, None) == []


def test_a_reference_counts_for_what_its_slugs_lead_to(catalogue: Catalogue) -> None:
    """A former slug and that of a merged item count for the item they lead to, its own value first."""
    merged = edit(edit(catalogue, Merge("hat", "gem")).catalogue, Rename("coin", "Penny", "penny")).catalogue
    values = {"coin": 1.0, "hat": 7.0}
    assert reference_fact(Reference("a", START, values), merged, START).values == ((0, 1.0), (1, 7.0))
    values["gem"] = 5.0
    assert reference_fact(Reference("a", START, values), merged, START).values == ((0, 1.0), (1, 5.0))
