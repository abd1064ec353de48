"""Settling: words with several meanings, by what stands beside them."""

from collections.abc import Callable

import pytest

from gpo_market.language.roles import Role
from tests.reference.elements import Element
from tests.reference.settling import settle

Scan = Callable[[str], list[Element]]


@pytest.mark.parametrize(
    ("content", "word", "role"),
    [
        ("h: or w: mc", "or", Role.ITEM),
        ("pika or mc", "or", Role.OR),
        ("we got 2 dragon", "we", Role.PLAIN),
        ("lf we", "we", Role.ITEM),
        ("we for mc", "we", Role.ITEM),
        ("we + mc for ase", "we", Role.ITEM),
        ("h: ase, we, mc", "we", Role.ITEM),
        ("ase, we want mc", "we", Role.PLAIN),
        ("dm we ase", "we", Role.PLAIN),
        ("soul for mc", "soul", Role.ITEM),
        ("my soul is tired", "soul", Role.PLAIN),
        ("gura ice for mc", "ice", Role.ITEM),
        ("h: gura ice", "ice", Role.ITEM),
        ("gura ice", "ice", Role.PLAIN),
        ("light, dark for mc", "light", Role.ITEM),
        ("for the soul", "soul", Role.ITEM),
        ("for a soul", "soul", Role.ITEM),
        ("offers soul for mc", "soul", Role.ITEM),
        ("dark matter for mc", "dark", Role.PLAIN),
        ("3 mc ea", "ea", Role.EACH),
        ("ea for mc", "ea", Role.ITEM),
        ("each dragon", "each", Role.PLAIN),
        ("h ase w mc", "h", Role.LABEL_HAVE),
        ("w 3 mc", "w", Role.LABEL_WANT),
        ("ase w mc", "w", Role.JOIN),
        ("big h", "h", Role.PLAIN),
        ("ase o mc", "o", Role.OR),
        ("troco o ase", "o", Role.PLAIN),
        ("2 - 3 mc", "-", Role.DASH),
        ("ase - mc", "-", Role.COMMA),
        ("2 to 3", "to", Role.DASH),
        ("ase to mc", "to", Role.FOR),
        ("walk to mc", "to", Role.PLAIN),
        ("mc to mc", "to", Role.PLAIN),
        ("offer 3 mc", "offer", Role.HAVE),
        ("ase offer", "offer", Role.OFFERS),
        ("it offered", "offered", Role.PLAIN),
        ("u selling", "u", Role.ANYONE),
        ("u ase", "u", Role.PLAIN),
        ("pc", "pc", Role.ASK),
        ("pc on my 2 ase", "pc", Role.ASK),
        ("play on pc now", "pc", Role.PLAIN),
        ("is ase for mc fair", "fair", Role.ASK),
        ("ase: 7 mc", ":", Role.FOR),
        ("up: ase", ":", Role.PLAIN),
        ("ase - 7 mc", "-", Role.FOR),
        ("ase - 7 - mc", "-", Role.COMMA),
        ("h: ase - 7 mc", "-", Role.COMMA),
        ("it - 7 mc", "-", Role.COMMA),
        ("ase vs mc wfl", "vs", Role.FOR),
        ("ase vs mc", "vs", Role.PLAIN),
        ("i got ase for mc wfl", "i got", Role.GOT),
        ("gave ase got mc wfl", "gave", Role.HAVE),
        ("gave ase got mc wfl", "got", Role.WANT),
        ("lc to mc 8:1", "to", Role.FOR),
        ("3 lc per mc", "per", Role.FOR),
        ("lc for it to mc 8:1", "to", Role.PLAIN),
        ("vendo kikoku en 1 mc", "en", Role.FOR),
        ("me 4 mc u dragon", "me", Role.LABEL_HAVE),
        ("me 4 mc u dragon", "u", Role.LABEL_WANT),
        ("w/l me cc them case", "them", Role.LABEL_WANT),
        ("me 4 mc for dragon", "me", Role.TAIL),
        ("ping me 4 mc u dragon", "u", Role.PLAIN),
        ("u dragon for 4 mc", "u", Role.PLAIN),
        ("anyone wanna trade cc? i have case", "anyone wanna trade", Role.WANT),
        ("anyone wanna trade cc? lol", "anyone wanna trade", Role.HAVE),
        ("anyone wanna trade cc for case? i have it", "anyone wanna trade", Role.HAVE),
        ("anyone wanna trade cc", "anyone wanna trade", Role.HAVE),
        ("anyone wanna trade a a a a a a a cc 2 2 2 2 2 2 2 2? i have it", "anyone wanna trade", Role.HAVE),
        ("dragon, 4 mc takes it", ",", Role.FOR),
        ("dragon\n4 mc + 2 lc takes it", "\n", Role.FOR),
        ("dragon, 4 mc takes it for lc", ",", Role.COMMA),
        ("nice, 4 mc takes it", ",", Role.COMMA),
        ("dragon, who takes it", ",", Role.COMMA),
        ("4 mc takes it", "takes it", Role.PLAIN),
        ("case for 5 ase +", "+", Role.ADDS),
        ("case for 5 ase + pls", "+", Role.ADDS),
        ("lf 5 ase +\nft case", "+", Role.ADDS),
        ("case for 5 ase +\nmc", "+", Role.JOIN),
        ("lol +", "+", Role.JOIN),
        ("any ase variant", "ase", Role.ANY),
        ("mc for ase variants", "variants", Role.PLAIN),
        ("nice variant", "variant", Role.PLAIN),
        ("buying case with 5 ase", "with", Role.FOR),
        ("lf case with 5 ase", "with", Role.FOR),
        ("lf mc w tori + 4 lc", "w", Role.FOR),
        ("h: case with 5 ase", "with", Role.JOIN),
        ("lf with ase", "with", Role.JOIN),
        ("wtb ase with mc lf pika", "with", Role.JOIN),
        ("we w 2 mc for cc", "w", Role.JOIN),
        ("lf upgrade for ase", "for", Role.PLAIN),
        ("w ev\nh lih", "ev", Role.ITEM),
        ("h 3 du\nw case + adds", "case", Role.ITEM),
        ("w or l? gave ev got lih", "ev", Role.ITEM),
        ("send me offers for my ase", "for", Role.PLAIN),
        ("send me offers for my ase", "send me offers", Role.OFFER_ON),
        ("ase send me offers for mc", "send me offers", Role.OFFERS),
    ],
)
def test_a_word_settles(content: str, word: str, role: Role, elements_of: Scan) -> None:
    """An alias that is a word counts where an item can stand; signs and letters by their neighbours."""
    settled = settle(elements_of(content))
    assert next(element for element in settled if element.text == word).role is role


def test_determiners_go(elements_of: Scan) -> None:
    """Articles and the like stand between nothing."""
    assert [element.text for element in settle(elements_of("the ase for a mc"))] == ["ase", "for a", "mc"]


def test_what_may_be_taken_is_wanted(elements_of: Scan) -> None:
    """Asking whether to take something says who would have it."""
    settled = settle(elements_of("should i take 6 mc for ase"))
    assert [element.role for element in settled][:3] == [Role.ASK, Role.WANT, Role.NUMBER]


def test_asking_whether_to_take_it_wants_nothing(elements_of: Scan) -> None:
    """Without an item right behind it, nothing is said to be wanted."""
    assert [element.role for element in settle(elements_of("should i take it"))].count(Role.WANT) == 0
