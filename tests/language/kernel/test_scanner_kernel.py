# ruff: noqa: RUF001 - some words hold letters that look like others
"""The compiled scan: the same elements, corrections and marks as the plain scanner's, and its rules."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpo_market.catalogue import Catalogue, packaged_catalogue
from gpo_market.language.folding import fold
from gpo_market.language.kernel.tables import compile_tables
from gpo_market.language.lexicon import compile_lexicon, item_phrases, plain_roles, trade_phrases
from gpo_market.language.limits import MOST_CORRECTIONS
from gpo_market.language.marks import marks_of
from gpo_market.language.roles import Doubt, Role
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from tests.language.kernel.corpus import CORPORA, posts_of
from tests.language.kernel.scanning import KernelScanner
from tests.reference.scanner import Scanner

PLAIN = Scanner(packaged_catalogue())
COMPILED = KernelScanner(compile_tables(packaged_catalogue()))
NAMES = [" ".join(words) for words, _ in item_phrases(packaged_catalogue()).items() if len(words) > 1]
ITEM_WORDS = sorted(compile_lexicon(packaged_catalogue()).item_words)
TRADE_WORDS = sorted({word for words in trade_phrases() for word in words} | set(plain_roles()))
SIGNS = ["+", "/", "\n", "->", "5k", "1:2", "$5", "x", "3", "5pm", "#4", "ase", "dark blade", "q", "🔥", "②"]
EMOJI = [
    "<:ase:12>",
    "<a:all_seeing_eye:9>",
    ":we:",
    ":fire:",
    "<:_2__mc_:1>",
    ":___:",
    "<:w_f_l:3>",
    ":x2:",
    "<:how_many:4>",
]

RULE_EXAMPLES: dict[Rule, str] = {
    Rule.KNOWN_PHRASE: "looking for all seeing eye",
    Rule.LOOKALIKES: "асе",
    Rule.TYPO: "leopord",
    Rule.TYPO_IN_NAME: "dark blde",
    Rule.DRAWN_OUT: "caseee",
    Rule.BETWEEN_ITEMS: "wanna armoe",
    Rule.TOO_MANY_TYPOS: "qzqzq " * (MOST_CORRECTIONS + 1),
    Rule.UNKNOWN_WORD: "hyper sword",
    Rule.LONE_LETTER: "q",
    Rule.EMOJI_BY_WORDS: "<:all_seeing_eye:1>",
    Rule.STOCK_EMOJI: ":fire:",
    Rule.DECORATION: ":pepe:",
}


def is_read_alike(content: str, plain: Scanner = PLAIN, kernel: KernelScanner = COMPILED) -> None:
    """Hold the compiled scan to the plain one."""
    folded = fold(content).text
    wanted, got = plain.scan(folded), kernel.scan(folded)
    assert got.elements == wanted.elements
    assert got.corrections == wanted.corrections
    assert got.marks == [marks_of(element.text) for element in wanted.elements]


@pytest.mark.parametrize("corpus", CORPORA)
def test_posts_are_read_alike(corpus: str) -> None:
    """Every labelled post, and thousands of made ones, give the plain scanner's elements."""
    posts = posts_of(corpus)
    assert len(posts) >= CORPORA[corpus]
    for content in posts:
        is_read_alike(content)


@given(st.lists(st.sampled_from([*ITEM_WORDS, *TRADE_WORDS, *SIGNS, *EMOJI]), max_size=12).map(" ".join))
def test_made_up_posts_are_read_alike(content: str) -> None:
    """Any row of trade words, item words, signs and emoji gives the plain scanner's elements."""
    is_read_alike(content)


@given(
    st.lists(
        st.tuples(st.sampled_from(ITEM_WORDS), st.integers(0, 9), st.sampled_from("aeорсx1 _'")), max_size=6
    )
)
def test_mistyped_posts_are_read_alike(words: list[tuple[str, int, str]]) -> None:
    """Words with a letter too many or a look-alike give the plain scanner's elements and corrections."""
    is_read_alike(" ".join(word[:place] + letter + word[place:] for word, place, letter in words))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES), st.integers(0, 40), st.sampled_from(["", "a", "s", "eee", "т", " "])
        ),
        min_size=1,
        max_size=5,
    )
)
def test_mistyped_names_are_read_alike(names: list[tuple[str, int, str]]) -> None:
    """Names with a letter lost or added give the plain scanner's elements and corrections."""
    is_read_alike(" for ".join(name[:place] + letter + name[place + 1 :] for name, place, letter in names))


@given(
    st.lists(st.sampled_from([*ITEM_WORDS, *TRADE_WORDS]), max_size=6), st.integers(0, 9), st.integers(2, 5)
)
def test_drawn_out_words_are_read_alike(words: list[str], place: int, times: int) -> None:
    """Words with a letter held for effect give the plain scanner's elements."""
    is_read_alike(
        " ".join(word[:place] + word[place : place + 1] * times + word[place + 1 :] for word in words)
    )


@given(st.text(max_size=80))
def test_raw_text_is_read_alike(content: str) -> None:
    """Any text at all gives the plain scanner's elements."""
    is_read_alike(content)


@given(st.text(alphabet="aefirw2x_", min_size=2, max_size=12), st.sampled_from(["<:{}:5>", ":{}:"]))
def test_emoji_of_any_name_are_read_alike(name: str, written: str) -> None:
    """Emoji names with runs of underscores, digits and words in them give the plain scanner's elements."""
    is_read_alike(f"lf {written.format(name)} x 3")


@pytest.mark.parametrize(
    ("content", "elements"),
    [
        ("mochi trident", [(Role.ITEM, "mochi trident")]),
        ("not 4 sale", [(Role.NOT_FOR_SALE, "not 4 sale")]),
        ("prices", [(Role.PLAIN, "prices")]),
        ("leopord", [(Role.ITEM, "leopard")]),
        ("<:all_seeing__eye:1>", [(Role.ITEM, "all seeing eye")]),
        ("<:pepe:1> :pepe: 🔥 _", []),
        ("асе", [(Role.ITEM, "ace")]),
        ("prestige leoprd", [(Role.UNKNOWN, "prestige leopard")]),
        ("dark blde", [(Role.ITEM, "dark blade")]),
        ("caseee", [(Role.ITEM, "case")]),
        ("thiiis", [(Role.PLAIN, "this")]),
        ("<:all_seein_eye:1>", []),
        ("hyper two q", [(Role.UNKNOWN, "hyper"), (Role.NUMBER_WORD, "two"), (Role.PLAIN, "q")]),
        ("1:5 $5 5pm 2k", [(Role.RATIO, "1:5"), (Role.CASH, "$5"), (Role.PLAIN, "5pm"), (Role.NUMBER, "2k")]),
        (":we:", [(Role.ITEM, ":we:")]),
        ("; \n ?", [(Role.STOP, ";"), (Role.LINE, "\n"), (Role.QUESTION_MARK, "?")]),
    ],
)
def test_tokens_become_elements(content: str, elements: list[tuple[Role, str]]) -> None:
    """Phrases, single words, numbers, emoji and typos become elements; decoration leaves none."""
    found = COMPILED.scan(fold(content).text).elements
    assert [(element.role, element.text) for element in found] == elements


@pytest.mark.parametrize(("rule", "content"), RULE_EXAMPLES.items())
def test_a_rule_says_that_it_decided(rule: Rule, content: str) -> None:
    """Each rule of the scan is in the trace of a post it decides about."""
    assert rule in {fired for fired, _ in COMPILED.scan(fold(content).text).rules}


def test_every_rule_of_the_scan_has_a_sentence_and_an_example() -> None:
    """No rule goes unexplained."""
    rules = {rule for rule in Rule if 40 <= rule < 70}
    assert rules == {*RULE_EXAMPLES, Rule.EMOJI_BY_ID, Rule.EMOJI_BY_NAME}
    assert all(SENTENCES[rule] for rule in rules)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<:whatever:77>", Rule.EMOJI_BY_ID),
        (":Super_Blim:", Rule.EMOJI_BY_NAME),
        ("<:super_blim:5>", Rule.EMOJI_BY_NAME),
    ],
)
def test_a_listed_emoji_is_its_item(content: str, rule: Rule, listed: Callable[..., Catalogue]) -> None:
    """A listed id names its item whatever the emoji is called, a listed name whatever its id."""
    catalogue = listed(("Zork",), ("Blim",), emoji={"Blim": ("77", "<:super_blim:3>", "super_blim")})
    scanned = KernelScanner(compile_tables(catalogue)).scan(fold(content).text)
    assert [element.items for element in scanned.elements] == [(1,)]
    assert [fired for fired, _ in scanned.rules] == [rule]
    is_read_alike(content, Scanner(catalogue), KernelScanner(compile_tables(catalogue)))


def test_a_stock_emoji_is_as_doubtful_as_a_word() -> None:
    """One of Discord's own emoji may decorate, so an item of that name is a doubtful word."""
    (element,) = COMPILED.scan(":fire:").elements
    assert (element.doubt, element.text) == (Doubt.FUNCTION, ":fire:")


def test_a_correction_is_told_once_and_only_where_it_was_read() -> None:
    """Two like typos are told once; a corrected word that completes no name keeps its spelling."""
    scanned = COMPILED.scan("leopord leopord kikuko chromatik")
    assert scanned.corrections == (("leopord", "leopard"), ("kikuko", "kikoku"))
    assert scanned.elements[-1].role is Role.UNKNOWN
    is_read_alike("leopord leopord kikuko chromatik")


def test_corrections_are_bounded() -> None:
    """Beyond the most corrections a post gets, a typo is an unknown word."""
    content = "qzqzq " * MOST_CORRECTIONS + "leopord"
    assert COMPILED.scan(content).elements[-1].text == "leopord"
    is_read_alike(content)


def test_no_more_corrections_are_told_than_there_is_room_for() -> None:
    """Names are put right without end, but only so many typos are told."""
    typos = [f"bl{one}{two}ade" for one in "aeiouy" for two in "aeiouy"]
    content = " for ".join(f"dark {typo}" for typo in typos)
    scanned = COMPILED.scan(content)
    assert len(scanned.corrections) == MOST_CORRECTIONS
    is_read_alike(content)


@pytest.mark.parametrize("piece", ["а", "аb", "аааb"])
def test_a_word_too_long_for_any_list_is_unknown(piece: str) -> None:
    """A thousand look-alikes in a row are one unknown word; drawn out or not, they write over nothing."""
    is_read_alike(piece * 1_000)


def test_a_word_drawn_out_however_long_is_read() -> None:
    """A letter held a thousand times counts once, in whichever alphabet it is written."""
    assert [element.text for element in COMPILED.scan("cas" + "eе" * 500).elements] == ["case"]
    is_read_alike("cas" + "eе" * 500)


def test_an_element_knows_where_it_stands() -> None:
    """An element reaches from the first character of its first token to the last of its last."""
    desk, count, end = COMPILED.desk("all seeing eye for mc")
    made, _ = COMPILED.run(desk, count, end)
    spans = [(int(record.start), int(record.end)) for record in desk.elements[:made]]
    assert spans == [(0, 12), (12, 15), (15, 17)]
