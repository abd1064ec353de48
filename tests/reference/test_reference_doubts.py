"""Doubtful aliases: items where items stand, words in sentences, held where nobody can tell."""

from collections.abc import Callable

import pytest

from gpo_market.language.roles import Role
from tests.reference.doubts import settle_doubtful
from tests.reference.elements import Element

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
        ("bs - 3 mc", "bs", Role.ITEM),
        ("bos - 3 mc", "bos", Role.ITEM),
        ("bos - mc", "bos", Role.PLAIN),
        ("bos to 3 mc", "bos", Role.PLAIN),
        ("bos anyone? mc for it", "bos", Role.ITEM),
        ("bos anyone nice", "bos", Role.PLAIN),
        ("giving mc on bos", "bos", Role.ITEM),
        ("giving mc on bos sometimes", "bos", Role.PLAIN),
        ("walking on bos", "bos", Role.PLAIN),
        ("du for de, can add mp", "mp", Role.ITEM),
        ("want ev no lowballs", "ev", Role.ITEM),
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
        ("fair ko for mc", "ko", Role.PLAIN),
        ("ase for zork ko it", "ko", Role.UNKNOWN),
        ("i give 7 ko you give mc", "ko", Role.ITEM),
        ("i give ase & fs you give mc", "fs", Role.ITEM),
        ("i give sr & fs you give ase x10", "fs", Role.ITEM),
        ("i give lfb (2) & 7 ko u give mc", "ko", Role.ITEM),
        ("i give 7 ko you get mc", "ko", Role.ITEM),
        ("7 ko you know", "ko", Role.PLAIN),
        ("i give ase sr you give mc", "sr", Role.UNKNOWN),
        ("ir x10 > tomoe drums (12)", "ir", Role.ITEM),
        ("yo ir x10 for mc", "ir", Role.ITEM),
        ("is ir x10 for mc fair", "ir", Role.ITEM),
        ("is bos x10 for mc fair", "bos", Role.ITEM),
        ("nice ir x10 for mc", "ir", Role.PLAIN),
        ("coffin for ase\nfs x10 for 10 yb", "fs", Role.ITEM),
        ("my buddha x12 for ur 2x cupid headband, sr x5", "sr", Role.ITEM),
        ("ase fs x2", "fs", Role.ITEM),
        ("ase fs x2 mc", "fs", Role.TAIL),
        ("ase fs x nice", "fs", Role.TAIL),
        ("ase or x2", "or", Role.OR),
        ("h: ase w: crab cutlass (12) or offers", "or", Role.OR),
        ("h: ase w: crab cutlass x12 or offers", "or", Role.OR),
        ("h: ase w: crab cutlass 12 or offers", "or", Role.OR),
        ("h: ase w: x12 or offers", "or", Role.ITEM),
        ("h: ase w: 2 or", "or", Role.ITEM),
        ("lf guru\nprestige bag\nir pls", "ir", Role.ITEM),
        ("wts troll + 4 pika\nmt dm me", "mt", Role.ITEM),
        ("ft ase, sr lf mc", "sr", Role.ITEM),
        ("ft ase, we lf mc", "we", Role.PLAIN),
        ("mc fr, ase", "fr", Role.UNKNOWN),
        ("ase, fr, mc", "fr", Role.UNKNOWN),
        ("lf ase, we pls", "we", Role.PLAIN),
        ("h: ase w: 3 paw, mero + adds", "mero", Role.ITEM),
        ("ase, mero adds", "mero", Role.PLAIN),
        ("vc bb", "bb", Role.ITEM),
        ("yo pc on bb", "bb", Role.ITEM),
        ("join vc bb", "bb", Role.PLAIN),
        ("vc love it", "love", Role.PLAIN),
        ("is glint (3) & ase for mc fair", "glint", Role.ITEM),
        ("is trident and ase for mc fair", "trident", Role.ITEM),
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
