"""Words that turn what stands beside them: the rule that decides, and what it decides about."""

import pytest

from gpo_market.language.kernel.turning import LONGEST_PRICE, LONGEST_QUESTION
from gpo_market.language.rules import Rule
from tests.language.kernel.settling import fired, settled, settled_plainly

OWNERS = [(Rule.OWNERS_LABEL_BOTH, "me"), (Rule.OWNERS_LABEL_BOTH, "u")]


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        ("me 4 mc u dragon", OWNERS),
        ("me 4 mc\nu dragon", OWNERS),
        ("u dragon, me 4 mc", OWNERS),
        ("me 4 mc", []),
        ("ping me 4 mc u dragon", [(Rule.YOU_SPOKEN_TO, "u")]),
        ("me too, u dragon", [(Rule.YOU_SPOKEN_TO, "u")]),
        ("anyone wanna trade ase? i have mc", [(Rule.ASKED_IS_WANTED, "anyone wanna trade")]),
        ("anyone wanna trade ase? lol", []),
        ("anyone wanna trade ase for lc? i have mc", []),
        ("anyone wanna trade ase", []),
        ("any ase variant", [(Rule.VARIANT_MEANS_ANY, "asevariant")]),
        ("variant ase", []),
        ("nice variant", []),
        ("ase, 4 mc takes it", [(Rule.TAKER_NAMES_PRICE, ",")]),
        ("ase. 4 mc + lc gets it", [(Rule.TAKER_NAMES_PRICE, ".")]),
        ("ase for lc, 4 mc takes it", []),
        ("nice, 4 mc takes it", []),
        ("ase, who takes it", []),
        ("4 mc takes it", []),
        ("takes it", []),
    ],
)
def test_a_word_turns_what_stands_beside_it(content: str, rules: list[tuple[Rule, str]]) -> None:
    """Only where both owners, an answer, an item or a price stand beside it."""
    assert fired(content) == rules
    assert settled(content) == settled_plainly(content)


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_how_far_is_looked_is_the_same(more: int) -> None:
    """Both readers stop after as many elements, so that a post is read in linear time."""
    question = f"anyone wanna trade {'mc ' * (LONGEST_QUESTION + more)}? i have ase"
    price = f"ase, {'mc ' * (LONGEST_PRICE + more)}takes it"
    for content in (question, price):
        assert settled(content) == settled_plainly(content)
