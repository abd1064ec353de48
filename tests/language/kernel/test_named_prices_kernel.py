"""Words that name a price right behind an item: the rule that decides, and what it decides about."""

import pytest

from gpo_market.language.rules import Rule
from tests.language.kernel.settling import fired, settled, settled_plainly

NAMED = [(Rule.PRICE_NAMED, "price")]
ASKED = [(Rule.WORTH_ASKED_OF, "worth")]


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("lih, price 3 ase", NAMED),
        ("lih price 3 ase", NAMED),
        ("lih\nprice 3 ase", NAMED),
        ("lih (price 3 ase)", NAMED),
        ("price 3 ase", []),
        ("lih lol price 3 ase", []),
        ("lih, price ase", []),
        ("lih, price 3", []),
        ("is lih worth 3 ase?", ASKED),
        ("are 2 lih worth my ase?", ASKED),
        ("is lih worth 3 ase", []),
        ("lih worth 3 ase?", []),
        ("is lih worth it now?", []),
        ("is it worth 3 ase?", []),
    ],
)
def test_a_word_names_a_price(content: str, rules: list[tuple[Rule, str]]) -> None:
    """Only behind an item, before a count and an item; worth only in a question that begins with is."""
    assert [one for one in fired(content) if one[0] in (Rule.PRICE_NAMED, Rule.WORTH_ASKED_OF)] == rules
    assert settled(content) == settled_plainly(content)
