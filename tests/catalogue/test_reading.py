"""Item lists and reference lists, read from their files."""

import json
import math

import pytest

from gpo_market.catalogue import CatalogueError, read_catalogue, read_reference
from gpo_market.events.facts import Family, GameWords


def listing(**changes: object) -> bytes:
    """Write a small list of a made-up game."""
    content: dict[str, object] = {
        "game": "Tiny",
        "items": [
            {"slug": "coin", "name": "Coin", "reference": {"value": 2.0, "as_of": "2026-01-01", "quotes": 9}},
            {"slug": "gem", "name": "Gem", "aliases": ["g"], "reference": {"value": 8.0, "quotes": 5}},
            {"slug": "hat", "name": "Hat"},
        ],
    }
    return json.dumps(content | changes).encode()


def test_items_are_numbered_in_the_order_of_the_file() -> None:
    """An item's number is its place in the list."""
    catalogue = read_catalogue(listing(), "tiny.json")
    assert [catalogue.slug(number) for number in range(len(catalogue))] == ["coin", "gem", "hat"]
    assert catalogue.number("gem") == 1


def test_a_declared_numeraire_is_weighted_to_one() -> None:
    """The basket's weights add up to one whatever the file says."""
    numeraire = [{"item": "coin", "amount": 1, "weight": 3}, {"item": "gem", "amount": 0.25}]
    catalogue = read_catalogue(listing(numeraire=numeraire), "tiny.json")
    assert [(money.item, money.amount, money.weight) for money in catalogue.numeraire] == [
        (0, 1, 0.75),
        (1, 0.25, 0.25),
    ]
    assert catalogue.change == (0, 1)


def test_without_a_numeraire_the_most_quoted_items_are_money() -> None:
    """Each is scaled so that its amount is about one of the cheapest."""
    catalogue = read_catalogue(listing(), "tiny.json")
    assert [(money.item, money.amount, money.weight) for money in catalogue.numeraire] == [
        (0, 1.0, 0.5),
        (1, 0.25, 0.5),
    ]


def test_without_any_reference_all_items_are_money() -> None:
    """A list that says nothing is measured against itself."""
    items = [{"slug": "a", "name": "A"}, {"slug": "b", "name": "B"}]
    catalogue = read_catalogue(listing(items=items), "tiny.json")
    assert [money.weight for money in catalogue.numeraire] == [0.5, 0.5]


def test_families_and_words_are_read() -> None:
    """They stand beside the items, each part optional."""
    families = [{"name": "Big", "short": ["b"]}, {"name": "Old"}]
    catalogue = read_catalogue(listing(families=families, words={"currencies": ["gold"]}), "tiny.json")
    assert catalogue.families == (Family("Big", ("b",)), Family("Old"))
    assert catalogue.words == GameWords(currencies=("gold",))


def test_a_list_without_families_and_words_has_none() -> None:
    """Today's form of a list stays readable."""
    catalogue = read_catalogue(listing(), "tiny.json")
    assert (catalogue.families, catalogue.words) == ((), GameWords())


@pytest.mark.parametrize("changes", [{"families": [{"name": "Big"}]}, {"words": {"sorts": ["pet"]}}])
def test_the_content_hash_names_families_and_words(changes: dict[str, object]) -> None:
    """A list that reads posts otherwise is another list."""
    assert read_catalogue(listing(**changes), "a").content_hash != read_catalogue(listing(), "a").content_hash


def test_the_content_hash_names_the_content() -> None:
    """Equal lists have equal hashes, other lists others."""
    assert read_catalogue(listing(), "a").content_hash == read_catalogue(listing(note="x"), "b").content_hash
    assert (
        read_catalogue(listing(), "a").content_hash != read_catalogue(listing(game="Other"), "a").content_hash
    )


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"{", "truncated"),
        (b"[]", "Expected `object`"),
        (b"\xff", "bad.json"),
        (b"{}", "items"),
        (listing(items=[]), "length >= 1"),
        (
            listing(items=[{"slug": "a", "name": "A"}, {"slug": "a", "name": "B"}]),
            "'a' stands more than once",
        ),
        (listing(items=[{"slug": "Not A Slug", "name": "A"}]), "items"),
        (listing(numeraire=[{"item": "nothing"}]), "'nothing', which is not in the list"),
        (listing(change=["nothing"]), "'nothing', which is not in the list"),
        (listing(numeraire=[{"item": "coin", "amount": 0}]), "numeraire"),
        (listing(families=[{"name": "Big"}, {"name": "Big"}]), "family 'Big' stands more than once"),
        (listing(families=[{"name": ""}]), "families[0].name"),
        (listing(families=[{"name": "Big", "shorts": ["b"]}]), "unknown field `shorts`"),
        (listing(words={"currency": ["gold"]}), "unknown field `currency`"),
        (listing(words={"cash": "gold"}), "words.cash"),
    ],
)
def test_an_unusable_list_is_refused_in_one_line_that_names_the_file(body: bytes, complaint: str) -> None:
    """The error says which file and what is wrong with it."""
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(body, "bad.json")
    message = str(caught.value)
    assert message.startswith("bad.json: ")
    assert complaint in message
    assert "\n" not in message


def test_reference_values_can_stand_in_a_file_of_their_own() -> None:
    """Source and day are named in it."""
    body = b'{"source": "a site", "as_of": "2026-01-02", "values": {"coin": 2}, "quotes": {"coin": 3}}'
    reference = read_reference(body, "ref.json")
    assert reference is not None
    assert (reference.source, reference.values, reference.sample) == ("a site", {"coin": 2}, {"coin": 3})


def test_reference_values_can_stand_in_an_item_list() -> None:
    """An item list that holds values is a reference too."""
    reference = read_reference(listing(as_of="2026-01-02"), "tiny.json")
    assert reference is not None
    assert reference.values == {"coin": 2.0, "gem": 8.0}


def test_an_item_list_without_values_is_no_reference() -> None:
    """Nothing is made up for it."""
    assert read_reference(listing(items=[{"slug": "a", "name": "A"}]), "tiny.json") is None


@pytest.mark.parametrize("value", [0, -1, 1e16, "2"])
def test_a_reference_value_is_a_positive_number(value: object) -> None:
    """Anything else is refused."""
    body = json.dumps({"source": "s", "as_of": "2026-01-01", "values": {"a": value}}).encode()
    with pytest.raises(CatalogueError):
        read_reference(body, "ref.json")


def test_a_reference_needs_a_day() -> None:
    """A day that is none is named."""
    with pytest.raises(CatalogueError, match="as_of"):
        read_reference(b'{"source": "s", "as_of": "soon", "values": {"a": 1}}', "ref.json")


def test_weights_of_any_list_are_finite() -> None:
    """A tiny amount is no reason for an infinite one."""
    catalogue = read_catalogue(listing(numeraire=[{"item": "coin", "amount": 1e-9}]), "tiny.json")
    assert all(math.isfinite(money.weight) for money in catalogue.numeraire)
