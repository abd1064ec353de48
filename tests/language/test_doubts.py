"""Doubtful aliases: items where items stand, words in sentences, held where nobody can tell."""

from collections.abc import Callable

import pytest

from gpo_market.language.doubts import settle_doubtful
from gpo_market.language.roles import Element, Role

Scan = Callable[[str], list[Element]]


@pytest.mark.parametrize(
    ("content", "word", "role"),
    [
        ("bos (2) for mc", "bos", Role.ITEM),
        ("bos [x2] for mc", "bos", Role.ITEM),
        ("bos (2x) for mc", "bos", Role.ITEM),
        ("we (2 of us) for mc", "we", Role.PLAIN),
        ("bos (yes) ase", "bos", Role.PLAIN),
        ("mp 4 lc", "mp", Role.ITEM),
        ("bs 4 lc", "bs", Role.ITEM),
        ("bs 2 lc", "bs", Role.UNKNOWN),
        ("bs, we", "bs", Role.PLAIN),
        ("bs and we + mc", "bs", Role.ITEM),
        ("bs and the mc", "bs", Role.ITEM),
        ("bs: 3 mc", "bs", Role.ITEM),
        ("ase for mc ea", "ea", Role.EACH),
        ("lf de ase", "de", Role.UNKNOWN),
        ("troca de ase", "de", Role.PLAIN),
        ("2 de mc", "de", Role.PLAIN),
        ("mc bs ir for ase", "bs", Role.UNKNOWN),
        ("mc bs ir for ase", "ir", Role.UNKNOWN),
        ("bs ir for case", "ir", Role.UNKNOWN),
        ("es 2 mc for ase", "es", Role.UNKNOWN),
        ("lf + de ase", "de", Role.ITEM),
        ("lf we ase", "we", Role.UNKNOWN),
        ("mc fr for ase", "fr", Role.UNKNOWN),
        ("mc fr lf ase", "fr", Role.TAIL),
        ("mc or, ase", "or", Role.OR),
        ("ase\nor and mc", "or", Role.OR),
        ("mc 3/ea", "ea", Role.EACH),
        ("dm we + ase", "we", Role.ITEM),
        ("dm we and ase", "we", Role.UNKNOWN),
        ("is we for ase", "we", Role.ITEM),
        ("is we for us", "we", Role.PLAIN),
        ("is ko for ase", "ko", Role.ITEM),
        ("nice ko for ase", "ko", Role.PLAIN),
        ("mc, nice ko for ase", "ko", Role.UNKNOWN),
        ("mc\nnice ko for ase", "ko", Role.PLAIN),
        ("nice ko + ase", "ko", Role.ITEM),
        ("nice ko 3 ase", "ko", Role.UNKNOWN),
        ("+ ko is ase", "ko", Role.ITEM),
        ("wts ko is ase", "ko", Role.ITEM),
        ("ase, and ko zork", "ko", Role.PLAIN),
        ("hey ko for ase", "ko", Role.ITEM),
        ("@someone ko for ase", "ko", Role.ITEM),
        ("trading ko now", "ko", Role.ITEM),
        ("we want love so much", "love", Role.PLAIN),
        (":fire: 3 mc", ":fire:", Role.PLAIN),
        ("sos 2 lc", "sos", Role.ITEM),
        ("ase for sos im on", "sos", Role.ITEM),
        ("ase for ko obviously", "ko", Role.ITEM),
        ("ase and ko im on", "ko", Role.ITEM),
        ("ase and ko obviously", "ko", Role.UNKNOWN),
        ("lf ko if cheap", "ko", Role.ITEM),
        ("ase for bs im on", "bs", Role.ITEM),
        ("ase for we im on", "we", Role.PLAIN),
        ("✅ ko for mc", "ko", Role.ITEM),
    ],
)
def test_a_doubtful_alias_settles(content: str, word: str, role: Role, elements_of: Scan) -> None:
    """Its neighbours decide; only beside items that are sure is one held."""
    elements = elements_of(content)
    settle_doubtful(elements)
    assert next(element for element in elements if element.text == word).role is role


def test_held_aliases_stay_mentions(elements_of: Scan) -> None:
    """A held alias is marked, so that no later reading takes it for talk."""
    elements = elements_of("bs 2 lc")
    settle_doubtful(elements)
    assert [element.held for element in elements] == [True, False, False]
