"""What earlier versions wrote loads for ever, with the meaning it had."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from gpo_market.events.facts import (
    CatalogueChanged,
    ClockTicked,
    Fact,
    Item,
    ItemGuarded,
    MarketOpened,
    MoneyItem,
    PostDeleted,
    PostRecorded,
    ReferenceLoaded,
    ReferenceRemoved,
    decode_facts,
)
from gpo_market.events.log import Receipt, StoredText, UnknownCount
from gpo_market.events.posts import PostSubmission, RawPost
from gpo_market.events.readings import AmbiguousLeg, Kind, Leg, PostReading, QuoteReading
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.sqlite_journal import SqliteJournal
from gpo_market.journal.verification import verify

GOLDEN = Path(__file__).parent
START = 1_700_000_000_000_000
ITEMS = (
    Item("mythical-chest", "Mythical Chest", "money", "", ("mc",), ("MC",)),
    Item("all-seeing-eye", "All Seeing Eye", "accessory", "mythical", ("ase",)),
    Item("old-hat", "Old Hat", retired=True),
)
QUOTE = QuoteReading(
    (Leg(1, 2.0),), (Leg(0, 7.5),), want_adds=True, ambiguous=(AmbiguousLeg("fb", (1, 2), 1.0, gives=False),)
)


def post(origin: int, at: int, kind: Kind, fingerprint: int, **fields: int) -> PostRecorded:
    """Make a post fact as the golden journal holds it."""
    return PostRecorded(
        origin=origin,
        event_time=START + fields.get("event", 1),
        received_time=START + at,
        server=1,
        channel=fields.get("channel", 1),
        poster=fields.get("poster", 1),
        account_week=1405,
        post=fields.get("post", origin),
        revision=fields.get("revision", 0),
        fingerprint=fingerprint,
        reply_to=fields.get("reply_to", 0),
        kind=kind,
        quotes=(QUOTE,) if kind is Kind.OFFER else (),
        catalogue_version=2,
        parser_version=1,
    )


FACTS: list[Fact] = [
    MarketOpened(1, START, START, simulated=False),
    CatalogueChanged(2, START, START, "gpo", "c0ffee", ITEMS, (MoneyItem(0, 1.0, 1.0),), (0,)),
    ReferenceLoaded(3, START, START, "a list", START, ((0, 1.0), (1, 3.5))),
    post(4, 101, Kind.OFFER, 575754316848402416),
    post(5, 101, Kind.CHATTER, 2717844222928148561, reply_to=4),
    post(6, 102, Kind.OFFER, 1888239271776269966, post=4, event=9, revision=START + 9),
    PostDeleted(7, START + 10, START + 103, 5),
    ClockTicked(8, START + 11, START + 12),
    ReferenceRemoved(9, START + 13, START + 13),
]


SHORT = (Item("mythical-chest", "Mythical Chest"), Item("all-seeing-eye", "All Seeing Eye"))
GUARDS: list[Fact] = [
    MarketOpened(1, START, START, simulated=False),
    CatalogueChanged(2, START, START, "gpo", "c0ffee", SHORT, (MoneyItem(0, 1.0, 1.0),), (0,)),
    ItemGuarded(3, START + 1, START + 2, 1, guarded=True, reason="new accounts ask 40 % more"),
    ItemGuarded(4, START + 3, START + 4, 1, guarded=False),
]
SNOWFLAKE = "11740123456789012"
SEALED: list[Fact] = [
    MarketOpened(1, START, START, simulated=False),
    post(2, 101, Kind.CHATTER, 8217534499050289962),
    post(3, 101, Kind.CHATTER, 2717844222928148561),
    post(4, 102, Kind.CHATTER, 916870455670834475, post=2, event=9, revision=START + 9),
    post(5, 103, Kind.CHATTER, 8488731942458727912),
    PostDeleted(6, START + 11, START + 104, 3),
]
SEALED_TEXTS = [
    StoredText(2, 2, f"{SNOWFLAKE}1", "a zorb for mc"),
    StoredText(2, 4, f"{SNOWFLAKE}1", "a blorp for mc"),
    StoredText(5, 5, "no snowflake", "π"),
]
RECENT: list[Fact] = [
    *SEALED,
    post(7, 105, Kind.CHATTER, 5713910775197365765),
    post(8, 106, Kind.CHATTER, 1508718839221659653, post=2, event=12, revision=START + 12),
    post(9, 107, Kind.CHATTER, 2770021004002224907, poster=2, channel=2),
    ClockTicked(10, START + 14, START + 14),
]
GIVEN = {"1": FACTS, "2": GUARDS, "3": SEALED, "4": RECENT}


def copy_of(folder: str, into: Path) -> Path:
    """Copy a golden journal and its secret."""
    for name in ("journal.sqlite", "secret.key"):
        shutil.copyfile(GOLDEN / folder / name, into / name)
    return into


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with a copy of the first golden journal."""
    return copy_of("1", tmp_path)


def test_the_journal_of_guards_reads_as_it_was_written(tmp_path: Path) -> None:
    """Guards set and lifted have the values they were written with, and the folder is sound."""
    place = copy_of("2", tmp_path)
    with DataFolder.open(place, simulated=False, create=False) as folder, SqliteJournal(folder) as journal:
        assert list(journal.read()) == list(enumerate(GUARDS, start=1))
    assert verify(place).damages == ()


def chatter(message: str, text: str, edited_timestamp: int = 0) -> PostSubmission:
    """Make a post without quotes."""
    raw = RawPost(message, "7", "42", START + 1, text, edited_timestamp)
    return PostSubmission(raw, PostReading(Kind.CHATTER), 2, 1, text.lower())


def test_the_journal_of_sealed_texts_reads_as_it_was_written(tmp_path: Path) -> None:
    """Its texts open, its words are ranked, and its messages are known by their keys."""
    place = copy_of("3", tmp_path)
    assert verify(place).damages == ()
    with DataFolder.open(place, simulated=False, create=False) as folder, SqliteJournal(folder) as journal:
        assert list(journal.read()) == list(enumerate(SEALED, start=1))
        assert journal.chain == 0x48C55E64
        assert list(journal.texts()) == SEALED_TEXTS
        assert journal.unknown_words(1) == [UnknownCount("blorp", 1, 1, START + 9)]
        known = [
            chatter(f"{SNOWFLAKE}1", "a zorb for mc"),
            chatter(f"{SNOWFLAKE}1", "a blorp for mc", START + 9),
            chatter(f"{SNOWFLAKE}1", "A BLORP for mc", START + 10),
            chatter(f"{SNOWFLAKE}2", "hello"),
            chatter("no snowflake", "π"),
        ]
        receipts = journal.append(known, START)
        assert receipts == [Receipt(seq, None) for seq in (2, 4, 4, 3, 5)]


def test_the_journal_of_recent_commits_reads_as_it_was_written(tmp_path: Path) -> None:
    """Its last commits are rows of their own, and say what they said wherever they stand."""
    place = copy_of("4", tmp_path)
    assert verify(place).damages == ()
    texts = [
        *SEALED_TEXTS,
        StoredText(7, 7, f"{SNOWFLAKE}3", "a yak for mc"),
        StoredText(2, 8, f"{SNOWFLAKE}1", "a zorb again"),
        StoredText(9, 9, f"{SNOWFLAKE}4", "hi"),
    ]
    with DataFolder.open_reading(place) as reading, SqliteJournal(reading) as reader:
        assert list(reader.read()) == list(enumerate(RECENT, start=1))
        assert list(reader.texts()) == texts
        assert reader.text_of(2) == "a zorb again"
    with DataFolder.open(place, simulated=False, create=False) as folder, SqliteJournal(folder) as journal:
        assert list(journal.read()) == list(enumerate(RECENT, start=1))
        assert journal.chain == 0xEC4B2E0C
        assert list(journal.texts()) == texts
        assert [count.word for count in journal.unknown_words(1)] == ["yak", "zorb"]
        known = [
            chatter(f"{SNOWFLAKE}1", "a zorb again", START + 12),
            chatter(f"{SNOWFLAKE}3", "a yak for mc"),
            chatter(f"{SNOWFLAKE}4", "hi"),
        ]
        assert journal.append(known, START) == [Receipt(seq, None) for seq in (8, 7, 9)]
        raw = RawPost("new", "8", "43", START + 1, "new")
        (receipt,) = journal.append([PostSubmission(raw, PostReading(Kind.CHATTER), 2, 1, "new")], START)
        assert (getattr(receipt.fact, "poster", None), getattr(receipt.fact, "channel", None)) == (2, 2)


@pytest.mark.parametrize("migrated", [False, True])
def test_what_the_first_formats_held_is_held(copied: Path, *, migrated: bool) -> None:
    """Read as they stand, and brought to today's format, texts and chain are those that were written."""
    if migrated:
        with DataFolder.open(copied, simulated=False, create=False) as folder:
            SqliteJournal(folder).close()
    with DataFolder.open_reading(copied) as folder, SqliteJournal(folder) as journal:
        texts = [(text.post, text.origin, text.message_id, text.content) for text in journal.texts()]
        assert texts == [(4, 4, "1001", "2 ASE for 7.5 mc + adds"), (4, 6, "1001", "2 ase for 8 mc")]
        assert list(journal.read()) == list(enumerate(FACTS, start=1))
        assert journal.chain == 0xBBBCA847
    assert verify(copied).damages == ()


def test_the_golden_journal_reads_as_it_was_written(copied: Path) -> None:
    """Every fact has the values it was written with, the chain is the one it had, and the folder is sound."""
    with DataFolder.open(copied, simulated=False, create=False) as folder, SqliteJournal(folder) as journal:
        assert list(journal.read()) == list(enumerate(FACTS, start=1))
        assert (journal.head, journal.chain, journal.epoch) == (9, 0xBBBCA847, 1)
        assert journal.text_of(4) == "2 ase for 8 mc"
        assert journal.text_of(5) is None
    assert verify(copied).damages == ()


def test_the_golden_journal_goes_on(copied: Path) -> None:
    """Its keys are known, and new facts follow it."""
    known = RawPost("1001", "7", "42", START + 1, "2 ASE for 7.5 mc + adds")
    new = RawPost("1003", "7", "42", START + 1, "hello")
    with DataFolder.open(copied, simulated=False, create=False) as folder, SqliteJournal(folder) as journal:
        receipts = journal.append(
            [PostSubmission(raw, PostReading(Kind.CHATTER), 2, 1, raw.content) for raw in (known, new)], START
        )
        assert receipts[0] == Receipt(4, None)
        assert receipts[1].seq == 10
        assert getattr(receipts[1].fact, "poster", None) == 1


@pytest.mark.parametrize("folder", GIVEN)
def test_the_golden_bytes_of_each_fact_decode(folder: str) -> None:
    """Each tag's bytes give the fact they gave when they were written."""
    lines = dict(line.split() for line in (GOLDEN / folder / "facts.txt").read_text().splitlines())
    newest = {type(fact).__name__: fact for fact in GIVEN[folder]}
    assert {name: decode_facts(bytes.fromhex(octets)) for name, octets in lines.items()} == {
        name: [fact] for name, fact in newest.items()
    }


def test_every_fact_has_golden_bytes() -> None:
    """A new kind of fact needs golden bytes too."""
    written = {type(fact).__name__ for facts in GIVEN.values() for fact in facts}
    assert {kind.__name__ for kind in get_args(Fact)} == written
