"""The last stage compiled: segments, drafts and baskets become the same quotes as in the plain reader."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.language.kernel.quotes import Stance
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.limits import MOST_ELEMENTS, MOST_LEGS
from gpo_market.language.marks import Mark
from gpo_market.language.roles import Role
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from tests.composing import Composer
from tests.language.kernel.conftest import Conversion
from tests.language.kernel.quoting import LEGS_BEFORE, Reader, invites, prepared, read_plainly
from tests.language.kernel.scanning import KernelScanner
from tests.reference.elements import Element

DATA = Path(__file__).parents[2] / "data"
COMPOSED_POSTS = 2_000
RULES = range(230, 320)
"""The numbers of this stage's rules."""
SIMULATED_POSTS = 2_000
TRACED = 1 << 12
Scan = Callable[[str], list[Element]]


@pytest.fixture
def reader(conversion: Conversion) -> Reader:
    """Give a reader by the kernel."""
    return Reader(conversion)


@pytest.fixture
def compare(reader: Reader, elements_of: Scan) -> Callable[[str], None]:
    """Give a check that the kernel reads a text as the plain reader does."""

    def check(content: str) -> None:
        elements, stance = prepared(elements_of(content))
        read = reader.read(elements, stance, blank_trace(0))
        assert read == read_plainly(elements, stance), content

    return check


@pytest.fixture(scope="module")
def simulated() -> list[str]:
    """Give posts of the simulator."""
    simulation = Simulation(packaged_catalogue(), packaged_reference(), SimulationSettings(2, DEFAULT_START))
    posts = (
        written.event.content
        for written in simulation.written(DEFAULT_START + 60 * DAY)
        if isinstance(written.event, RawPost)
    )
    return list(islice(posts, SIMULATED_POSTS))


@pytest.mark.parametrize("phrased", [False, True])
@pytest.mark.parametrize("name", ["posts.jsonl", "hazards.jsonl"])
def test_labelled_posts_read_alike(
    name: str,
    phrased: bool,  # noqa: FBT001 - a parameter of the table
    reader: Reader,
    compare: Callable[[str], None],
) -> None:
    """Every labelled post has the quotes of the plain reader."""
    reader.phrased = phrased
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        compare(json.loads(line)["content"])


def test_composed_posts_read_alike(compare: Callable[[str], None]) -> None:
    """Every post composed of shapes, slang and hazards has the quotes of the plain reader."""
    for post in Composer(packaged_catalogue(), seed=8).posts(COMPOSED_POSTS):
        compare(post.content)


def test_posts_of_the_simulator_read_alike(compare: Callable[[str], None], simulated: list[str]) -> None:
    """Every simulated post has the quotes of the plain reader."""
    assert len(simulated) == SIMULATED_POSTS
    for content in simulated:
        compare(content)


WORDS = """for -> <- <> lf wts wtb h: w: have got selling buying trading ft offers dm adds add op overpay my
your i u ur or and my__op i__op ur__op ill__add u__add who can overpaying + & , / . ? ! | each ea
per any no nlf nfs sold done is worth anyone who 2 3 1:2 2:1 0:3 10k 5m 2-3 x some ase mc lc pika
dragon fb cc yb zzgh qwop peli robux ~~ w/f/l ✅ still accepting on"""
TRADE_WORDS = [word.replace("__", " ") for word in WORDS.split()]


@given(
    st.lists(
        st.one_of(st.sampled_from(TRADE_WORDS), st.sampled_from(TRADE_WORDS), st.text(max_size=6)),
        max_size=40,
    ),
    st.sampled_from([" ", " ", "", "\n"]),
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_alike(compare: Callable[[str], None], words: list[str], space: str) -> None:
    """Words of trade in any order, among anything else, have the quotes of the plain reader."""
    compare(space.join(words))


AMOUNTS = st.sampled_from([1.0, 2.0, 3.0, 0.1, 7.5, 1e9, 6e8])
TALK = st.builds(Element, st.sampled_from(list(Role)[2:]), st.sampled_from(["", "dm", "x", "->", "i op"]))
ITEMS = st.builds(
    Element,
    st.just(Role.ITEM),
    st.sampled_from(["fb", "cc", "case"]),
    st.sampled_from([(1,), (2,), (3,), (1, 2), (2, 3, 4)]),
    AMOUNTS,
    counted=st.booleans(),
    ranged=st.booleans(),
    ratio=st.sampled_from([None, None, (1.0, 2.0), (9999.0, 1.0)]),
)
HEEDED = st.builds(
    Element,
    st.sampled_from(
        [Role.FOR, Role.OR, Role.JOIN, Role.COMMA, Role.LINE, Role.EACH, Role.SELL, Role.BUY, Role.WANT]
    ),
    st.just(""),
)
STANCES = st.builds(Stance, st.booleans(), st.booleans(), st.just(value=False), st.booleans())


@given(
    st.lists(st.one_of(ITEMS, ITEMS, HEEDED, HEEDED, TALK), max_size=24),
    st.sampled_from([1, 1, 1, 5, 40]),
    STANCES,
)
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_elements_read_alike(reader: Reader, elements: list[Element], times: int, stance: Stance) -> None:
    """Elements in any order, and the same ones over and over, have the quotes of the plain reader."""
    post = [replace(element) for _ in range(times) for element in elements]
    stance = stance._replace(invited=invites(post))
    read = reader.read(post, stance, blank_trace(0))
    assert read == read_plainly(post, stance)


@pytest.mark.parametrize(
    ("content", "quotes"),
    [
        ("2 ase + mc for 3 pika", ["2 ase + mc > 3 pika"]),
        ("lf ase for mc", ["mc > ase"]),
        ("mc <- ase", ["ase > mc"]),
        ("mc for my ase", ["ase > mc"]),
        ("my ase ur mc", ["ase > mc"]),
        ("my ase + your lc for mc", ["ase > mc + lc"]),
        ("anyone selling ase", ["any > ase"]),
        ("trading have ase", ["ase > any"]),
        ("ase, lf mc", ["ase > mc"]),
        ("h: ase h: mc w: lc", ["ase + mc > lc"]),
        ("wts ase wtb mc", ["ase > any", "any > mc"]),
        ("ase for mc lf pika", ["ase > mc", "any > pika"]),
        ("3 ase ft", ["3 ase > any"]),
        ("wts for ase", ["any > ase"]),
        ("ase for mc pika for lc", ["ase > mc", "pika > lc"]),
        ("ase for mc, pika + lc for dragon", ["ase > mc", "pika + lc > dragon"]),
        ("lf ase\npika for lc", ["any > ase", "pika > lc"]),
        ("ase? pika for lc", ["pika > lc"]),
        ("selling 3 dragon, 2 mc each, pika", ["3 dragon > 6 mc", "pika > any"]),
        ("selling 3 dragon, 2 mc each + lc", ["3 dragon > 6 mc + 3 lc"]),
        ("selling dragon, 2 mc each or 3 lc, pika", ["dragon > 2 mc", "dragon > 3 lc", "pika > any"]),
        ("ase for mc i add 2 lc", ["ase + 2 lc > mc"]),
        ("selling ase u add mc", ["ase > any"]),
        ("got ase dm me", ["ase > any"]),
        ("got ase", []),
        ("ase for mc 1:2", ["ase > 2 mc"]),
        ("lf ase, mc or lc", ["any > ase", "any > mc", "any > lc"]),
        ("ase or mc for pika or lc", ["ase > pika", "ase > lc", "mc > pika", "mc > lc"]),
        ("ase + ase for mc", ["2 ase > mc"]),
        ("ase for mc or 5m", ["ase > mc"]),
        ("lf 5m", []),
        ("fb + cc + fb for mc", ["cc + 2 fb > mc"]),
        ("lf mc or mc", ["any > mc"]),
        ("w/f/l ase for mc, selling lc", ["ase > mc"]),
        ("ase for ur op", ["ase > any"]),
        ("my op 2 ase for lc", ["2 ase > lc"]),
        ("overpaying for lc", ["any > lc"]),
        ("selling lc for my ase", ["ase > lc"]),
        ("anyone here, selling ase", ["ase > any"]),
        ("lf zzgh", []),
    ],
)
def test_a_post_has_these_quotes(content: str, quotes: list[str], reader: Reader, elements_of: Scan) -> None:
    """Each rule of pairing and parting shows in the quotes of a sentence."""
    elements, stance = prepared(elements_of(content))
    answer = reader.read(elements, stance, blank_trace(0))
    assert reader.written() == quotes
    assert answer == read_plainly(elements, stance)


MANY = 40
ITEMS_IN_A_ROW = "pika + lc + mc + ase + yb + dragon + venom + ptero + leopard + buddha"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "ase for mc pika for lc " * 200,
        "lf ase\npika for lc " * 200,
        "selling ase, 2 mc each, pika, 3 lc each " * 70,
        "lf " + " or ".join(f"{count} mc" for count in range(2, 70)) + " selling ase",
        "selling ase, 2 mc each wtb pika, 3 lc each " * 70,
        "dragon 4 mc, mochi 2 mc\nvenom 2 lc " * 40,
        "dragon 4 mc, mochi 2 mc, venom",
        "dragon 4 mc, mochi, pika, venom 2 lc",
        "dragon 4 mc, mochi, pika 2 mc, venom",
        "selling dragon, pika 3 lc or offers, venom 2 mc + adds mera 2 lc",
        "wts dragon 4 mc / mochi 2 mc or offers wtb pika 3 lc mera 2 lc venom" * 20,
        "wts lc + mc 3 ase, dragon 3 mc 2 lc, pika mera 2 lc",
        "wts pika 3 lc for mera",
        "ase for sale 7 mc",
        "ase for trade, pika",
        "ase for trade op",
        "3 ase gets my pika, whoever gives 2 mc gets my mera",
        "lf " + " or ".join(f"{count} mc" for count in range(2, 200)),
        "ase or mc or lc or zzgh for " + " or ".join(f"{count} pika" for count in range(2, 60)),
        "lf " + "mc or " * 300 + "mc",
        "lf " + "zzgh or " * 50 + "mc for " + "qwop or " * 50 + "ase",
        "my ase + your mc for pika " * MANY,
        "for " * 500 + "ase",
        "ase " + "for op " * 100,
        ITEMS_IN_A_ROW * 30,
    ],
)
def test_endless_posts_read_alike(content: str, compare: Callable[[str], None]) -> None:
    """However much a post says, it has the quotes of the plain reader, up to the same limits."""
    compare(content)


@pytest.mark.parametrize("extra", [0, 1, 5])
def test_a_side_of_many_items_is_cut_alike(extra: int, reader: Reader) -> None:
    """Different items beyond what a side may hold are left out by both readers."""
    items = [Element(Role.ITEM, "x", (number,)) for number in range(MOST_LEGS + extra)]
    post = [Element(Role.LABEL_HAVE, "h"), *items, Element(Role.FOR, "for"), Element(Role.ITEM, "x", (9999,))]
    stance = Stance(done=False, invited=False, asks=False, judges=False)
    read = reader.read(post, stance, blank_trace(0))
    assert read == read_plainly(post, stance)
    assert read.quotes[0].complete is (extra == 0)


@pytest.mark.parametrize("extra", [0, 1, 9])
def test_elements_beyond_the_most_are_not_read(extra: int, reader: Reader) -> None:
    """A post of more elements than a desk holds is read as its first ones."""
    items = [Element(Role.ITEM, "x", (1,)) for _ in range(MOST_ELEMENTS - 3)]
    post = [Element(Role.LABEL_HAVE, "h"), *items, Element(Role.FOR, "for"), Element(Role.ITEM, "x", (2,))]
    post += [Element(Role.ITEM, "x", (3,)) for _ in range(extra)]
    stance = Stance(done=False, invited=False, asks=False, judges=False)
    read = reader.read(post, stance, blank_trace(0))
    assert read == read_plainly(post, stance)
    assert [leg.item for leg in read.quotes[0].want] == [2]


@pytest.mark.parametrize("texts", [("fb", "fb"), ("fb", "fc"), ("fb", "fbs")])
def test_ambiguous_mentions_add_up_by_their_words(texts: tuple[str, str], reader: Reader) -> None:
    """Mentions of the same readings are one only when they are written alike."""
    mentions = [Element(Role.ITEM, text, (1, 2)) for text in texts]
    post = [*mentions, Element(Role.FOR, "for"), Element(Role.ITEM, "mc", (3,))]
    stance = Stance(done=False, invited=False, asks=False, judges=False)
    read = reader.read(post, stance, blank_trace(0))
    assert read == read_plainly(post, stance)
    assert len(read.quotes[0].ambiguous) == len(set(texts))


def _many_items(count: int) -> str:
    return " ".join(item.name for item in packaged_catalogue().items[:count])


RULE_EXAMPLES: dict[Rule, str] = {
    Rule.PRICE_APART: "lf ase, 4 mc",
    Rule.OTHER_PRICE: "4 mc for ase or 3 mc + lc",
    Rule.FOR_ENDS_CLAUSE: "here for lol, ase for mc",
    Rule.JOINS_WORDS: "ase or dm, mc",
    Rule.OVERPAID_IS_SIDE: "lf ev, will overpay w ase",
    Rule.FOR_BEHIND_OR: "dragon for 4 mc or for 30 lc",
    Rule.MARKER_GIVES: "selling ase",
    Rule.MARKER_WANTS: "lf ase",
    Rule.OTHERS_TRADE: "anyone selling ase",
    Rule.HAVE_BEHIND_TRADE: "trading have ase",
    Rule.FOR_POINTS_ACROSS: "ase for mc",
    Rule.ARROW_POINTS_BACK: "mc <- ase",
    Rule.OWNER_SAYS_SIDE: "my ase for mc",
    Rule.OWNER_BEGINS_SIDE: "my ase ur mc",
    Rule.OTHER_OWNER_ADDS: "my ase + ur lc for mc",
    Rule.ADDING_ITEMS: "ase for mc i add 2 lc",
    Rule.PRICE_FOR_EACH: "selling 3 dragon, 2 mc each",
    Rule.PRICE_BEHIND_FOR_SALE: "ase for sale 7 mc",
    Rule.BARE_PRICE: "selling pika 3 lc",
    Rule.GIVER_ADDS: "ase for mc i add",
    Rule.OTHER_ADDS: "ase for mc overpay",
    Rule.OVERPAY_BEGINS: "my op 2 ase for lc",
    Rule.ADDS_ACROSS: "ase for ur op",
    Rule.FIRST_IS_GIVEN: "ase for mc",
    Rule.SEGMENT_ADDS: "ase for mc i add 2 lc",
    Rule.OFFERS_BEHIND_ITEMS: "ase dm offers",
    Rule.MARKER_TURNS_TRADE: "ase, got mc",
    Rule.SIDE_GOES_ON: "h: ase h: mc",
    Rule.TRADE_ENDS_AT_MARKER: "ase for mc lf pika",
    Rule.SELLER_TURNS_BUYER: "wts ase wtb mc",
    Rule.MARKER_SPEAKS_BACK: "3 ase ft",
    Rule.FOR_NAMES_OTHER_SIDE: "ase for mc",
    Rule.FOR_TURNED: "mc for my ase",
    Rule.FOR_MINE: "for my ase",
    Rule.TRADING_FOR: "wts for ase",
    Rule.FOR_IS_TALK: "for ase",
    Rule.SECOND_FOR: "ase for mc pika for lc",
    Rule.LINE_APART: "lf ase\npika for lc",
    Rule.EACH_NAMES_PRICE: "selling 3 dragon, 2 mc each, pika",
    Rule.ADDED_ON_TOP: "ase for mc i add 2 lc",
    Rule.ADDED_TO_OPEN_SIDE: "selling ase u add mc",
    Rule.TRADE_IS_TALK: "ase",
    Rule.INVITATION_MEANS_OFFER: "got ase dm me",
    Rule.OVERPAYING_FOR: "overpaying for ase",
    Rule.FOR_MINE_TURNS_MARKED: "selling lc for my ase",
    Rule.ONLY_UNKNOWN: "lf zzgh",
    Rule.RATIO_COUNTS: "ase for mc 1:2",
    Rule.RATIO_UNFIT: "ase + lc for mc 1:2",
    Rule.OR_PARTS: "ase or mc for pika",
    Rule.LIST_PARTS: "selling ase, mc",
    Rule.MENTIONS_ADD_UP: "ase + ase for mc",
    Rule.RANGE_IS_LOWER_END: "ase for 2-3 mc",
    Rule.CURRENCY_LEFT_OUT: "ase for mc or 5m",
    Rule.CURRENCY_ADDS: "ase for mc + 5m peli",
    Rule.EACH_MULTIPLIES: "selling 3 dragon, 2 mc each",
    Rule.SIDE_STAYS_OPEN: "selling ase",
    Rule.UNKNOWN_LEAVES_INCOMPLETE: "ase for zzgh",
    Rule.TOO_MANY_ITEMS: f"h: {_many_items(MOST_LEGS + 6)} for mc",
    Rule.NOTHING_KNOWN: "lf zzgh, mc",
    Rule.TOO_MANY_QUOTES: "lf " + " or ".join(f"{count} mc" for count in range(2, 200)),
    Rule.EQUAL_QUOTE: "lf mc or mc",
    Rule.QUESTION_KEEPS_CLOSED: "w/f/l selling ase",
}
"""One post for each rule of this stage."""


def test_every_rule_has_an_example_and_a_sentence() -> None:
    """No rule of this stage goes unexplained."""
    rules = {rule for rule in Rule if rule in RULES}
    assert set(RULE_EXAMPLES) == rules
    assert rules <= set(SENTENCES)


@pytest.mark.parametrize("rule", RULE_EXAMPLES)
def test_a_rule_fires_on_its_example(rule: Rule, reader: Reader, elements_of: Scan) -> None:
    """The trace of a rule's example names the rule and characters of the post."""
    elements, stance = prepared(elements_of(RULE_EXAMPLES[rule]))
    length = sum(len(element.text) for element in elements)
    trace = blank_trace(TRACED)
    reader.read(elements, stance, trace)
    notes = [tuple(map(int, note)) for note in trace[1 : trace[0, 0] + 1]]
    assert rule in {fired for fired, _, _ in notes}
    assert all(0 <= start < end <= length for _, start, end in notes), notes


@given(st.lists(st.one_of(ITEMS, HEEDED, HEEDED, TALK), max_size=24), STANCES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_explaining_changes_nothing(reader: Reader, elements: list[Element], stance: Stance) -> None:
    """A post that is explained reads as one that is not."""
    silent = reader.read(elements, stance, blank_trace(0))
    assert reader.read(elements, stance, blank_trace(TRACED)) == silent


def test_characters_of_legs_are_those_of_the_first_mention(reader: Reader, elements_of: Scan) -> None:
    """A leg points at where the post names its item first."""
    elements, stance = prepared(elements_of("ase + lc + ase for mc"))
    read = reader.read(elements, stance, blank_trace(0))
    legs = reader.legs[LEGS_BEFORE : LEGS_BEFORE + 3]
    texts = ["".join(map(chr, reader.letters[leg.start : leg.end])) for leg in legs]
    assert texts == ["ase", "lc", "mc"]
    assert [leg.quantity for leg in read.quotes[0].give] == [2.0, 1.0]


@pytest.mark.parametrize(("content", "over"), [("<:im_op:12>", True), ("im op", True), ("i add", False)])
def test_overpay_is_known_however_it_is_written(
    content: str,
    over: bool,  # noqa: FBT001 - a column of the table
    kernel_scanner: KernelScanner,
) -> None:
    """Words for overpay carry their mark as an emoji's name too."""
    scanned = kernel_scanner.scan(content)
    assert [element.role for element in scanned.elements] == [Role.GIVE_ADDS]
    assert bool(scanned.marks[0] & 1 << Mark.OVERPAYING) is over
