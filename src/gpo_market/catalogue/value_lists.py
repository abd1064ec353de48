"""Lists of values as people keep them: CSV or JSON, by slug, name or alias."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from gpo_market.catalogue.model import Catalogue, CatalogueError

ITEM_COLUMNS = ("item", "slug", "name")
VALUE_COLUMNS = ("value", "worth", "price")
MOST_ROWS = 10_000
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ValueFile:
    """What a file of values says: by slug, and by the items that the catalogue lacks, as they are written.

    ``source`` and ``as_of`` are None where it does not say them.
    """

    values: Mapping[str, float]
    unknown: tuple[str, ...]
    source: str | None = None
    as_of: str | None = None


def read_values(body: bytes, name: str, catalogue: Catalogue) -> ValueFile:
    """Read values from CSV or JSON; ``name`` (the file's) stands in error messages.

    CSV: a column ``item`` (or slug, name) and a column ``value`` (or worth, price), separated by comma,
    semicolon or tab; without such a header two columns. JSON: an object of item to value, one with
    ``values`` and perhaps ``source`` and ``as_of``, or a list of objects with ``item`` and ``value``. Items
    by slug, name or alias. Raises CatalogueError for what is neither, a value that is no number above 0, or
    an item that stands twice.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{name}: {error}; save it as UTF-8") from error
    source = as_of = None
    if text.lstrip()[:1] in {"{", "["}:
        parsed = _parsed(text, name)
        if isinstance(parsed, dict) and isinstance(parsed.get("values"), dict):
            source, as_of = _word(parsed, "source", name), _word(parsed, "as_of", name)
        rows = _json_rows(parsed, name)
    else:
        rows = _csv_rows(text, name)
    return _named(rows, name, catalogue, source, as_of)


Row = tuple[str, str, Any]
"""Where it stands, the item as written, and its value as written."""


def _named(
    rows: Iterator[Row], name: str, catalogue: Catalogue, source: str | None, as_of: str | None
) -> ValueFile:
    slugs = _slugs(catalogue)
    values: dict[str, float] = {}
    unknown: list[str] = []
    for number, (place, written, value) in enumerate(rows):
        if number >= MOST_ROWS:
            raise CatalogueError(f"{name}: more than {MOST_ROWS:,} values, that is no list of items")
        worth = _worth(value, f"{name}: {place}")
        slug = slugs.get(written) or slugs.get(written.strip().casefold())
        if slug is None:
            unknown.append(written)
        elif slug in values:
            raise CatalogueError(f"{name}: {place}: {written[:80]!r} ({slug}) stands more than once")
        else:
            values[slug] = worth
    return ValueFile(values, tuple(unknown), source, as_of)


def _slugs(catalogue: Catalogue) -> dict[str, str]:
    """Give what leads to each item: slugs, also former ones, then names, then aliases of one item alone."""
    traded = [(number, item) for number, item in enumerate(catalogue.items) if not item.retired]
    shared = Counter(alias.casefold() for _, item in traded for alias in dict.fromkeys(item.aliases))
    found: dict[str, str] = {}
    for number, item in traded:
        for alias in item.aliases:
            if shared[alias.casefold()] == 1:
                found[alias.casefold()] = catalogue.slug(number)
    for number, item in traded:
        found[item.name.casefold()] = catalogue.slug(number)
    return found | {slug: catalogue.slug(catalogue.find(slug)) for slug in catalogue.redirects}


def _worth(value: object, place: str) -> float:
    try:
        number = float(value.replace(",", "").replace("_", "") if isinstance(value, str) else value)  # type: ignore[arg-type]  # whatever the file holds
    except (TypeError, ValueError):
        number = 0.0
    if isinstance(value, bool) or not (isfinite(number) and number > 0.0):
        raise CatalogueError(f"{place}: {str(value)[:40]!r} is no value; write a number above 0")
    return number


def _parsed(text: str, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{name}: {error}") from error


def _word(parsed: dict[str, Any], key: str, name: str) -> str | None:
    word = parsed.get(key)
    if word is None or isinstance(word, str):
        return word
    raise CatalogueError(f"{name}: {key} must be text, not {word!r}"[:200])


def _json_rows(parsed: Any, name: str) -> Iterator[Row]:  # noqa: ANN401 - whatever the file holds
    if isinstance(parsed, dict):
        values = parsed["values"] if isinstance(parsed.get("values"), dict) else parsed
        yield from ((f"values.{item[:80]}", item, value) for item, value in values.items())
        return
    for number, entry in enumerate(parsed):
        item = _column(entry, ITEM_COLUMNS) if isinstance(entry, dict) else None
        if not isinstance(item, str):
            raise CatalogueError(f'{name}: entry {number}: write {{"item": "slug", "value": 1.0}}')
        yield f"entry {number}", item, _column(entry, VALUE_COLUMNS)


def _column(entry: dict[str, Any], names: tuple[str, ...]) -> object:
    return next((entry[name] for name in names if name in entry), None)


def _csv_rows(text: str, name: str) -> Iterator[Row]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CatalogueError(f"{name}: {error}") from error
    rows = [(number, cells) for number, cells in enumerate(lines, 1) if any(cell.strip() for cell in cells)]
    if not rows:
        raise CatalogueError(f"{name}: it is empty")
    header = [cell.strip().casefold() for cell in rows[0][1]]
    item, value = _place(header, ITEM_COLUMNS), _place(header, VALUE_COLUMNS)
    if item is None or value is None:
        item, value = 0, 1
    else:
        rows = rows[1:]
    for number, cells in rows:
        if len(cells) <= max(item, value):
            raise CatalogueError(f"{name}: line {number}: it has {len(cells)} columns; write item,value")
        yield f"line {number}", cells[item].strip(), cells[value].strip()


def _place(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
