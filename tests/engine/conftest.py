"""A small market of a made-up game, over a real journal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gpo_market.catalogue import Catalogue, Reference
from gpo_market.engine.opening import opening_facts
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import Item, MoneyItem
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY, MINUTE
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal

START = 20_000 * DAY


@pytest.fixture
def catalogue() -> Catalogue:
    """Give three items, one of them money."""
    items = (
        Item("coin", "Coin", aliases=("cn",)),
        Item("gem", "Gem", aliases=("gm",)),
        Item("hat", "Hat", aliases=("ht",)),
    )
    return Catalogue("Tiny", items, (MoneyItem(0, 1.0, 1.0),), (0,), "tiny-1")


@pytest.fixture
def reference() -> Reference:
    """Give values for two of them, and for an item the list lacks."""
    return Reference("a site", START - DAY, {"coin": 1.0, "gem": 5.0, "gone": 2.0})


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    """Open a folder of a simulated market."""
    with DataFolder.open(tmp_path / "data", simulated=True) as opened:
        yield opened


@pytest.fixture
def journal(folder: DataFolder) -> Iterator[SqliteJournal]:
    """Open that folder's real journal."""
    opened = SqliteJournal(folder, grow=False)
    yield opened
    opened.close()


@pytest.fixture
def projection(journal: SqliteJournal, catalogue: Catalogue) -> Projection:
    """Give the state of that journal with its market open."""
    opened = Projection(journal.epoch, simulated=journal.simulated)
    facts = list(opening_facts(opened, catalogue, None, simulated=True, event_time=START))
    for receipt in journal.append(facts, START):
        assert receipt.fact is not None
        opened.apply(receipt.seq, receipt.fact)
    return opened


def post(number: int, content: str, *, poster: int | None = None) -> RawPost:
    """Make the number-th post, a minute after the one before."""
    author = str(poster or 1000 + number)
    return RawPost(str(10_000 + number), "1", author, START + number * MINUTE, content)


OFFERS = ("gem for 5 coin", "2 gem for 10 coin", "hat for 3 gem", "H: hat W: 15 coin", "16 coin for hat")


def offers(count: int) -> list[RawPost]:
    """Make posts whose quotes agree on 5 coins a gem and 15 a hat."""
    return [post(number, OFFERS[number % len(OFFERS)]) for number in range(count)]
