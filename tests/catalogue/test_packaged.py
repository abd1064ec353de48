"""The lists that ship with the package."""

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.events.time import to_rfc3339


def test_the_packaged_list_has_the_items_and_a_numeraire_of_money() -> None:
    """Chests and an eye are what people count in."""
    catalogue = packaged_catalogue()
    assert len(catalogue) == 236
    assert {catalogue.slug(money.item) for money in catalogue.numeraire} >= {
        "legendary-fruit-chest",
        "mythical-fruit-chest",
        "all-seeing-eye",
    }


def test_the_packaged_reference_is_dated_and_names_its_source() -> None:
    """Nobody can take it for our own values."""
    reference = packaged_reference()
    assert (reference.source, to_rfc3339(reference.as_of)) == ("gpovalues.com", "2026-10-10T00:00:00Z")


def test_every_reference_value_belongs_to_a_listed_item() -> None:
    """The two files fit."""
    assert set(packaged_reference().values) <= set(packaged_catalogue().numbers)
