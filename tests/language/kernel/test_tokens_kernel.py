# ruff: noqa: RUF001 - these tests are about characters that look like others
"""The compiled cutting: the same tokens as the plain one, with their values and places."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gpo_market.events.compiling import plain as plain_form
from gpo_market.language.cutting import cut, folded_text
from gpo_market.language.folding import fold
from gpo_market.language.kernel import tokens
from gpo_market.language.kernel.characters import characters_of
from gpo_market.language.kernel.hashing import hash_of
from gpo_market.language.kernel.records import NOTHING, TOKEN, Records, blank_records
from gpo_market.language.kernel.tokens import Text, blank_text
from gpo_market.language.kernel.tracing import blank_trace
from gpo_market.language.limits import LARGEST_QUANTITY
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import Token, TokenKind
from tests.language.kernel.corpus import CORPORA, posts_of
from tests.language.kernel.entries import entry_of
from tests.reference import tokens as plain
from tests.reference.tokens import number_value

tokenise = entry_of(tokens.tokenise)

RULE_EXAMPLES: dict[Rule, str] = {
    Rule.LINE_HEAD: "trading\n- ase for mc",
    Rule.LINK: "ase see https://example.com/ase.png",
    Rule.MENTION: "<@123> ase for mc",
    Rule.MARKDOWN: "**ase** for mc",
    Rule.HYPHEN: "time-rift for mc",
    Rule.APOSTROPHE: "king's scarf for mc",
    Rule.EMOJI: "<:ASE:12> for mc",
    Rule.CASH: "ase for $15",
    Rule.RATIO: "mc for lc 1:4",
    Rule.TIME: "ase for mc in 10 minutes",
    Rule.SHARE: "90% done with ase",
    Rule.LEVEL: "lvl 425 ase",
    Rule.RANK: "1st ase",
    Rule.SET_PHRASE: "24/7 ase for mc",
    Rule.VERSION: "v2.1 ase",
    Rule.WORD_WITH_DIGIT: "any1 ase",
    Rule.TIMES_SIGN: "mcx3 for ase",
    Rule.DIGITS_GROUPED: "1,000 mc for ase",
    Rule.DECIMAL_COMMA: "1,5k mc for ase",
    Rule.NUMBER_SHORTENED: "2k mc for ase",
    Rule.LARGEST_QUANTITY: "99999999999 mc for ase",
    Rule.ARROW: "ase --> mc",
}

WRITTEN = """http https :// www . discord .gg/ < @ ! & # 12 5 1 0 234 1:5 5:1 : a am pm p x k kk m b v
    lvl level no some every any 4 sale trade - = ~ > | * _ ` ' " \\ / // 24/7 10/10 % $ € r$
    r , 000 + min minutes h d s st th id: t: ase mc CASE é ж ½ → ↔ 🔥 ٧ １ ( ) ? server season
    update -# 1. 2) 1,5k ² 一 ﷺ 𝗔 7️⃣ ᴀ’s mochi trident <:ase:12> <a:b:1> :ase: <t:5:R>
    </a:1> for w h""".split()  # noqa: SIM905 - a list of them fills a page
PIECES = [
    *WRITTEN,
    " ",
    "  ",
    "\n",
    "\t",
    "\u200b",
    "at ",
    "by ",
    "til ",
    "till ",
    "level ",
    "\n> ",
    "\n- ",
    "\x00",
    "\x1c",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join)


@dataclass(frozen=True)
class Cut:
    """A cut post: its token records, and the buffers they point into."""

    content: str
    text: Text
    records: Records
    notes: list[tuple[int, int, int]]

    def letters(self, token: object) -> str:
        """Give a token's cleaned text."""
        return "".join(map(chr, self.text.letters[token.letters_start : token.letters_end]))  # type: ignore[attr-defined]


def cut_whole(content: str) -> Cut:
    """Cut a post and note every rule."""
    text = blank_text(len(content))
    count = folded_text(content, text.letters, text.origins)
    records, trace = blank_records(TOKEN, count + 1), blank_trace(count + 8)
    found, letters_end = tokenise(text, count, records, trace)
    assert found == 0 or max(token.letters_end for token in records[:found]) <= letters_end
    notes = [tuple(map(int, row)) for row in trace[1 : trace[0, 0] + 1]]
    return Cut(
        content, text, records[:found].view(np.recarray), [(rule, start, end) for rule, start, end in notes]
    )


def agree(content: str) -> None:
    """Check all that the kernel says of a post against the plain cutting."""
    wanted = plain.tokenise(fold(content).text)
    whole = cut_whole(content)
    assert cut(content) == wanted
    assert [int(token.kind) for token in whole.records] == [int(token.kind) for token in wanted]
    end = 0
    for record, token in zip(whole.records, wanted, strict=True):
        assert (whole.letters(record), bool(record.glued), int(record.word)) == (
            token.text,
            token.glued,
            NOTHING,
        )
        assert int(record.hash) == plain_form(hash_of)(characters_of(token.text), 0, len(token.text))
        assert float(record.amount) == (number_value(token.text) if token.kind is TokenKind.NUMBER else 0.0)
        ratio = token.text.split(":") if token.kind is TokenKind.RATIO else [0, 0]
        assert [int(record.ratio_first), int(record.ratio_second)] == list(map(int, ratio))
        assert int(record.start) < int(record.end) <= len(content)
        assert end <= int(record.end)
        end = int(record.end)
    check_places(whole)


def check_places(whole: Cut) -> None:
    """Check that what a token stands for in the original reads as the token does."""
    for record in whole.records:
        if int(record.kind) != TokenKind.SIGN:
            original = fold(whole.content[int(record.start) : int(record.end)]).text
            assert whole.letters(record) in original.replace("'", "")


@pytest.mark.parametrize("corpus", CORPORA)
def test_posts_are_cut_as_by_the_plain_cutting(corpus: str) -> None:
    """Every labelled post, and thousands of made ones, give the same tokens."""
    posts = posts_of(corpus)
    assert len(posts) >= CORPORA[corpus]
    for content in posts:
        agree(content)


@settings(max_examples=400)
@given(TEXTS)
@example("discord.gg/abc discord.gg www.x http://a https:/ <id:browse> <id:> <t:5:RR> <t:x> <t:5> <#x> </a")
@example("1,000,0000 1,0000 1,000.5k 1,5b 12345678901234567,5k 1.2345678901234567 123456789012345.999k 2kkx")
@example("at 1:5 hat 1:5 by 5:1 til 1:5 until 1:5 till 1:5 1:5pm 1:5 am 1:5. 1:5.5 1:05 0:5 12345:1 1:99999")
@example("-----> ----> ===>> ~~~~>> ->>> <---> <-> <~ ~~~ >>> = =>= // /// ///// < <= <==")
@example("<< <<< <<- <<a <<a:b:1> <<:b:1> <<<:b:1> <<@1> <<<#1> <<<a: a<<b <<")
@example(
    "v1.2b v1b v1. v1.2.3 v1.22b_ xv1 any1 any12 any1a 4sale 4sales 14sale 4trade_ no1 x5 5x 5xbox 3x3 lvlx5"
)
@example(
    "</a b:12> </a:b:1> </" + "a" * 64 + ":1> </" + "a" * 65 + ":1> </:1> </a:1 <@!1> <@&1> <#1> <@> <t:-1:R>"
)
@example(
    "<:" + "a" * 64 + ":1> <:" + "a" * 65 + ":1> <:a:" + "1" * 25 + "> :a: :ab: :ab:c a:ab: :1b: :ab:_ :a b:"
)
@example("$1234567890123456789 12345678901234567$ 1.2.3m € 5 % 5% 5.5 % 5,5% r$ xr$ r$5 £5k 5k £")
@example(
    "@a @ab @" + "b" * 40 + " # 4 #4 #a 5 am 5am 5amx 5 minutes 5 minutesx 5s 5sx 5_ 5h_ 1st 1 st 425 lvl"
)
@example("  - a\n\t* b\n-# c\n-#d\n#### e\n### f\n>>>> g\n>>> h\n12) i\n123. j\n1.k\n>l\n-m\n> ")
def test_texts_of_trade_are_cut_as_by_the_plain_cutting(content: str) -> None:
    """Any mixture of trade words, signs, numbers and raw characters gives the same tokens."""
    agree(content)


@given(st.text(max_size=60))
def test_any_text_is_cut_as_by_the_plain_cutting(content: str) -> None:
    """Whatever the text, the tokens are the same."""
    agree(content)


@given(st.from_regex(r"[0-9.,:kmbx $%/apmhs]{1,24}", fullmatch=True))
def test_any_number_is_cut_as_by_the_plain_cutting(content: str) -> None:
    """Whatever stands around digits, the tokens and values are the same."""
    agree(content)


@pytest.mark.parametrize("rule", RULE_EXAMPLES)
def test_a_rule_fires_on_its_example(rule: Rule) -> None:
    """Each rule is noted on a post that it is about, at characters of that post, and can be told."""
    whole = cut_whole(RULE_EXAMPLES[rule])
    fired = {noted: (start, end) for noted, start, end in whole.notes}
    assert rule in fired
    start, end = fired[rule]
    assert 0 <= start < end <= len(whole.content)
    assert SENTENCES[rule]


def test_every_rule_of_cutting_has_an_example() -> None:
    """No rule below 40 goes without a post."""
    assert set(RULE_EXAMPLES) == {rule for rule in Rule if 0 < rule < 40}


@pytest.mark.parametrize(
    ("content", "rule", "noted"),
    [
        ("see https://x.yz/a now", Rule.LINK, "https://x.yz/a"),
        ("a\n> b", Rule.LINE_HEAD, "> "),
        ("𝟐𝐤 mc", Rule.NUMBER_SHORTENED, "𝟐𝐤"),
        ("a → b", Rule.ARROW, "→"),
        ("lfbx450", Rule.TIMES_SIGN, "x"),
    ],
)
def test_a_rule_is_noted_where_it_decided(content: str, rule: Rule, noted: str) -> None:
    """Notes point at characters of the original post."""
    places = [(start, end) for one, start, end in cut_whole(content).notes if one == rule]
    assert noted in [content[start:end] for start, end in places]


def test_nothing_is_noted_where_nobody_asked() -> None:
    """A trace without rows stays empty, and the tokens are the same."""
    text = blank_text(8)
    count = folded_text("2k -> mc", text.letters, text.origins)
    records, trace = blank_records(TOKEN, 9), blank_trace(0)
    assert tokenise(text, count, records, trace)[0] == 3
    assert trace.size == 0


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("𝗔𝗦𝗘 for 7️⃣ MC", ["𝗔𝗦𝗘", "for", "7️⃣", "MC"]),
        ("A\u200bSE ½", ["A\u200bSE", "½", "½", "½"]),
        ("a\n> king’s", ["a", "\n> ", "king’s"]),
        ("ase→case", ["ase", "→", "case"]),
    ],
)
def test_tokens_stand_for_characters_of_the_original(content: str, places: list[str]) -> None:
    """Invisible marks behind a character belong to it; what one character became has its place."""
    assert [content[token.start : token.end] for token in cut_whole(content).records] == places


def test_buffers_are_used_again_without_a_trace_of_the_post_before() -> None:
    """A short post behind a long one reads as if it were alone."""
    text, records, trace = blank_text(64), blank_records(TOKEN, 64), blank_trace(0)
    for content in ("1:5:5:5 <:ase:12> king's $5k 12345", "1", "x", "<", ":a", "1,", ""):
        count = folded_text(content, text.letters, text.origins)
        found, _ = tokenise(text, count, records, trace)
        texts = [
            "".join(map(chr, text.letters[one.letters_start : one.letters_end])) for one in records[:found]
        ]
        assert texts == [token.text for token in plain.tokenise(fold(content).text)]


def test_hostile_texts_are_cut_as_by_the_plain_cutting() -> None:
    """Thousands of beginnings without an end, and numbers without one, give the same tokens."""
    for piece in (
        "<",
        ":",
        "1",
        "x",
        "www.",
        "<@1",
        "1:",
        "-",
        "'",
        "</a:",
        "1,000,",
        "v1.",
        ">",
        "@",
        "\n- ",
        "#1 ",
    ):
        content = piece * 3_000
        assert cut(content) == plain.tokenise(fold(content).text)


def test_the_largest_quantity_is_the_most_a_number_counts() -> None:
    """However large a number is written, it counts as the largest quantity."""
    amounts = [
        float(token.amount) for token in cut_whole("9999999999 5b " + "9" * 400 + " 2kkk 12345m").records
    ]
    assert amounts.count(LARGEST_QUANTITY) == 4


def test_cutting_gives_tokens_of_the_plain_kind() -> None:
    """The Python form gives what words of a list are cut by."""
    assert cut("Hito, Model") == [
        Token(TokenKind.WORD, "hito", glued=False),
        Token(TokenKind.SIGN, ",", glued=True),
        Token(TokenKind.WORD, "model", glued=False),
    ]
