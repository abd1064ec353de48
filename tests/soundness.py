"""What holds of every reading, whatever was posted: caps, items of the list, quantities, places, columns."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.readings import Kind, PostReading
from gpo_market.language.columns import Readings
from gpo_market.language.kernel.reading import elements_in
from gpo_market.language.kernel.sheets import FIRST_ALIAS, Use
from gpo_market.language.kernel.workspace import Count
from tests.readers import LARGEST_QUANTITY, LONGEST_READ, Parser

MOST_QUOTES = 64
MOST_LEGS = 64
MOST_UNKNOWN = 64
_WITHOUT_QUOTES = frozenset({Kind.CASH, Kind.SERVICE, Kind.CHATTER})


def check_reading(reading: PostReading, items: int) -> None:
    """Check a reading against a list of so many items; raises AssertionError."""
    assert len(reading.quotes) <= MOST_QUOTES
    assert len(reading.unknown) <= MOST_UNKNOWN
    if reading.kind in _WITHOUT_QUOTES:
        assert (reading.quotes, reading.unknown) == ((), ())
    for quote in reading.quotes:
        assert max(len(quote.give), len(quote.want)) <= MOST_LEGS
        assert not (quote.give_open and quote.give)
        assert not (quote.want_open and quote.want)
        for leg in (*quote.give, *quote.want):
            assert 0 <= leg.item < items
            _check_quantity(leg.quantity)
        for doubtful in quote.ambiguous:
            assert len(doubtful.readings) > 1
            assert all(0 <= item < items for item in doubtful.readings)
            _check_quantity(doubtful.quantity)


def _check_quantity(quantity: float) -> None:
    assert 0 < quantity <= LARGEST_QUANTITY


def check_columns(readings: Readings, posts: int) -> None:
    """Check that offsets begin with 0, rise, and end where the next column does; raises AssertionError."""
    quotes, legs = len(readings.quote_flags), len(readings.leg_items)
    assert len(readings) == len(readings.kinds) == len(readings.post_flags) == posts
    _check_offsets(readings.quote_offsets, posts, quotes)
    _check_offsets(readings.name_offsets, posts, len(readings.texts.names))
    _check_offsets(readings.typo_offsets, posts, len(readings.texts.typos))
    _check_offsets(readings.leg_offsets, quotes, legs)
    assert len(readings.leg_phrases) == len(readings.leg_quantities) == legs
    assert np.all(np.isfinite(readings.leg_quantities) & (readings.leg_quantities != 0))
    lexicon = readings.texts.lexicon
    if legs:
        assert readings.leg_items.min() >= 0
        assert readings.leg_items.max() < lexicon.items + len(lexicon.readings)
        assert readings.leg_phrases.max() < len(lexicon.phrases)
        assert readings.leg_phrases.min() > FIRST_ALIAS - max(len(readings.texts.aliases), 1)


def _check_offsets(offsets: NDArray[np.int64], rows: int, total: int) -> None:
    assert (len(offsets), offsets[0], offsets[-1]) == (rows + 1, 0, total)
    assert np.all(np.diff(offsets) >= 0)


def check_places(parser: Parser, content: str) -> None:
    """Check that each element and each leg of the post just parsed stands in its text; raises AssertionError.

    Looks at what ``parse`` left on the parser's desk, for readings do not hold places.
    """
    desk = parser._desks[-1]
    legs = desk._open.legs[: desk._sheets.used[Use.LEGS]]
    _check_spans(legs["start"].tolist(), legs["end"].tolist(), content)
    if min(len(content), LONGEST_READ) <= len(desk._workspace.letters):
        count = desk._workspace.counts[Count.ELEMENTS]
        elements = elements_in(desk._workspace.elements)[:count]
        _check_spans(elements["start"].tolist(), elements["end"].tolist(), content)


def _check_spans(starts: Sequence[int], ends: Sequence[int], content: str) -> None:
    assert all(0 <= start < end <= len(content) for start, end in zip(starts, ends, strict=True))
