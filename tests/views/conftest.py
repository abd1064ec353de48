"""A small market's item list and the updates it speaks in."""

import json
from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue, read_catalogue
from gpo_market.events.time import to_rfc3339
from gpo_market.events.updates import QuotedLine, QuoteOpened, ValueMoved
from gpo_market.views.store import ViewStore

NOON = 1_767_268_800_000_000  # 2026-01-01T12:00:00Z
MakeQuote = Callable[..., QuoteOpened]
MakeMove = Callable[..., ValueMoved]

LIST = {
    "game": "Test Seas",
    "numeraire": [{"item": "legendary-chest"}, {"item": "mythic-chest", "amount": 0.125}],
    "change": ["all-seeing-eye", "mythic-chest", "legendary-chest"],
    "items": [
        {"slug": "legendary-chest", "name": "Legendary Chest", "category": "chest", "aliases": ["LC"]},
        {"slug": "mythic-chest", "name": "Mythic Chest", "category": "chest", "aliases": ["mythic", "MC"]},
        {"slug": "all-seeing-eye", "name": "All Seeing Eye", "rarity": "Mythical", "aliases": ["ASE"]},
        {"slug": "pika", "name": "Pika", "category": "fruit", "aliases": ["light"]},
        {"slug": "old-sword", "name": "Old Sword", "retired": True},
    ],
}


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A list of five items of which one is retired."""
    return read_catalogue(json.dumps(LIST).encode(), "test.json")


@pytest.fixture
def store(catalogue: Catalogue) -> ViewStore:
    """An empty store of epoch 1 that knows the list."""
    store = ViewStore(1, simulated=True)
    store.set_catalogue(catalogue)
    return store


@pytest.fixture(scope="session")
def quote() -> MakeQuote:
    """Make a quote: ``quote("7.0", {"pika": 1}, {"mythic-chest": 2})``."""

    def make(name: str, give: dict[str, float], want: dict[str, float], **fields: object) -> QuoteOpened:
        plain: dict[str, object] = {
            "time": to_rfc3339(NOON),
            "simulated": True,
            "id": name,
            "kind": "offer",
            "give": tuple(QuotedLine(item, float(quantity), 5.0) for item, quantity in give.items()),
            "want": tuple(QuotedLine(item, float(quantity), None) for item, quantity in want.items()),
            "give_adds": False,
            "want_adds": False,
            "give_open": not give,
            "want_open": not want,
            "complete": True,
            "fairness": "fair",
            "edge": 0.01,
            "weight": 0.9,
        }
        return QuoteOpened(**{**plain, **fields})  # type: ignore[arg-type]  # fields are the test's own

    return make


@pytest.fixture(scope="session")
def moved() -> MakeMove:
    """Make a value's move: ``moved("pika", 8.0, time=...)``, with an interval of 10 % either way."""

    def make(item: str, value: float | None, time: int = NOON, **fields: object) -> ValueMoved:
        plain: dict[str, object] = {
            "time": to_rfc3339(time),
            "simulated": True,
            "item": item,
            "value": value,
            "low": None if value is None else value * 0.9,
            "high": None if value is None else value * 1.1,
            "basis": "none" if value is None else "quotes",
            "confidence": "unknown" if value is None else "ok",
            "quotes": 3,
        }
        return ValueMoved(**{**plain, **fields})  # type: ignore[arg-type]  # fields are the test's own

    return make
