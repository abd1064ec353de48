"""Why a post was read as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue
from gpo_market.language import Explanation, Parser
from gpo_market.language.explaining import MOST_RULES
from gpo_market.language.limits import LONGEST_READ
from gpo_market.language.roles import Role
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from gpo_market.language.tokens import TokenKind

PARSER = Parser(packaged_catalogue())
ASE, CASE, MC = (
    packaged_catalogue().number(slug)
    for slug in ("all-seeing-eye", "chromatic-all-seeing-eye", "mythical-fruit-chest")
)
FANCY_ASE = "\U0001d5d4\U0001d5e6\U0001d5d8"
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["ase", "mc", "case", "for", "or", "lf", "w:", "h:", "2", "x3", "+", ",", "/", "leopord"]
    ),
    st.sampled_from(["zork", "<:ASE:1>", "7\ufe0f\u20e3", "\U0001d5d4se", "\u00bd", "fb", "adds", "nlf"]),
    st.sampled_from(["\n", "\ufdfa", "\u202e", "\ud800", "**ASE**"]),
)
POSTS = st.lists(PIECES, max_size=14).map(" ".join)


def mentions(explanation: Explanation, content: str) -> list[tuple[int, str, tuple[int, ...], float]]:
    """Give the mentions of a post as (quote, text, items, signed quantity)."""
    return [
        (one.quote, content[one.start : one.end], one.items, one.quantity) for one in explanation.mentions
    ]


def test_tokens_are_the_pieces_of_the_text_as_folded() -> None:
    """Each with its kind, and with its place in the text as it was handed in."""
    content = f"{FANCY_ASE} for 7️⃣ <:Mc:1>"
    tokens = PARSER.explain(content).tokens
    assert [(one.text, one.kind, content[one.start : one.end]) for one in tokens] == [
        ("ase", TokenKind.WORD, FANCY_ASE),
        ("for", TokenKind.WORD, "for"),
        ("7", TokenKind.NUMBER, "7️⃣"),
        ("<:mc:1>", TokenKind.EMOJI, "<:Mc:1>"),
    ]


def test_elements_are_what_was_understood_at_the_end() -> None:
    """Quantities stand with their items, typos are put right, and what is refused is gone."""
    content = "2 ASE for leopord or zork, nlf mc"
    elements = PARSER.explain(content).elements
    assert [(one.role, one.text, one.quantity, content[one.start : one.end]) for one in elements] == [
        (Role.ITEM, "ase", 2.0, "2 ASE"),
        (Role.FOR, "for", None, "for"),
        (Role.ITEM, "leopard", 1.0, "leopord"),
        (Role.OR, "or", None, "or"),
        (Role.UNKNOWN, "zork", 1.0, "zork"),
        (Role.COMMA, ",", None, ","),
    ]
    assert elements[0].items == (ASE,)
    assert [one.items for one in elements[1:] if one.role is not Role.ITEM] == [()] * 4


def test_rules_stand_in_the_order_in_which_they_decided() -> None:
    """Each with its sentence and the characters it was about."""
    content = "2 ase for mc"
    rules = PARSER.explain(content).rules
    assert [(one.rule, content[one.start : one.end]) for one in rules] == [
        (Rule.COUNTS_BEHIND_IT, "2"),
        (Rule.FOR_POINTS_ACROSS, "for"),
        (Rule.FIRST_IS_GIVEN, "2 ase"),
        (Rule.FOR_NAMES_OTHER_SIDE, "for"),
    ]
    assert [one.sentence for one in rules] == [SENTENCES[one.rule] for one in rules]


def test_mentions_stand_quote_by_quote_with_signed_quantities() -> None:
    """What is given is positive, what is wanted negative; a mention may stand in several quotes."""
    content = "2 ASE for CASE or 7 mc"
    explanation = PARSER.explain(content)
    assert mentions(explanation, content) == [
        (0, "2 ASE", (ASE,), 2.0),
        (0, "CASE", (CASE,), -1.0),
        (1, "2 ASE", (ASE,), 2.0),
        (1, "7 mc", (MC,), -7.0),
    ]
    assert [one.side for one in explanation.mentions] == ["give", "want"] * 2


def test_mentions_that_several_items_share_keep_them_all_and_their_alias() -> None:
    """The values tell later which is meant."""
    first, second = PARSER.explain("FB for 2 mc").mentions
    assert (len(first.items), first.alias, second.alias) == (3, "fb", "")


@pytest.mark.parametrize("content", ["", "good morning", "ase for $5", "lf carry 2 ase"])
def test_posts_without_trade_have_no_mentions(content: str) -> None:
    """Their pieces are told all the same."""
    explanation = PARSER.explain(content)
    assert explanation.mentions == ()
    assert bool(explanation.tokens) == bool(content)


def test_a_post_longer_than_is_read_is_explained_as_far_as_it_is_read() -> None:
    """And no more than MOST_RULES decisions are told."""
    explanation = PARSER.explain("lf " + "2 - 3 ase, " * LONGEST_READ)
    assert max(one.end for one in explanation.tokens) <= LONGEST_READ
    assert len(explanation.rules) == MOST_RULES
    assert explanation.reading.notes == (f"only the first {LONGEST_READ} characters were read",)


@settings(deadline=None)
@given(POSTS)
def test_explaining_changes_nothing_and_points_into_the_post(content: str) -> None:
    """Any text at all: the same reading, and every place is inside of it, tokens in their order."""
    explanation = PARSER.explain(content)
    assert explanation.reading == PARSER.parse(content)
    places = [
        (one.start, one.end)
        for part in (explanation.tokens, explanation.elements, explanation.mentions, explanation.rules)
        for one in part
    ]
    assert all(0 <= start < end <= len(content) for start, end in places)
    starts = [token.start for token in explanation.tokens]
    assert starts == sorted(starts)


@settings(deadline=None)
@given(POSTS)
def test_mentions_are_the_legs_of_the_reading(content: str) -> None:
    """As many, of the same items and quantities, side by side."""
    explanation = PARSER.explain(content)
    told: list[list[tuple[tuple[int, ...], float]]] = [[] for _ in explanation.reading.quotes]
    for one in explanation.mentions:
        told[one.quote].append((one.items, one.quantity))
    read = [
        [((leg.item,), leg.quantity) for leg in quote.give]
        + [((leg.item,), -leg.quantity) for leg in quote.want]
        + [(leg.readings, leg.quantity if leg.gives else -leg.quantity) for leg in quote.ambiguous]
        for quote in explanation.reading.quotes
    ]
    assert [sorted(one) for one in told] == [sorted(one) for one in read]
