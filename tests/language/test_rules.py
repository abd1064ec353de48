"""Every rule can be told, and decides about a post when it is read from its characters to its quotes."""

from collections.abc import Callable

import pytest

from gpo_market.catalogue import Catalogue
from gpo_market.language import Explanation, Parser
from gpo_market.language.rule_sentences import SENTENCES
from gpo_market.language.rules import Rule
from tests.language.rule_examples import rule_examples

EXAMPLES = rule_examples()
RULES = [rule for rule in Rule if rule is not Rule.NONE]
EMOJI_RULES = {Rule.EMOJI_BY_ID: "<:star:77> for mc", Rule.EMOJI_BY_NAME: "<:hero:5> for mc"}


def fired(explanation: Explanation) -> set[Rule]:
    """Give the rules that decided about a post."""
    return {decision.rule for decision in explanation.rules}


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.name.lower())
def test_every_rule_has_a_sentence(rule: Rule) -> None:
    """It says in one line what was decided."""
    assert rule in SENTENCES, f"SENTENCES of language/rules.py lacks {rule.name}"
    assert SENTENCES[rule].strip()
    assert "\n" not in SENTENCES[rule]


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule not in EMOJI_RULES], ids=lambda rule: rule.name.lower()
)
def test_every_rule_decides_about_a_whole_post(rule: Rule, parser: Parser) -> None:
    """It is told with the characters that it was about."""
    assert rule in EXAMPLES, f"no RULE_EXAMPLES of tests/language/kernel has {rule.name}: add a post"
    explanations = [parser.explain(content) for content in EXAMPLES[rule]]
    assert rule in set().union(*map(fired, explanations)), (
        f"{rule.name} decides about none of {EXAMPLES[rule]} as a whole post: add one to WHOLE_POSTS"
    )


@pytest.mark.parametrize(("rule", "content"), EMOJI_RULES.items(), ids=lambda given: str(given)[:12])
def test_emoji_that_the_list_names_are_told(
    rule: Rule, content: str, listed: Callable[..., Catalogue]
) -> None:
    """By id and by name."""
    catalogue = listed(("Star",), ("Mythic", "mc"), emoji={"Star": ("77", "hero")})
    assert rule in fired(Parser(catalogue).explain(content))


@pytest.mark.parametrize("content", sorted({post for posts in EXAMPLES.values() for post in posts}))
def test_decisions_are_about_characters_of_the_post(content: str, parser: Parser) -> None:
    """None of them is empty, and none lies outside."""
    places = [(one.start, one.end) for one in parser.explain(content).rules]
    assert [place for place in places if not 0 <= place[0] < place[1] <= len(content)] == []
