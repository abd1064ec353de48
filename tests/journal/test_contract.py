"""The contract of the journal: every back end is held to every line of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from gpo_market.events.facts import ClockTicked, Fact, MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.log import Lane, Receipt, StoredText, Submission, UnknownCount
from gpo_market.events.posts import DeletionSubmission, PostSubmission
from gpo_market.journal.contract import JournalBackEnd
from gpo_market.journal.errors import JournalClosed
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.frames import CHAIN_START
from gpo_market.journal.group_commit import GroupCommit
from gpo_market.journal.memory_journal import MemoryJournal
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000
SECRET = bytes(range(32))
PATIENCE = 30
"""Seconds after which a test that nobody wakes fails."""

MakeJournal = Callable[[Path], JournalBackEnd]


def in_memory(path: Path) -> JournalBackEnd:
    """Make an empty journal in memory."""
    del path
    return MemoryJournal(SECRET, simulated=False)


def on_sqlite(path: Path) -> JournalBackEnd:
    """Make an empty journal on SQLite, with the same secret; the folder's lock ends with the process."""
    path.mkdir(exist_ok=True)
    (path / "secret.key").write_bytes(SECRET)
    return SqliteJournal(DataFolder.open(path, simulated=False), grow=False)


@pytest.fixture(params=[in_memory, on_sqlite])
def back_end(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JournalBackEnd]:
    """An empty journal of each back end."""
    made: JournalBackEnd = request.param(tmp_path / "market")
    yield made
    made.close()


def tick(seq: int = 0) -> ClockTicked:
    """Make a clock tick with that origin."""
    return ClockTicked(seq, START, START)


def seqs(receipts: list[Receipt]) -> list[tuple[int, bool]]:
    """Give each receipt's number and whether it was new."""
    return [(receipt.seq, receipt.fact is not None) for receipt in receipts]


def test_an_empty_journal_stands_before_fact_1(back_end: JournalBackEnd) -> None:
    """It is of its origin, in epoch 1."""
    assert (back_end.head, back_end.chain, back_end.epoch, back_end.simulated) == (0, CHAIN_START, 1, False)
    assert list(back_end.read()) == []


def test_facts_are_numbered_without_a_gap_and_read_in_order(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker, opened: MarketOpened
) -> None:
    """What the receipts gave is what is read, whatever was submitted together."""
    receipts = back_end.append([opened, post("1"), post("2")], START)
    receipts += back_end.append([deletion("1"), tick()], START)
    assert [receipt.seq for receipt in receipts] == [1, 2, 3, 4, 5]
    assert list(back_end.read()) == [(receipt.seq, receipt.fact) for receipt in receipts]
    assert back_end.head == 5


@pytest.mark.parametrize("after", range(8))
def test_reading_begins_behind_any_fact(back_end: JournalBackEnd, after: int) -> None:
    """Inside, between and behind frames."""
    for count in (2, 1, 3):
        back_end.append([tick()] * count, START)
    assert list(back_end.read(after)) == [(seq, tick(seq)) for seq in range(after + 1, 7)]


def test_a_reader_sees_what_is_committed_meanwhile(back_end: JournalBackEnd) -> None:
    """A read that has begun goes on to facts committed since."""
    back_end.append([tick()], START)
    reading = back_end.read()
    assert next(reading) == (1, tick(1))
    back_end.append([tick()], START)
    assert list(reading) == [(2, tick(2))]


def test_a_posts_fact_holds_numbers_and_no_names(back_end: JournalBackEnd, post: PostMaker) -> None:
    """Posters, channels and servers get running numbers at first sight, 0 where none is known."""
    posts = [post("1"), post("2", author_id="43", channel_id="8"), post("3"), post("4", author_id="")]
    facts = [receipt.fact for receipt in back_end.append(posts, START + 5)]
    numbers = [(f.poster, f.channel, f.server) for f in facts if isinstance(f, PostRecorded)]
    assert numbers == [(1, 1, 1), (2, 2, 1), (1, 1, 1), (0, 1, 1)]
    assert {fact.received_time for fact in facts if fact} == {START + 5}


def test_content_counts_once(back_end: JournalBackEnd, post: PostMaker) -> None:
    """The same message at the same edit time is a repeat, in its own batch and in any later one."""
    assert seqs(back_end.append([post("1"), post("1"), post("2")], START)) == [
        (1, True),
        (1, False),
        (2, True),
    ]
    head, chain = back_end.head, back_end.chain
    assert seqs(back_end.append([post("2", "other words"), post("1")], START)) == [(2, False), (1, False)]
    assert (back_end.head, back_end.chain) == (head, chain)


def test_an_edit_counts_when_it_is_newer_and_changes_the_text(
    back_end: JournalBackEnd, post: PostMaker
) -> None:
    """Each revision seen is answered with its own fact; one that changed nothing with the one before."""
    edits = [("a", 0), ("b", 2), ("b", 3), ("c", 1), ("c", 3), ("c", 4), ("b", 2), ("a", 0), ("b", 3)]
    answers = [
        (1, True),
        (2, True),
        (2, False),
        (2, False),
        (2, False),
        (3, True),
        (2, False),
        (1, False),
        (2, False),
    ]
    submissions = [post("1", text, edited_timestamp=time) for text, time in edits]
    assert [seqs(back_end.append([each], START))[0] for each in submissions] == answers
    facts = [fact for _, fact in back_end.read() if isinstance(fact, PostRecorded)]
    assert [(fact.post, fact.revision) for fact in facts] == [(1, 0), (1, 2), (1, 4)]
    assert back_end.text_of(1) == "c"


def test_a_deletion_counts_once_and_is_final(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Nothing of a deleted message is new; what was seen is answered as it was."""
    back_end.append([post("1", "a"), post("1", "b", edited_timestamp=2)], START)
    assert seqs(back_end.append([deletion("1"), deletion("1")], START)) == [(3, True), (3, False)]
    again = [post("1", "a"), post("1", "b", edited_timestamp=2), post("1", "c", edited_timestamp=9)]
    assert seqs(back_end.append(again, START)) == [(1, False), (2, False), (3, False)]
    assert list(back_end.read(2)) == [(3, PostDeleted(3, START + 60, START, 1))]


def test_a_deletion_before_its_message_leaves_a_tombstone(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker
) -> None:
    """It makes no fact, and the message that comes later is not new."""
    assert back_end.append([deletion("1"), post("1"), deletion("1")], START) == [Receipt(0, None)] * 3
    assert back_end.append([post("1", "b", edited_timestamp=4)], START) == [Receipt(0, None)]
    assert back_end.head == 0


def test_a_reply_names_the_post_it_answers(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker
) -> None:
    """By the origin of its first fact; 0 for a message never seen, or gone before it was."""
    submissions: list[Submission] = [
        post("1"),
        post("1", "b", edited_timestamp=1),
        post("2", reference="1"),
        post("3", reference="99"),
        deletion("98"),
        post("4", reference="98"),
    ]
    facts = [receipt.fact for receipt in back_end.append(submissions, START)]
    assert [fact.reply_to for fact in facts if isinstance(fact, PostRecorded)] == [0, 0, 1, 0, 0]


def test_all_batches_of_a_commit_are_one_link_of_the_chain(
    back_end: JournalBackEnd, post: PostMaker, tmp_path: Path
) -> None:
    """The chain depends on the facts and on where commits end, on nothing else."""
    back_end.commit([Batch([post("1")], START), Batch([], START), Batch([post("2"), post("1")], START + 1)])
    one_frame = back_end.chain
    for make, equal in ((in_memory, True), (on_sqlite, True), (in_memory, False)):
        other = make(tmp_path / f"other {make.__name__}")
        if equal:
            other.commit([Batch([post("1")], START), Batch([post("2")], START + 1)])
        else:
            other.append([post("1")], START)
            other.append([post("2")], START + 1)
        assert (other.chain == one_frame) is equal
        assert list(other.read()) == list(back_end.read())
        other.close()


@pytest.mark.parametrize("broken", [{"edited_timestamp": 2**70}, {"timestamp": 2**70}])
def test_a_commit_is_recorded_whole_or_not_at_all(
    back_end: JournalBackEnd, post: PostMaker, broken: dict[str, int]
) -> None:
    """What cannot be written takes all of its commit along, and nothing behind it is the worse."""
    back_end.append([post("1", author_id="1")], START)
    head, chain = back_end.head, back_end.chain
    unknown = post("2", author_id="2")
    with pytest.raises(OverflowError):
        back_end.append([unknown, post("1", "b", edited_timestamp=1), post("3", **broken)], START)
    assert (back_end.head, back_end.chain) == (head, chain)
    assert (back_end.text_of(1), back_end.text_of(2)) == ("2 ase for case", None)
    (receipt,) = back_end.append([post("4", author_id="4")], START)
    assert isinstance(receipt.fact, PostRecorded)
    assert (receipt.seq, receipt.fact.poster) == (2, 2)


def test_a_market_of_the_other_origin_is_refused(back_end: JournalBackEnd) -> None:
    """Simulated facts never enter a real journal."""
    with pytest.raises(ValueError, match="both simulated or both real"):
        back_end.append([MarketOpened(0, START, START, simulated=True)], START)
    assert back_end.head == 0


def test_texts_leave_with_their_message(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker
) -> None:
    """The newest text is held until its message is deleted; the facts stay as they were."""
    back_end.append([post("1", "first"), post("2", "other \ud800")], START)
    back_end.append([post("1", "second", edited_timestamp=START + 1)], START)
    assert [back_end.text_of(number) for number in (1, 2, 3)] == ["second", "other ?", None]
    before = list(back_end.read())
    back_end.append([deletion("1")], START)
    assert [back_end.text_of(number) for number in (1, 2)] == [None, "other ?"]
    assert list(back_end.read())[:3] == before


def test_a_text_deleted_in_its_own_commit_is_never_held(
    back_end: JournalBackEnd, unknown_post: PostMaker, deletion: DeletionMaker
) -> None:
    """Posted and deleted at once: two facts, no text, no word."""
    receipts = back_end.append([unknown_post("1", "zorb"), deletion("1")], START)
    assert seqs(receipts) == [(1, True), (2, True)]
    assert (back_end.text_of(1), back_end.unknown_words(0)) == (None, [])


def test_texts_are_read_in_order_of_origin(
    back_end: JournalBackEnd, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Every revision's, from any place on, with the message it came in."""
    back_end.append([post("7", "a"), tick(), post("8", "b \ud800")], START)
    back_end.append([post("7", "c", edited_timestamp=4), post("9", "d")], START)
    held = [
        StoredText(1, 1, "7", "a"),
        StoredText(3, 3, "8", "b ?"),
        StoredText(1, 4, "7", "c"),
        StoredText(5, 5, "9", "d"),
    ]
    assert list(back_end.texts()) == held
    assert [list(back_end.texts(after)) for after in range(6)] == [
        [text for text in held if text.origin > after] for after in range(6)
    ]
    back_end.append([deletion("7")], START)
    assert list(back_end.texts()) == [held[1], held[3]]


def test_erasing_leaves_the_sequence_and_what_is_known(
    back_end: JournalBackEnd, unknown_post: PostMaker, post: PostMaker
) -> None:
    """Texts of all revisions and words go; facts and chain stay; nothing that was seen is new again."""
    submissions = [
        unknown_post("1", "zorb"),
        unknown_post("2", "yak"),
        post("1", "b", edited_timestamp=3),
        post("3", "c"),
    ]
    back_end.append(submissions, START)
    facts, chain = list(back_end.read()), back_end.chain
    assert back_end.erase([1, 2, 99]) == 3
    assert back_end.erase(iter([1, 2])) == 0
    assert [back_end.text_of(number) for number in (1, 2, 4)] == [None, None, "c"]
    assert [text.origin for text in back_end.texts()] == [4]
    assert back_end.unknown_words(0) == []
    assert (list(back_end.read()), back_end.chain, back_end.head) == (facts, chain, 4)
    assert seqs(back_end.append(submissions, START)) == [(1, False), (2, False), (3, False), (4, False)]
    back_end.append([unknown_post("1", "vex", text="d", edited_timestamp=9)], START)
    assert (back_end.text_of(1), [count.word for count in back_end.unknown_words(0)]) == ("d", ["vex"])


def test_unknown_words_are_ranked_by_posters(
    back_end: JournalBackEnd, unknown_post: PostMaker, deletion: DeletionMaker
) -> None:
    """By posters, posts, then word; an edit takes its post's earlier words out, a deletion all of them."""
    back_end.append(
        [
            unknown_post("1", "zorb", "yak", author_id="1", timestamp=START + 9),
            unknown_post("2", "zorb", "x" * 61, author_id="2"),
            unknown_post("3", "yak", author_id="1"),
            unknown_post("4", "vex", author_id=""),
            unknown_post("5", "gone", author_id="5"),
            unknown_post("6", "old", author_id="6"),
        ],
        START,
    )
    back_end.append(
        [deletion("5"), unknown_post("6", "new", text="b", edited_timestamp=START + 99, author_id="6")], START
    )
    ranked = [
        UnknownCount("zorb", 2, 2, START + 9),
        UnknownCount("yak", 1, 2, START + 9),
        UnknownCount("new", 1, 1, START + 99),
        UnknownCount("vex", 0, 1, START),
    ]
    assert [back_end.unknown_words(least) for least in range(4)] == [ranked, ranked[:3], ranked[:1], []]


def test_only_some_words_of_a_post_are_kept(back_end: JournalBackEnd, unknown_post: PostMaker) -> None:
    """64 of them, and what is no character stands as a question mark."""
    back_end.append([unknown_post("1", "\ud800", *(f"word{number}" for number in range(100)))], START)
    words = {count.word for count in back_end.unknown_words(1)}
    assert words == {"?", *(f"word{number}" for number in range(63))}


def following(
    back_end: JournalBackEnd, pool: ThreadPoolExecutor, after: int
) -> tuple[Future[list[int]], Event]:
    """Follow a journal from another thread; the event is set once the first fact came."""
    first = Event()

    def take() -> list[int]:
        numbers: list[int] = []
        for seq, fact in back_end.follow(after):
            assert fact.origin == seq
            numbers.append(seq)
            first.set()
        return numbers

    return pool.submit(take), first


def test_a_follower_gets_what_is_there_and_what_comes_until_the_end(back_end: JournalBackEnd) -> None:
    """It is woken by commits, misses none, doubles none, and ends when the journal is closed."""
    back_end.append([tick(), tick()], START)
    with ThreadPoolExecutor(2) as pool:
        early, early_began = following(back_end, pool, 0)
        late, late_began = following(back_end, pool, 2)
        assert early_began.wait(PATIENCE)
        assert not late_began.is_set()
        for _ in range(5):
            back_end.append([tick()] * 3, START)
        assert late_began.wait(PATIENCE)
        back_end.close()
        assert early.result(PATIENCE) == list(range(1, 18))
        assert late.result(PATIENCE) == list(range(3, 18))


def test_a_follower_of_a_closed_journal_gets_the_rest(back_end: JournalBackEnd) -> None:
    """What was recorded before the end can still be followed."""
    back_end.append([tick(), tick()], START)
    back_end.close()
    assert [seq for seq, _ in back_end.follow(1)] == [2]
    assert list(back_end.follow(2)) == []


def test_many_threads_commit_through_one(back_end: JournalBackEnd, post: PostMaker) -> None:
    """Group commit gives each request its own receipts, in the order of the log, each content once."""
    heard: list[int] = []
    writer = GroupCommit(back_end)
    writer.start(
        lambda receipts: heard.extend(receipt.seq for receipt in receipts if receipt.fact is not None),
        lambda error: pytest.fail(str(error)),
    )

    def bring(source: int) -> list[Receipt]:
        futures = [
            writer.submit([post(f"{number}"), post(f"{source}/{number}")], Lane(number % 2), START)
            for number in range(40)
        ]
        return [receipt for future in futures for receipt in future.result(PATIENCE)]

    with ThreadPoolExecutor(4) as pool:
        receipts = [receipt for answers in pool.map(bring, range(4)) for receipt in answers]
    writer.stop()
    new = sorted(receipt.seq for receipt in receipts if receipt.fact is not None)
    assert new == heard == list(range(1, 40 + 4 * 40 + 1))
    shared = [[receipts[source * 80 + 2 * number].seq for source in range(4)] for number in range(40)]
    assert all(len(set(answers)) == 1 for answers in shared)
    facts: list[tuple[int, Fact]] = list(back_end.read())
    assert all(later[0] == earlier[0] + 1 for earlier, later in pairwise(facts))


def test_looking_for_room_records_nothing(back_end: JournalBackEnd, post: PostMaker) -> None:
    """Where there is room, it says nothing, and head and chain stay as they are."""
    back_end.append([post()], START)
    head, chain = back_end.head, back_end.chain
    back_end.find_room()
    assert (back_end.head, back_end.chain) == (head, chain)


def test_a_closed_journal_takes_nothing(back_end: JournalBackEnd) -> None:
    """After closing nothing is taken; closing again is no fault."""
    back_end.checkpoint_when_due()
    back_end.close()
    back_end.close()
    with pytest.raises(JournalClosed, match="closed"):
        back_end.append([tick()], START)
    with pytest.raises(JournalClosed, match="closed"):
        back_end.erase([1])
