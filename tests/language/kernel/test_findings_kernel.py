"""Understanding over records gives what the plain reader gives, on every text, and says by which rule."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.events.readings import Kind
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.language.kernel.findings import Finding, find
from gpo_market.language.kernel.records import ELEMENT, blank_records
from gpo_market.language.kernel.tracing import Trace, blank_trace
from gpo_market.language.marks import PHRASES, WORDS, Mark, marks_of
from gpo_market.language.roles import Role
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from tests.composing import Composer
from tests.reference import kinds
from tests.reference.elements import Element
from tests.reference.parser import _INVITATIONS, _offers_unknown
from tests.reference.quantities import attach, join_unknown
from tests.reference.settling import settle
from tests.reference.telling import settle_gone, tells_of_others, without_luck
from tests.reference.unknowns import judge

if TYPE_CHECKING:
    from tests.language.kernel.conftest import Conversion

DATA = Path(__file__).parents[2] / "data"
SIMULATED_DAYS = 6
COMPOSED_POSTS = 2000
FIRST_RULE, LAST_RULE = 150, 229

Scan = Callable[[str], list[Element]]
Understood = tuple[list[Element], set[Finding]]

RULE_EXAMPLES: dict[Rule, str] = {
    Rule.COUNTS_WHAT_PRICE_IS_FOR: "buying ur lc 1 mc for 8",
    Rule.GONE_IS_SOLD: "dragon gone, still have leo for mc",
    Rule.REFUSED_BELOW: "pchak offers nlf anything under pcc",
    Rule.COMPARED: "does pika > tori in value",
    Rule.NAME_JOINED: "ase for zork blim",
    Rule.NAME_TOO_LONG: "zork " * 7,
    Rule.FOUR_MEANS_FOR: "ase 4 7 mc",
    Rule.COUNTS_BEHIND_IT: "3 mc",
    Rule.TWO_BEFORE_OWNER: "ase 2 ur mc",
    Rule.TIMES_MEANS_FOR: "cambio ase x 3 mc",
    Rule.COUNTS_BEFORE_IT: "mc x3",
    Rule.RANGE_OF_NUMBERS: "2-3 mc",
    Rule.AT_LEAST: "5+ mc",
    Rule.MONEY: "ase for 5m",
    Rule.COUNTS_NOTHING: "2 + 3 mc",
    Rule.NUMBER_IN_TALK: "two of us",
    Rule.VAGUE_COUNT: "a few mc",
    Rule.RATIO_OF_SIDES: "ase for mc 1:2",
    Rule.RATIO_MEANS_FOR: "ase 1:2 mc",
    Rule.RATIO_OF_NOTHING: "hello 1:2",
    Rule.RANGE_OF_ITEMS: "3mc - 4mc",
    Rule.NONE_OF_IT: "0 mc, ase",
    Rule.GLUED_FOUR_MEANS_FOR: "ase4mc",
    Rule.COUNTS_PAST_OF: "3 of mc",
    Rule.TOO_LONG_TO_NAME: "ase for " + "z" * 61,
    Rule.UNKNOWN_IN_SENTENCE: "want zork when possible",
    Rule.UNKNOWN_IN_TALK: "zork",
    Rule.UNKNOWN_COUNTED: "3 zork",
    Rule.UNKNOWN_REFUSED: "nlf zork",
    Rule.UNKNOWN_AMID_ITEMS: "wts ase, zork, pika",
    Rule.UNKNOWN_BEHIND_SIGN: "ase for zork",
    Rule.UNKNOWN_BEHIND_MARKER: "my zork for mc",
    Rule.UNKNOWN_BEFORE_PRICE: "zork for 3 mc",
    Rule.UNKNOWN_BEFORE_SIGN: "zork + ase for mc",
    Rule.UNKNOWN_LISTED: "wts ase, zork",
    Rule.CASH_IS_OUTSIDE: "ase for robux",
    Rule.SERVICE_IS_OUTSIDE: "lf carry",
    Rule.OUTSIDE_REFUSED: "ase for mc, no robux",
    Rule.ASKED: "w/f/l",
    Rule.WORTH_ASKED: "ase worth",
    Rule.JUDGED: "is ase for mc ok?",
    Rule.DEAL_BY_WORD: "sold ase",
    Rule.DEAL_DONE: "ase for mc done",
    Rule.DEAL_SIGNED: "ase for mc ✅",
    Rule.STRUCK_OUT: "~~ase for mc~~ pika for lc",
    Rule.CLAUSE_SOLD: "sold pika, still have goru for mera",
    Rule.ENTRY_SOLD: "h: ase sold, pika w: mc",
    Rule.NOTHING_LIVE: "sold pika",
    Rule.NOT_FOR_SALE: "h: pika + mochi nfs",
    Rule.REFUSED: "w: pika, nlf magu, mera",
    Rule.UNKNOWN_OFFERED: "trading zork",
    Rule.INVITED: "ase dm me",
    Rule.UNDERPAY_SPOKEN: "ase for mc underpay",
    Rule.PIECES_ASKED: "how many mc for ase",
    Rule.DEAL_CLOSED: "h: ase w: mc done",
    Rule.SALE_ANNOUNCED: "sold! pika for mc. lf goru",
    Rule.REFUSALS_GO_ON: "w: pika, nlf stuff, mera",
    Rule.CURRENCY_OFFERED: "wts 5m peli",
    Rule.OTHERS_TRADED: "he sold my ase",
    Rule.OBTAINED_BY_LUCK: "just got pika from a chest",
    Rule.TRADE_TOLD: "he offered me 2 lc for my mera lol",
}


@pytest.fixture(scope="module")
def simulated_posts(catalogue: Catalogue) -> list[str]:
    """Give posts as the simulator writes them."""
    simulation = Simulation(catalogue, packaged_reference(), SimulationSettings(2, DEFAULT_START))
    written = simulation.written(DEFAULT_START + SIMULATED_DAYS * DAY)
    posts = [one.event.content for one in written if isinstance(one.event, RawPost)]
    return list(dict.fromkeys(posts))


@pytest.fixture
def found(conversion: "Conversion") -> Callable[[list[Element], Trace], Understood]:
    """Give a function that understands elements as records, and checks that no record beyond is touched."""

    def run(elements: list[Element], trace: Trace) -> Understood:
        records, letters, letters_end = conversion.records(elements)
        kept = blank_records(ELEMENT, len(elements))
        beyond = records[len(elements) :].copy()
        count, used, bits = find(records, len(elements), kept, letters, letters_end, trace)
        assert np.array_equal(records[len(elements) :], beyond)
        assert used <= 2 * letters_end + len(elements)
        understood = conversion.elements(records, count, letters)
        of_texts = [int(record.marks) & ~(1 << Mark.MONEY) for record in records[:count]]
        assert of_texts == [marks_of(one.text) for one in understood]
        return understood, {finding for finding in Finding if bits >> finding & 1}

    return run


def _plainly(elements: list[Element]) -> Understood:
    """Give what the plain reader makes of settled elements."""
    elements = copy.deepcopy(elements)
    outside = kinds.outside_kind(elements)
    if outside is not None:
        return elements, {Finding.CASH if outside is Kind.CASH else Finding.SERVICE}
    settle_gone(elements)
    without_luck(elements)
    told = tells_of_others(elements) or kinds.has_telling_word(elements)
    elements = judge(attach(join_unknown(elements)))
    telling = told and kinds.tells(elements)
    answers = {
        Finding.TELLS: telling,
        Finding.ASKS: kinds.asks(elements),
        Finding.JUDGES: kinds.judges(elements),
    }
    elements = kinds.without_done(elements)
    answers[Finding.DEAL] = kinds.is_deal(elements)
    elements = kinds.without_refused(elements)
    answers[Finding.OFFERS_UNKNOWN] = _offers_unknown(elements)
    answers[Finding.ASKS_PRICE] = kinds.asks_price(elements)
    answers[Finding.INVITES] = any(one.role is Role.OFFERS or one.text in _INVITATIONS for one in elements)
    answers[Finding.UNDERPAY] = any(one.role is Role.UNDERPAY and one.text != "up" for one in elements)
    return elements, {finding for finding, answer in answers.items() if answer}


@pytest.mark.parametrize("name", ["posts", "hazards"])
def test_labelled_posts_are_understood_alike(
    name: str, elements_of: Scan, found: Callable[..., Understood]
) -> None:
    """The plain reader and the records agree on every labelled post."""
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        settled = settle(elements_of(json.loads(line)["content"]))
        assert found(settled, blank_trace(0)) == _plainly(settled), line


def test_composed_posts_are_understood_alike(
    catalogue: Catalogue, elements_of: Scan, found: Callable[..., Understood]
) -> None:
    """The plain reader and the records agree on posts put together from every shape the rules know."""
    for post in Composer(catalogue, 11).posts(COMPOSED_POSTS):
        settled = settle(elements_of(post.content))
        assert found(settled, blank_trace(0)) == _plainly(settled), post.content


def test_simulated_posts_are_understood_alike(
    simulated_posts: list[str], elements_of: Scan, found: Callable[..., Understood]
) -> None:
    """The plain reader and the records agree on thousands of made-up posts."""
    assert len(simulated_posts) >= 2000
    for post in simulated_posts:
        settled = settle(elements_of(post))
        assert found(settled, blank_trace(0)) == _plainly(settled), post


WORDS_OF_TRADE = """
h: w: wts wtb lf trading selling want my your for -> <- + & / or , . ? ! ( ) x 3 4 12 5m 2.5k 0 1:2
3:1 - ~ to one two few some many of the de ase mc pika lc zork blim soul gold we nfs no not nlf sold
bought done ~~ ✅ still now offers dm underpay up adds op any robux carry worth w/f/l is anyone each
! : done how many howmuch quantos stuff peli 1,000 100kk 4mc x2 2x3 не продам :ase: <:mc:1>
"""

TEXTS = st.lists(
    st.one_of(st.sampled_from(["\n", *WORDS_OF_TRADE.split()]), st.text(max_size=4)), max_size=24
).flatmap(lambda words: st.sampled_from([" ", ""]).map(lambda space: space.join(words)))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=TEXTS)
def test_any_text_is_understood_alike(
    content: str, elements_of: Scan, found: Callable[..., Understood]
) -> None:
    """The plain reader and the records agree on whatever is written."""
    settled = settle(elements_of(content))
    assert found(settled, blank_trace(0)) == _plainly(settled)


OWN_SHAPE = (Role.NONE, Role.RATIO, Role.UNKNOWN, Role.NUMBER)
MARKED_WORDS = [text for mark in Mark for text in (*WORDS.get(mark, "").split(), *PHRASES.get(mark, ()))]
ELEMENTS = st.one_of(
    st.builds(
        Element,
        st.sampled_from([Role.ITEM, Role.ITEM, Role.CURRENCY]),
        st.sampled_from(["mc", "nfs", "-"]),
        st.sampled_from([(1,), (2,), (1, 2)]),
        glued=st.booleans(),
    ),
    st.builds(
        Element,
        st.just(Role.UNKNOWN),
        st.sampled_from(["zork", "blim", "z" * 61]),
        held=st.booleans(),
    ),
    st.sampled_from(["0", "4", "12", "3k", "5m"]).flatmap(
        lambda text: st.builds(
            Element,
            st.just(Role.NUMBER),
            st.just(text),
            amount=st.just(float(text.rstrip("km"))),
            glued=st.booleans(),
        )
    ),
    st.builds(Element, st.just(Role.NUMBER_WORD), st.just("two"), amount=st.just(2.0)),
    st.builds(Element, st.just(Role.RATIO), st.just("1:2"), ratio=st.just((1.0, 2.0))),
    st.builds(
        Element,
        st.sampled_from([Role.JOIN, Role.OR, Role.COMMA, Role.DASH, Role.PLAIN, Role.TIMES, Role.OPENING]),
        st.sampled_from(["+", "of", "-", "few", "some", "x"]),
        glued=st.booleans(),
    ),
    st.builds(
        Element,
        st.sampled_from([role for role in Role if role not in OWN_SHAPE]),
        st.sampled_from(MARKED_WORDS),
        glued=st.booleans(),
    ),
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(elements=st.lists(ELEMENTS, max_size=16))
def test_any_elements_are_understood_alike(elements: list[Element], found: Callable[..., Understood]) -> None:
    """They agree on elements in any order, also such as no scan gives."""
    assert found(elements, blank_trace(0)) == _plainly(elements)


def test_each_rule_has_a_sentence_and_an_example() -> None:
    """Every rule of this stage can be explained and is shown."""
    rules = {rule for rule in Rule if FIRST_RULE <= rule <= LAST_RULE}
    assert rules == set(RULE_EXAMPLES)
    assert rules <= set(SENTENCES)


@pytest.mark.parametrize("rule", RULE_EXAMPLES)
def test_a_rule_fires_on_its_example(
    rule: Rule, elements_of: Scan, found: Callable[[list[Element], Trace], Understood]
) -> None:
    """A rule's example is read by that rule, and noting rules changes nothing."""
    settled = settle(elements_of(RULE_EXAMPLES[rule]))
    trace = blank_trace(32)
    understood = found(settled, trace)
    notes = trace[1 : trace[0, 0] + 1].tolist()
    assert rule in {number for number, _, _ in notes}
    assert all(0 <= start <= end for _, start, end in notes)
    assert understood == found(settled, blank_trace(0))
