"""What the language tests share: the packaged list's parser, and readings written short."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import pytest

from gpo_market.catalogue import Catalogue, packaged_catalogue, packaged_reference, read_catalogue
from gpo_market.events.readings import AmbiguousLeg, Leg, PostReading, QuoteReading
from gpo_market.language import Parser, resolve
from gpo_market.language.folding import fold
from tests.reference.elements import Element
from tests.reference.scanner import Scanner


@dataclass(frozen=True)
class ShortReading:
    """A reading with quotes as ``2 ase + adds > mc``; an open side is ``any``, an incomplete quote ``?``."""

    kind: str
    quotes: list[str]
    unknown: list[str]


def _short_names(catalogue: Catalogue) -> list[str]:
    """Write items as players do: the slug where it is one word, else the first alias."""
    return [
        item.slug if "-" not in item.slug or not item.aliases else item.aliases[0].lower()
        for item in catalogue.items
    ]


def _side(legs: tuple[Leg, ...], names: list[str], *, adds: bool, is_open: bool) -> str:
    parts = [(f"{leg.quantity:g} " if leg.quantity != 1 else "") + names[leg.item] for leg in legs]
    parts += ["any"] if is_open else []
    parts += ["adds"] if adds else []
    return " + ".join(parts) or "nothing"


def _short(quote: QuoteReading, names: list[str]) -> str:
    give = _side(quote.give, names, adds=quote.give_adds, is_open=quote.give_open)
    want = _side(quote.want, names, adds=quote.want_adds, is_open=quote.want_open)
    return f"{give} > {want}" + ("" if quote.complete else " ?")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Give the packaged item list."""
    return packaged_catalogue()


@pytest.fixture(scope="session")
def parser(catalogue: Catalogue) -> Parser:
    """Give a parser of the packaged item list."""
    return Parser(catalogue)


@pytest.fixture(scope="session")
def reference_value(catalogue: Catalogue) -> Callable[[int], float | None]:
    """Give the packaged reference values by item number."""
    values = packaged_reference().values
    return lambda number: values.get(catalogue.slug(number))


@pytest.fixture(scope="session")
def read(
    parser: Parser, catalogue: Catalogue, reference_value: Callable[[int], float | None]
) -> Callable[[str], ShortReading]:
    """Give a function that reads a post, resolves it by the reference values, and writes it short."""
    names = _short_names(catalogue)

    def read_post(content: str) -> ShortReading:
        reading: PostReading = parser.parse(content)
        resolved = [resolve(quote, reference_value) for quote in reading.quotes]
        unknown = dict.fromkeys([*reading.unknown, *(word for one in resolved for word in one.unknown)])
        quotes = [_short(one.quote, names) for one in resolved if one.stands]
        return ShortReading(reading.kind.word, quotes, list(unknown))

    return read_post


@pytest.fixture
def mention() -> Callable[..., AmbiguousLeg]:
    """Give a maker of ambiguous mentions."""

    def make(*readings: int, alias: str = "fb", quantity: float = 1.0, gives: bool = True) -> AmbiguousLeg:
        return AmbiguousLeg(alias, readings, quantity, gives)

    return make


@pytest.fixture(scope="session")
def listed() -> Callable[..., Catalogue]:
    """Give a maker of small item lists: each item a name, then aliases; the rest by name.

    ``families`` maps names to short forms, ``words`` a game's kinds of words to words.
    """

    def make(
        *items: tuple[str, ...],
        emoji: dict[str, tuple[str, ...]] | None = None,
        retired: tuple[str, ...] = (),
        families: dict[str, tuple[str, ...]] | None = None,
        words: dict[str, tuple[str, ...]] | None = None,
        category: str = "",
        rarity: str = "",
    ) -> Catalogue:
        rows = [
            {
                "slug": f"item-{number}",
                "name": name,
                "aliases": aliases,
                "emoji": (emoji or {}).get(name, ()),
                "retired": name in retired,
                "category": category,
                "rarity": rarity,
            }
            for number, (name, *aliases) in enumerate(items)
        ]
        stated = [{"name": name, "short": short} for name, short in (families or {}).items()]
        listing = {"items": rows, "families": stated, "words": words or {}}
        return read_catalogue(msgspec.json.encode(listing), "small.json")

    return make


@pytest.fixture(scope="session")
def elements_of(catalogue: Catalogue) -> Callable[[str], list[Element]]:
    """Give a function that scans a text into elements, before any of them is settled."""
    scanner = Scanner(catalogue)

    def scan(content: str) -> list[Element]:
        return scanner.scan(fold(content).text).elements

    return scan
