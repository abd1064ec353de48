"""What counts as new: contents once, edits that change something, nothing behind a deletion."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.events.facts import ClockTicked, Fact, MarketOpened, PostDeleted, PostRecorded
from gpo_market.events.log import Receipt, Submission
from gpo_market.events.posts import DeletionSubmission, PostSubmission, RawDeletion, RawPost
from gpo_market.events.readings import Kind, Leg, PostReading, QuoteReading
from gpo_market.events.time import WEEK
from gpo_market.journal.folder import DataFolder
from gpo_market.journal.recording import Batch
from gpo_market.journal.sqlite_journal import SqliteJournal

PostMaker = Callable[..., PostSubmission]
DeletionMaker = Callable[..., DeletionSubmission]
START = 1_700_000_000_000_000


def recorded(receipt: Receipt) -> PostRecorded:
    """Give a receipt's post fact."""
    assert isinstance(receipt.fact, PostRecorded)
    return receipt.fact


def test_a_post_becomes_a_fact_without_text_or_ids(journal: SqliteJournal, post: PostMaker) -> None:
    """A fact holds numbers, times, fingerprint and reading; its origin is its sequence number."""
    submission = post("1", "2 ASE for CASE", author_created=10 * WEEK + 5)
    (receipt,) = journal.append([submission], START + 9)
    fact = recorded(receipt)
    assert fact == PostRecorded(
        origin=1,
        event_time=START,
        received_time=START + 9,
        server=1,
        channel=1,
        poster=1,
        account_week=10,
        post=1,
        revision=0,
        fingerprint=fact.fingerprint,
        reply_to=0,
        kind=Kind.OFFER,
        quotes=(QuoteReading((Leg(3, 2.0),), (Leg(5, 1.0),)),),
        catalogue_version=2,
        parser_version=1,
    )
    assert 0 < fact.fingerprint < 2**63


def test_unknown_authors_servers_and_ages_say_so(journal: SqliteJournal, post: PostMaker) -> None:
    """No author and no server are 0, no creation time is week -1."""
    fact = recorded(journal.append([post(author_id="", server_id="")], START)[0])
    assert (fact.poster, fact.server, fact.account_week) == (0, 0, -1)


def test_running_numbers_follow_first_sight(journal: SqliteJournal, post: PostMaker) -> None:
    """Posters, channels and servers are numbered in the order the journal first saw them."""
    first = journal.append([post("1", author_id="a", channel_id="x"), post("2", author_id="b")], START)
    second = journal.append([post("3", author_id="c"), post("4", author_id="a", channel_id="x")], START)
    facts = [recorded(receipt) for receipt in first + second]
    assert [fact.poster for fact in facts] == [1, 2, 3, 1]
    assert [fact.channel for fact in facts] == [1, 2, 2, 1]
    assert [fact.server for fact in facts] == [1, 1, 1, 1]


def test_a_known_post_gives_nobody_a_number(journal: SqliteJournal, post: PostMaker) -> None:
    """Only new facts hand out numbers."""
    journal.append([post("1", author_id="a")], START)
    journal.append([post("1", author_id="b")], START)
    assert recorded(journal.append([post("2", author_id="c")], START)[0]).poster == 2


@pytest.mark.parametrize("together", [True, False])
def test_the_same_content_counts_once(journal: SqliteJournal, post: PostMaker, *, together: bool) -> None:
    """A second submission of (message, edit time) names the first fact, in one batch or later."""
    again = [post("1"), post("2"), post("1", "other words")]
    if together:
        receipts = journal.append(again, START)
    else:
        receipts = [journal.append([submission], START)[0] for submission in again]
    assert [(receipt.seq, receipt.fact is None) for receipt in receipts] == [
        (1, False),
        (2, False),
        (1, True),
    ]
    assert journal.head == 2


def test_an_edit_is_a_fact_of_the_same_post(journal: SqliteJournal, post: PostMaker) -> None:
    """An edit that changes the text keeps the post's number and carries its own time and revision."""
    journal.append([post("1"), post("2")], START)
    fact = recorded(journal.append([post("1", "3 ase for case", edited_timestamp=START + 5)], START)[0])
    assert (fact.post, fact.origin, fact.revision, fact.event_time) == (1, 3, START + 5, START + 5)


def test_an_edit_that_changes_nothing_is_not_new(journal: SqliteJournal, post: PostMaker) -> None:
    """An edit with the newest fingerprint names the newest fact, and does so again when repeated."""
    journal.append([post("1", "2 ase")], START)
    for _ in range(2):
        (receipt,) = journal.append([post("1", "2 ASE", edited_timestamp=START + 5)], START)
        assert receipt == Receipt(1, None)


def test_a_late_older_edit_is_not_new(journal: SqliteJournal, post: PostMaker) -> None:
    """An edit older than the newest seen, even than one that changed nothing, never takes its place."""
    journal.append([post("1", "a"), post("1", "A", edited_timestamp=START + 9)], START)
    (receipt,) = journal.append([post("1", "b", edited_timestamp=START + 5)], START)
    assert receipt == Receipt(1, None)


def test_an_edit_of_an_unknown_message_is_its_first_fact(journal: SqliteJournal, post: PostMaker) -> None:
    """An edit whose message was never seen counts as new; the original behind it does not."""
    fact = recorded(journal.append([post("1", edited_timestamp=START + 5)], START)[0])
    assert (fact.post, fact.revision) == (1, START + 5)
    assert journal.append([post("1", "older words")], START) == [Receipt(1, None)]


def test_an_edit_back_is_new(journal: SqliteJournal, post: PostMaker) -> None:
    """Going back to earlier words is a change like any other."""
    edits = [post("1", text, edited_timestamp=START + at) for at, text in enumerate(["a", "b", "a"])]
    assert [receipt.seq for receipt in journal.append(edits, START)] == [1, 2, 3]


def test_a_deletion_is_a_fact_once(journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker) -> None:
    """The first deletion is a fact, the second names it."""
    journal.append([post("1")], START)
    receipts = journal.append([deletion("1", START + 7), deletion("1", START + 8)], START + 9)
    assert receipts == [Receipt(2, PostDeleted(2, START + 7, START + 9, 1)), Receipt(2, None)]


def test_nothing_of_a_deleted_message_counts(
    journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker
) -> None:
    """Behind a deletion a known content names its fact, an unknown one the deletion."""
    journal.append([post("1"), deletion("1")], START)
    assert journal.append([post("1"), post("1", "new", edited_timestamp=START + 5)], START) == [
        Receipt(1, None),
        Receipt(2, None),
    ]


@pytest.mark.parametrize("together", [True, False])
def test_a_deletion_before_its_message_leaves_a_tombstone(
    journal: SqliteJournal, post: PostMaker, deletion: DeletionMaker, *, together: bool
) -> None:
    """Deleting an unknown message records nothing, and the message that comes later is not new."""
    submissions: list[Submission] = [deletion("1"), post("1"), deletion("1")]
    if together:
        receipts = journal.append(submissions, START)
    else:
        receipts = [journal.append([submission], START)[0] for submission in submissions]
    assert receipts == [Receipt(0, None)] * 3
    assert journal.head == 0
    assert journal.text_of(0) is None


@pytest.mark.parametrize("together", [True, False])
def test_a_reply_names_the_post_it_answers(
    journal: SqliteJournal, post: PostMaker, *, together: bool
) -> None:
    """A reply to a known message carries that post's number, to an unknown one 0."""
    posts = [post("1"), post("2", reference="1"), post("3", reference="99")]
    if together:
        receipts = journal.append(posts, START)
    else:
        receipts = [journal.append([submission], START)[0] for submission in posts]
    assert [recorded(receipt).reply_to for receipt in receipts] == [0, 1, 0]


def test_system_facts_only_get_their_origin(journal: SqliteJournal, opened: MarketOpened) -> None:
    """A system fact is always new and keeps its own times."""
    tick = ClockTicked(origin=0, event_time=START + 1, received_time=START + 2)
    receipts = journal.append([opened, tick, tick], START + 77)
    assert [receipt.fact for receipt in receipts] == [
        MarketOpened(1, START, START, simulated=False),
        ClockTicked(2, START + 1, START + 2),
        ClockTicked(3, START + 1, START + 2),
    ]


def test_a_market_of_the_other_origin_is_refused(journal: SqliteJournal, post: PostMaker) -> None:
    """A real journal takes no simulated market, and nothing else of that batch."""
    simulated = MarketOpened(0, START, START, simulated=True)
    with pytest.raises(ValueError, match="both simulated or both real"):
        journal.append([post("1"), simulated], START)
    assert journal.head == 0
    assert recorded(journal.append([post("1")], START)[0]).origin == 1


def test_hostile_text_is_taken(journal: SqliteJournal, post: PostMaker) -> None:
    """Lone surrogates, zero bytes and endless texts are recorded like others."""
    for number, text in enumerate(["\ud800", "\0", "x" * 100_000, "'; DROP TABLE frames; --"]):
        name = f"{number}\udfff"
        (receipt,) = journal.append([post(name, text, author_id=name, channel_id=name)], START)
        assert journal.text_of(receipt.seq) == text.replace("\ud800", "?")
        assert journal.append([post(name, text)], START)[0].fact is None


_SUBMISSIONS = st.lists(
    st.tuples(
        st.sampled_from("abc"),  # message
        st.sampled_from([0, 0, 5, 9, -1]),  # edit time; -1: a deletion
        st.sampled_from(["x", "y"]),  # words
    ),
    max_size=20,
)


def _submission(message: str, edited: int, words: str) -> Submission:
    if edited < 0:
        return DeletionSubmission(RawDeletion(message, "7", START + 20))
    raw = RawPost(message, "7", message, START, words, edited_timestamp=START + edited if edited else 0)
    return PostSubmission(raw, PostReading(Kind.CHATTER), 1, 1, words)


def _facts(commits: list[list[Batch]]) -> list[Fact]:
    """Record commits into a fresh folder with a known secret; give its facts."""
    with tempfile.TemporaryDirectory() as place:
        Path(place, "secret.key").write_bytes(bytes(32))
        with DataFolder.open(place, simulated=False) as folder, SqliteJournal(folder, grow=False) as journal:
            told = [
                receipt.fact
                for commit in commits
                for batch in journal.commit(commit)
                for receipt in batch
                if receipt.fact is not None
            ]
            kept = list(journal.read())
    assert kept == list(enumerate(told, start=1))
    return told


@settings(max_examples=25, deadline=None)
@given(_SUBMISSIONS, st.integers(1, 6), st.integers(1, 6))
def test_how_submissions_are_grouped_changes_nothing(
    drawn: list[tuple[str, int, str]], per_batch: int, per_commit: int
) -> None:
    """Any grouping into batches and commits gives the same facts, and all of it again gives none."""
    submissions = [_submission(*one) for one in drawn]
    alone = [[Batch([submission], START)] for submission in submissions]
    batches = [
        Batch(submissions[start : start + per_batch], START)
        for start in range(0, len(submissions), per_batch)
    ]
    grouped = [batches[start : start + per_commit] for start in range(0, len(batches), per_commit)]
    again = [Batch(submissions, START)]
    assert _facts(alone) == _facts(grouped) == _facts([*grouped, again])


@settings(max_examples=25, deadline=None)
@given(_SUBMISSIONS)
def test_the_newest_words_win_in_any_order(drawn: list[tuple[str, int, str]]) -> None:
    """Revisions of a post only grow, each changes its words, and its deletion is its last fact."""
    seen: dict[int, PostRecorded] = {}
    gone: set[int] = set()
    for fact in _facts([[Batch([_submission(*one) for one in drawn], START)]]):
        if isinstance(fact, PostDeleted):
            assert fact.post in seen
            assert fact.post not in gone
            gone.add(fact.post)
            continue
        assert isinstance(fact, PostRecorded)
        assert fact.post not in gone
        if fact.post in seen:
            assert fact.revision > seen[fact.post].revision
            assert fact.fingerprint != seen[fact.post].fingerprint
        seen[fact.post] = fact
