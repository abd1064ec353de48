"""Lists of values as people keep them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, CatalogueError
from gpo_market.catalogue.value_lists import MOST_ROWS, ValueFile, read_values
from gpo_market.events.facts import Item

LIST = Catalogue(
    "test",
    (
        Item("coin", "Gold Coin", aliases=("GC", "c")),
        Item("chest", "Chest", aliases=("c",), former_slugs=("old-chest",)),
        Item("gem", "Gem"),
        Item("jewel", "Jewel", retired=True, merged_into=2),
        Item("relic", "Relic", retired=True),
    ),
    (),
    (),
    "hash",
)


def read(text: str) -> ValueFile:
    """Read a file of this text."""
    return read_values(text.encode(), "my.csv", LIST)


@pytest.mark.parametrize(
    "text",
    [
        "item,value\ncoin,1\nchest,8.5\n",
        "Slug;Rarity;Worth\ncoin;x;1\nchest;y;8.5\n",
        "name\tprice\r\nGold Coin\t1\r\nChest\t8.5\r\n",
        "coin,1\n\nchest,8.5",
        "\ufeffitem,value\nGC,1.0\nOLD-CHEST,8.5\n".replace("OLD-CHEST", "old-chest"),
        '"item","value"\n"coin","1"\n"chest","8.5"\n',
        '{"coin": 1, "chest": 8.5}',
        '{"values": {"coin": 1, "chest": "8.5"}}',
        '[{"item": "coin", "value": 1}, {"name": "Chest", "worth": 8.5}]',
    ],
)
def test_every_usual_form_reads_the_same(text: str) -> None:
    """Comma, semicolon, tab, with and without a header, quoted, with a byte order mark, and JSON."""
    assert read(text) == ValueFile({"coin": 1.0, "chest": 8.5}, ())


def test_a_json_file_may_name_its_source_and_day() -> None:
    """As a reference list does."""
    found = read('{"source": "us", "as_of": "2026-11-01", "values": {"gem": 3}}')
    assert found == ValueFile({"gem": 3.0}, (), "us", "2026-11-01")


def test_items_may_be_called_by_anything_that_means_one_item_only() -> None:
    """An alias that two items share means neither; a merged item's slug its survivor."""
    assert read("c,1\ngc,2\njewel,3\nzorb,4") == ValueFile({"coin": 2.0, "gem": 3.0}, ("c", "zorb"))


def test_thousands_may_be_set_apart() -> None:
    """As spreadsheets write them."""
    assert read('"coin","12,345.5"').values == {"coin": 12345.5}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("item,value\ncoin,cheap\n", "my.csv: line 2: 'cheap' is no value; write a number above 0"),
        ("coin,0", "my.csv: line 1: '0' is no value; write a number above 0"),
        ("coin,-1", "'-1' is no value"),
        ("coin,nan", "'nan' is no value"),
        ("coin,inf", "'inf' is no value"),
        ("coin,1\nGold Coin,2", "my.csv: line 2: 'Gold Coin' (coin) stands more than once"),
        ("coin\n", "my.csv: line 1: it has 1 columns; write item,value"),
        ("\n \n", "my.csv: it is empty"),
        ('"coin,1', "my.csv: "),
        ("{", "my.csv: Expecting"),
        ('{"coin": true}', "values.coin: 'True' is no value"),
        ('{"coin": null}', "'None' is no value"),
        ("[1]", 'my.csv: entry 0: write {"item": "slug", "value": 1.0}'),
        ('{"values": {"coin": 1}, "source": 7}', "my.csv: source must be text, not 7"),
        ("[" * 100_000, "my.csv: "),
        ("coin,1\n" * (MOST_ROWS + 1), "stands more than once"),
        ("zorb,1\n" * (MOST_ROWS + 1), "more than 10,000 values"),
    ],
)
def test_what_is_no_list_is_told_with_its_place(text: str, reason: str) -> None:
    """One line that names the file, the place and what to write."""
    with pytest.raises(CatalogueError) as caught:
        read(text)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused() -> None:
    """With the encoding that is read."""
    with pytest.raises(CatalogueError, match="save it as UTF-8"):
        read_values(b"coin,\xff", "my.csv", LIST)


@given(
    st.one_of(
        st.text(max_size=80), st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps)
    )
)
def test_whatever_a_file_holds_it_is_read_or_refused(text: str) -> None:
    """Nothing else is raised, and what is read is finite and above zero."""
    try:
        found = read_values(text.encode("utf-8", "replace"), "my.csv", LIST)
    except CatalogueError:
        return
    assert all(0.0 < value < float("inf") for value in found.values.values())
