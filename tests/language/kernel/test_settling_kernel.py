"""The compiled settling: the same as the plain one on every text, rule by rule."""

import json
from itertools import islice
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, packaged_catalogue, packaged_reference, read_catalogue
from gpo_market.events.posts import RawPost
from gpo_market.events.time import DAY
from gpo_market.feeds.simulated_files import DEFAULT_START
from gpo_market.feeds.simulation import Simulation, SimulationSettings
from gpo_market.language.kernel.settling import settle
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.plain_words import FUNCTION_ALIASES, NOUN_ALIASES
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from gpo_market.language.vocabulary import PHRASES, SIGNS
from gpo_market.language.written_out import written_out
from tests.composing import Composer
from tests.language.kernel.conftest import Conversion
from tests.language.kernel.settling import fired, scan, settled, settled_plainly
from tests.reference.parser import Parser

DATA = Path(__file__).parents[2] / "data"
SIMULATED_POSTS = 2_500
COMPOSED_POSTS, COMPOSED_SEED = 2_000, 11
FIRST_RULE, LAST_RULE = 65, 149

ODD_NAMES = "w h la extra pc each u fair offer o e to for we need up bots lmk de bos :x: ty"
ODD_ALIASES = ODD_NAMES.split()

TRADE_WORDS = sorted({phrase for one in PHRASES.values() for phrase in written_out(one)})
DOUBTFUL = [*FUNCTION_ALIASES.split(), *NOUN_ALIASES.split(), ":fire:", ":ice:"]
COMPANY = """
the a an la o os some perm just this is are was would does hey yo @someone it nice zork 2 3x x2 2k 4 1:2
ase mc dragon pika 10m peli fair pc vc h w e n : = / // | + & - -> > , ( ) [ ] ( 2 ) / ~~ ✅ 2-3 each/
im cuz on of vs versus gave got to for x5 u you give wfl offers pls frost
"""
BESIDE = [*COMPANY.split(), "should i take", "do i accept", "+ adds", "send me offers", "p we"]

RULE_EXAMPLES: dict[Rule, str] = {
    Rule.PRICE_NAMED: "lih, price 3 ase",
    Rule.WORTH_ASKED_OF: "is lih worth 3 ase?",
    Rule.EXCHANGED_WITH: "swap my ase with your mc",
    Rule.FOR_SOME_TIME: "online for 30 min",
    Rule.COLON_HEADS_LIST: "zorks: ase + mc for lih",
    Rule.ALIAS_ACROSS: "offering 5 ase on case",
    Rule.ALIAS_CALLED_FOR: "case anyone? have 5 ase",
    Rule.OWNERS_LABEL_BOTH: "me 4 mc u dragon",
    Rule.ASKED_IS_WANTED: "anyone wanna trade cc? i have case",
    Rule.VARIANT_MEANS_ANY: "ase for any ase variant",
    Rule.TAKER_NAMES_PRICE: "dragon, 4 mc takes it",
    Rule.PLUS_ASKS_ADDS: "case for 5 ase +",
    Rule.ALIAS_COUNTED_BEHIND: "bos (2) for mc",
    Rule.ALIAS_BEHIND_SIGN: "lf sos",
    Rule.ALIAS_BEHIND_PLUS_OR_LABEL: "+ ko is ase",
    Rule.ALIAS_BESIDE_ITEM: "gura ice for mc",
    Rule.ALIAS_BEFORE_SIGN: "soul for mc",
    Rule.ALIAS_PRICED_BY_COLON: "sos: 3 mc",
    Rule.ALIAS_JOINED: "we, mc for ase",
    Rule.ALIAS_HEADS_ITEMS: "mp 4 lc",
    Rule.ALIAS_ASKED_ABOUT: "is ko for ase",
    Rule.ALIAS_LISTED: "h: ase, we, mc",
    Rule.ALIAS_COUNTED_BY_TIMES: "sr x5 for mc",
    Rule.ALIAS_IS_PRICE: "ase for ko obviously",
    Rule.ALIAS_ENDS_CLAUSE: "ase and ko im on",
    Rule.ALIAS_VALUE_ASKED: "vc bb",
    Rule.ALIAS_ENDS_LINE: "lf guru\nir pls",
    Rule.HELD_BEHIND_SIGN: "lf de ase",
    Rule.HELD_BEFORE_ARROW: "mc, nice ko for ase",
    Rule.HELD_HEADING_ITEMS: "bs 2 lc",
    Rule.HELD_JOINED: "dm we and ase",
    Rule.HELD_BEHIND_HELD: "mc bs ir for ase",
    Rule.HELD_BESIDE_ITEM: "mc fr for ase",
    Rule.HELD_BEFORE_ALIAS: "bs ir for case",
    Rule.HELD_LISTED: "ase for mc, ir",
    Rule.HELD_BEFORE_MARKER: "es want ase",
    Rule.WORD_IN_SENTENCE: "my luck is ko now",
    Rule.WORD_BEHIND_SIGN: "ase for we know",
    Rule.WORD_BEFORE_UNKNOWN: "ase, and ko zork",
    Rule.WORD_BESIDE_ITEM: "ase light it",
    Rule.WORD_BY_ITSELF: "gold is nice",
    Rule.WORD_OF_GRAMMAR: "pika or mc",
    Rule.WORD_PER_PIECE: "mc 3/ea",
    Rule.WORD_DE: "2 de mc",
    Rule.WORD_OR: "ase\nor and mc",
    Rule.WORD_WE: "mc we want ase",
    Rule.WORD_WHERE_NOTHING_IS_SURE: "es want es",
    Rule.WORD_OF_DECORATION: ":fire: 3 mc",
    Rule.WORD_ENDS_NAME: "ase for zork ko it",
    Rule.OFFERS_FOR_WHAT_IS_GIVEN: "send me offers for my ase",
    Rule.LETTERS_LABEL_BOTH: "h ase w mc",
    Rule.LETTER_LABELS_HEAD: "w 3 mc",
    Rule.LETTER_JOINS: "ase w mc",
    Rule.LETTER_MEANS_NOTHING: "big h",
    Rule.DETERMINER_GOES: "the ase for a mc",
    Rule.LETTER_JOINS_NOTHING: "troco o ase",
    Rule.DASH_BETWEEN_NUMBERS: "2 - 3 mc",
    Rule.DASH_WORD: "walk to mc",
    Rule.DASH_PARTS: "ase - mc",
    Rule.BUYING_WITH: "buying pwe with 3 case",
    Rule.CONDITION_WANTS: "2 ase if u got pika",
    Rule.PRICE_GETS: "5 ase gets my case",
    Rule.GETTING_SPOKEN_OF: "he gets ase",
    Rule.OFFER_GIVES: "offer 3 mc",
    Rule.OFFER_INVITES: "ase offer",
    Rule.OFFER_SPOKEN_OF: "it offered",
    Rule.YOU_TRADE: "u selling",
    Rule.YOU_SPOKEN_TO: "u ase",
    Rule.PRICE_ASKED: "pc on my 2 ase",
    Rule.PRICE_SPOKEN_OF: "play on pc now",
    Rule.FAIRNESS_ASKED: "is ase for mc fair",
    Rule.FAIRNESS_SPOKEN_OF: "ase for mc fair",
    Rule.COLON_NAMES_PRICE: "ase: 7 mc",
    Rule.EQUALS_PARTS: "ase = nice",
    Rule.COLON_MEANS_NOTHING: "up: ase",
    Rule.ARROW_POINTS_AT_LIST: "lf>> ase",
    Rule.PER_NAMES_PRICE: "3 lc per mc",
    Rule.EACH_BEHIND_PRICE: "3 mc each",
    Rule.EACH_SPOKEN_OF: "each dragon",
    Rule.DASH_NAMES_PRICE: "ase - 7 mc",
    Rule.VERSUS_PARTS_SIDES: "ase vs mc wfl",
    Rule.GAVE_AND_GOT_SAY_SIDES: "gave ase got mc wfl",
    Rule.TAKING_WANTS: "should i take 6 mc for ase",
    Rule.TO_STANDS_BETWEEN_SIDES: "lc to mc 8:1",
}


@pytest.fixture(scope="module")
def odd_parser() -> Parser:
    """Give a parser of a game whose items are called like the words of trade."""
    items = [
        {"slug": f"item-{number}", "name": f"Item {number}", "aliases": [alias]}
        for number, alias in enumerate(ODD_ALIASES)
    ]
    return Parser(read_catalogue(msgspec.json.encode({"items": items}), "odd.json"))


@pytest.fixture(scope="module")
def simulated_posts() -> list[str]:
    """Give what the simulator's traders write."""
    simulation = Simulation(packaged_catalogue(), packaged_reference(), SimulationSettings(2, DEFAULT_START))
    events = simulation.posts(DEFAULT_START + 90 * DAY)
    posts = (event.content for event in events if isinstance(event, RawPost))
    return list(islice(posts, SIMULATED_POSTS))


@pytest.mark.parametrize("name", ["posts.jsonl", "hazards.jsonl"])
def test_labelled_posts_settle_alike(name: str) -> None:
    """On every labelled post the kernel settles what the plain reader settles."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        content = json.loads(line)["content"]
        assert settled(content) == settled_plainly(content), content


def test_composed_posts_settle_alike() -> None:
    """On posts composed of every shape the two settle alike."""
    for post in Composer(packaged_catalogue(), COMPOSED_SEED).posts(COMPOSED_POSTS):
        assert settled(post.content) == settled_plainly(post.content), post.content


def test_simulated_posts_settle_alike(simulated_posts: list[str]) -> None:
    """On what the simulator's traders write the two settle alike."""
    assert len(simulated_posts) == SIMULATED_POSTS
    for content in simulated_posts:
        assert settled(content) == settled_plainly(content), content


def _words(catalogue: Catalogue) -> st.SearchStrategy[str]:
    names = [name for item in catalogue.items for name in (item.name, *item.aliases)]
    return st.one_of(
        st.sampled_from(DOUBTFUL),
        st.sampled_from(BESIDE),
        st.sampled_from(TRADE_WORDS),
        st.sampled_from([*SIGNS, "+", "/", "&", "|", "-", "->"]),
        st.sampled_from(names),
        st.sampled_from(DOUBTFUL),
        st.sampled_from(BESIDE),
    )


POSTS = st.lists(
    st.tuples(_words(packaged_catalogue()), st.sampled_from(["", " ", " ", " ", "\n"])), max_size=14
).map(lambda pieces: "".join(word + space for word, space in pieces))


@settings(max_examples=1_000)
@given(POSTS)
def test_posts_of_trade_words_settle_alike(content: str) -> None:
    """Whatever words, names and signs stand together, the two settle alike."""
    assert settled(content) == settled_plainly(content)


@settings(max_examples=500)
@given(
    st.lists(
        st.sampled_from([*ODD_ALIASES, *(f"item {number}" for number in range(4)), "2", "+", ",", "the"]),
        max_size=10,
    ).map(" ".join)
)
def test_a_game_of_odd_names_settles_alike(odd_parser: Parser, content: str) -> None:
    """Where items are called like words of trade, the two settle alike."""
    assert settled(content, odd_parser) == settled_plainly(content, odd_parser)


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_any_text_settles_alike(content: str) -> None:
    """On raw unicode the two settle alike."""
    assert settled(content) == settled_plainly(content)


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("ase for mc", []),
        ("some ase for a few mc", []),
        ("ase / mc + 2 lc", []),
        ("the ase for the mc", [(Rule.DETERMINER_GOES, "the"), (Rule.DETERMINER_GOES, "the")]),
        ("h ase\nw mc", [(Rule.LETTERS_LABEL_BOTH, "h"), (Rule.LETTERS_LABEL_BOTH, "w")]),
        ("h: ase w mc", [(Rule.LETTERS_LABEL_BOTH, "w")]),
        ("ase\nw 2 mc", [(Rule.LETTER_LABELS_HEAD, "w")]),
        ("ase w mc", [(Rule.LETTER_JOINS, "w")]),
        ("ase h mc", [(Rule.LETTER_MEANS_NOTHING, "h")]),
        ("w nice", [(Rule.LETTER_MEANS_NOTHING, "w")]),
        ("ase o mc", []),
        ("troco o ase", [(Rule.LETTER_JOINS_NOTHING, "o")]),
        ("2 to 3", [(Rule.DASH_BETWEEN_NUMBERS, "to")]),
        ("2 - mc", [(Rule.DASH_PARTS, "-")]),
        ("ase hasta mc", [(Rule.DASH_WORD, "hasta")]),
        ("offer my ase", [(Rule.OFFER_GIVES, "offer")]),
        ("offered 2 mc", [(Rule.OFFER_GIVES, "offered")]),
        ("pc", [(Rule.PRICE_ASKED, "pc")]),
        ("ase pc", [(Rule.PRICE_ASKED, "pc")]),
        ("vc for my 2 ase", [(Rule.PRICE_ASKED, "vc")]),
        ("vc of it", [(Rule.PRICE_SPOKEN_OF, "vc")]),
        ("ase: 7", [(Rule.COLON_NAMES_PRICE, ":")]),
        ("it: ase", [(Rule.COLON_MEANS_NOTHING, ":")]),
        ("ase = mc", [(Rule.COLON_NAMES_PRICE, "=")]),
        ("it = ase", [(Rule.EQUALS_PARTS, "=")]),
        ("ase -> mc", []),
        ("mc lf -> ase", []),
        ("lf for ase", []),
        ("ft -> ase", [(Rule.ARROW_POINTS_AT_LIST, "->")]),
        ("3 lc per mc", [(Rule.PER_NAMES_PRICE, "per")]),
        ("3 lc per", [(Rule.EACH_BEHIND_PRICE, "per")]),
        ("per day", [(Rule.EACH_SPOKEN_OF, "per")]),
    ],
)
def test_rules_fire(content: str, rules: list[tuple[Rule, str]]) -> None:
    """Each decision is noted with the words it was about, and nothing else is."""
    assert fired(content) == rules


@pytest.mark.parametrize(("rule", "content"), RULE_EXAMPLES.items())
def test_every_rule_has_an_example(rule: Rule, content: str) -> None:
    """The rule decides something about its example."""
    assert rule in [one for one, _ in fired(content)]


def test_every_rule_is_explained() -> None:
    """Each rule of this stage has an example and a sentence for people."""
    rules = {rule for rule in Rule if FIRST_RULE <= rule <= LAST_RULE}
    assert rules == set(RULE_EXAMPLES)
    assert rules <= set(SENTENCES)


def test_records_beyond_the_count_are_not_read(conversion: Conversion) -> None:
    """What an earlier, longer post left in the buffer changes nothing."""
    records, _, _ = conversion.records(scan("light, dark for mc + 2 ase, pc on my mc each"))
    behind, letters, _ = conversion.records(scan("soul"))
    records[0] = behind[0]
    assert settle(records, 1, blank_trace(0)) == 1
    assert conversion.elements(records, 1, letters) == settled_plainly("soul")


def test_an_empty_post_settles(conversion: Conversion) -> None:
    """No elements give none."""
    records, _, _ = conversion.records([])
    assert settle(records, 0, blank_trace(0)) == 0


@pytest.mark.parametrize(
    "piece",
    [
        "should i take mc ",
        "ase - 7 mc, ",
        "mc to ",
        "a ",
        "soul ",
        "the soul ",
        "we ",
        "sos ",
        "pc on ",
        "w ",
        "ase/",
        "bos (",
        "la le ",
        "\n",
        ":fire: ",
    ],
)
def test_long_posts_settle_alike(piece: str) -> None:
    """A post of one thing over and over is settled like any other."""
    content = piece * 150
    assert settled(content) == settled_plainly(content)


def test_a_full_trace_drops_what_comes_after(conversion: Conversion) -> None:
    """A post is settled the same when more rules decide than were asked to be noted."""
    content = "the ase for the soul"
    elements = scan(content)
    records, letters, _ = conversion.records(elements)
    trace = blank_trace(1)
    count = settle(records, len(elements), trace)
    assert trace[:, 0].tolist() == [1, Rule.ALIAS_BEHIND_SIGN]
    assert conversion.elements(records, count, letters) == settled_plainly(content)
