"""Builds a new epoch from what a journal holds: the same facts as they happened, their posts read again."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from gpo_market.engine.epoch_order import EpochOrder, OrderBuilder
from gpo_market.engine.ingest import Reader
from gpo_market.engine.ports import EpochDraft, Journal, StoredText
from gpo_market.engine.projection import Projection
from gpo_market.events.facts import Fact, PostRecorded, decode_facts, encode_facts
from gpo_market.events.readings import PARSER_VERSION, Kind, QuoteReading

FRAME_FACTS = 512
"""Facts per frame of a new epoch, and rows that are set aside at once."""

ShowProgress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows that a long work began, with its name and length; what it gives hears how much is done."""

T = TypeVar("T")


@dataclass(slots=True)
class Rereading:
    """What became of an epoch's posts and edits.

    ``reread`` were read again, ``changed`` of them otherwise than before; ``kept`` keep the quotes they have,
    because their text was deleted, forgotten or too old; ``late`` came behind newer ones and stand in
    their place now. ``facts`` counts all facts.
    """

    facts: int = 0
    posts: int = 0
    reread: int = 0
    changed: int = 0
    kept: int = 0
    late: int = 0


class _Reading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a text says today, as it is set aside: never the text itself."""

    kind: Kind
    quotes: tuple[QuoteReading, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Reading)


def reprocess(
    journal: Journal, texts: Iterable[StoredText], before: Projection, draft: EpochDraft, show: ShowProgress
) -> tuple[Projection, Rereading]:
    """Draft a new epoch from the facts up to ``before``, whose item list reads the posts; give its state.

    ``texts`` are those that are still held. Nothing is written but the draft. Memory: 75 bytes per fact, a
    state, and what the draft's own cache holds. Raises what the journal and the draft raise.
    """
    assert before.market.catalogue is not None
    reader = Reader.of(before.market.catalogue, before.catalogue_version)
    head = before.seq
    with show("Reading the log", head) as progress:
        order = order_of(_up_to(journal, head, progress), simulated=journal.simulated)
    with show("Sorting", head) as progress:
        set_facts_aside(_up_to(journal, head, progress), order, draft)
    with show("Reading posts again", head) as progress:
        set_readings_aside(_counted(texts, progress), order, reader, draft)
    result = Rereading(late=order.late)
    after = Projection(journal.epoch + 1, simulated=journal.simulated)
    with show("Running the new epoch", head) as progress:
        facts = enumerate(new_facts(draft, reader.version, result), 1)
        for chunk in _chunks(facts, FRAME_FACTS):
            draft.add([fact for _, fact in chunk])
            after.catch_up(chunk, progress)
    draft.finish(journal.epoch + 1, after.snapshot(draft.chain))
    return after, result


def order_of(facts: Iterable[tuple[int, Fact]], *, simulated: bool) -> EpochOrder:
    """Find the order of an epoch's facts in the next one."""
    builder = OrderBuilder(simulated=simulated)
    for _, fact in facts:
        builder.add(fact)
    return builder.order()


def set_facts_aside(facts: Iterable[tuple[int, Fact]], order: EpochOrder, draft: EpochDraft) -> None:
    """Set an epoch's facts aside under their numbers in the next one."""
    rows = ((int(order.numbers[seq - 1]), encode_facts([order.placed(fact)])) for seq, fact in facts)
    for chunk in _chunks(rows, FRAME_FACTS):
        draft.put_facts(chunk)


def set_readings_aside(
    texts: Iterable[StoredText], order: EpochOrder, reader: Reader, draft: EpochDraft
) -> None:
    """Read texts, and set what they say aside under their facts' numbers in the next epoch."""
    rows = (
        (number, _read(text.content, reader))
        for text in texts
        if (number := order.number_of(text.origin)) is not None
    )
    for chunk in _chunks(rows, FRAME_FACTS):
        draft.put_readings(chunk)


def new_facts(draft: EpochDraft, version: int, count: Rereading) -> Iterator[Fact]:
    """Give a new epoch's facts in order, with what was read again in them; ``count`` is kept up to date.

    ``version`` is the origin of the list that read the posts.
    """
    readings = draft.readings()
    ahead = next(readings, None)
    for number, body in draft.facts():
        (fact,) = decode_facts(body)
        count.facts += 1
        said, ahead = (ahead, next(readings, None)) if ahead and ahead[0] == number else (None, ahead)
        if isinstance(fact, PostRecorded):
            count.posts += 1
            fact = _with_reading(fact, said, version, count)
        yield fact


def _read(content: str, reader: Reader) -> bytes:
    reading = reader.parser.parse(content)
    return _ENCODER.encode(_Reading(reading.kind, reading.quotes))


def _with_reading(
    fact: PostRecorded, row: tuple[int, bytes] | None, version: int, count: Rereading
) -> PostRecorded:
    if row is None:
        count.kept += 1
        return fact
    said = _DECODER.decode(row[1])
    count.reread += 1
    count.changed += (fact.kind, fact.quotes) != (said.kind, said.quotes)
    return replace(
        fact, kind=said.kind, quotes=said.quotes, catalogue_version=version, parser_version=PARSER_VERSION
    )


def _up_to(journal: Journal, head: int, progress: Callable[[int], None]) -> Iterator[tuple[int, Fact]]:
    for seq, fact in journal.read():
        if seq > head:
            return
        progress(seq)
        yield seq, fact


def _counted(texts: Iterable[StoredText], progress: Callable[[int], None]) -> Iterator[StoredText]:
    for done, text in enumerate(texts, 1):
        progress(done)
        yield text


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk
