# ruff: noqa: RUF001 - some posts hold letters that look like others
"""What posts mean, rule by rule, on posts beyond the labelled ones."""

from collections.abc import Callable
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gpo_market.catalogue import packaged_catalogue
from gpo_market.events.readings import Kind, PostReading
from gpo_market.language import Parser
from gpo_market.language.limits import LONGEST_READ


class ShortReading(Protocol):
    """What the ``read`` fixture gives."""

    kind: str
    quotes: list[str]
    unknown: list[str]


Read = Callable[[str], ShortReading]
PARSER = Parser(packaged_catalogue())

SIDES = [
    ("trading dragon for leopard", ["dragon > leopard"]),
    ("ASE=>7MC", ["ase > 7 mc"]),
    ("7mc <- ase", ["ase > 7 mc"]),
    ("ASE 4 7MC", ["ase > 7 mc"]),
    ("2 ase & 3 mc 4 case", ["2 ase + 3 mc > case"]),
    ("H ASE W 7 MC", ["ase > 7 mc"]),
    ("H - ase, W - 7mc", ["ase > 7 mc"]),
    ("W 7 mc H ase", ["ase > 7 mc"]),
    ("[W] dragon [H] 3 mc", ["3 mc > dragon"]),
    ("H:\nase\npika\nW:\n7 mc", ["ase + pika > 7 mc"]),
    ("Have: Leopard, 3 MC\nWant: TSA or BOS", ["leopard + 3 mc > tsa", "leopard + 3 mc > bos"]),
    ("me: 3 mc\nthem: dragon + lc", ["3 mc > dragon + lc"]),
    ("my side: pika\nyour side: mc", ["pika > mc"]),
    ("offering 2 mc for leopard", ["2 mc > leopard"]),
    ("giving 5 ase + mc for case", ["5 ase + mc > case"]),
    ("ISO pika ft 3 lc", ["3 lc > pika"]),
    ("3 ase ft, lf case", ["3 ase > case"]),
    ("dragon for trade, want mc", ["dragon > mc"]),
    ("i want case, i have 5 ase", ["5 ase > case"]),
    ("i need pika i got 3 lc", ["3 lc > pika"]),
    ("who wants ase for 7mc", ["ase > 7 mc"]),
    ("anyone want ase for 7 mc", ["ase > 7 mc"]),
    ("anyone looking for pika? lf 3 lc", ["pika > 3 lc"]),
    ("anyone selling dragon for 3 mc?", ["3 mc > dragon"]),
    ("can someone trade me dragon for 3 mc", ["3 mc > dragon"]),
    ("u have dragon? i have 3 mc", ["3 mc > dragon"]),
    ("u give mc i give pika + lc", ["pika + lc > mc"]),
    ("ur ase and ur pika for my 7 mc", ["7 mc > ase + pika"]),
    ("7 mc for my ase?", ["ase > 7 mc"]),
    ("buying ur ase for my 7 mc", ["7 mc > ase"]),
    ("someone offered me 3 mc for my dragon", []),
    ("trading for dragon", ["any > dragon"]),
    ("who has pika", ["any > pika"]),
    ("LF dragon\nase for 7 mc", ["any > dragon", "ase > 7 mc"]),
    ("ase for 7 mc\nlf dragon", ["ase > 7 mc", "any > dragon"]),
    ("S> ase B> mc", ["ase > any", "any > mc"]),
    ("for my pika + lc, ur mc", ["pika + lc > mc"]),
    ("dragon, i have 3 mc", ["3 mc > dragon"]),
    ("selling 3 mc, selling pika", ["3 mc > any", "pika > any"]),
    ("dragon selling for 3 mc", ["dragon > 3 mc"]),
    ("still selling ase, lf mc", ["ase > mc"]),
    ("7 mc wtb for ase", ["ase > 7 mc"]),
]

BASKETS = [
    ("H: SASE + 2 ASE\nW: DU / LIH", ["sase + 2 ase > du", "sase + 2 ase > lih"]),
    ("dragon for 3 mc pika for 3 lc", ["dragon > 3 mc", "pika > 3 lc"]),
    ("dragon for 3 mc and pika for 3 lc", ["dragon > 3 mc", "pika > 3 lc"]),
    ("dragon for 3 mc or pika for 3 lc", ["dragon > 3 mc", "pika > 3 lc"]),
    ("dragon for 3 mc\nmochi, pika for 3 lc", ["dragon > 3 mc", "mochi + pika > 3 lc"]),
    ("1. dragon > 3 mc\n2. pika > 3 lc", ["dragon > 3 mc", "pika > 3 lc"]),
    ("Selling ase: 7mc, pika: 3lc", ["ase > 7 mc", "pika > 3 lc"]),
    ("[H] ase [W] 7 mc [H] pika [W] 3 lc", ["ase > 7 mc", "pika > 3 lc"]),
    ("trading dragon, leopard for 3 mc or offers", ["dragon + leopard > 3 mc", "dragon + leopard > any"]),
    ("H: ASE\nW: 7MC + ADDS / OFFERS", ["ase > 7 mc + adds", "ase > any"]),
    ("ase/case for offers", ["ase > any", "case > any"]),
    ("LF: ase | case | base", ["any > ase", "any > case", "any > base"]),
    ("lf ase mc pika", ["any > ase", "any > mc", "any > pika"]),
    ("offers on hase and base", ["hase + base > any"]),
    ("WTS:\n- ase\n- pika\nWTB:\n- dragon", ["ase > any", "pika > any", "any > dragon"]),
    ("dragon for any", ["dragon > any"]),
    ("H: ase W: any mythic", ["ase > any"]),
    ("H: all mythics W: case", ["any > case"]),
    ("what u offer for DU", ["du > any"]),
    ("paw for lc or ope for lc + mc", ["paw > lc", "ope > lc + mc"]),
    ("ase for mc for pika", ["ase > mc"]),
    ("WTB pika, adds", ["any > pika + adds"]),
]

QUANTITIES = [
    ("3️⃣ mc for dragon", ["3 mc > dragon"]),
    ("🔟 lc for mc", ["10 lc > mc"]),
    ("lc x 10 for 2 mc", ["10 lc > 2 mc"]),
    ("3xmc for dragon", ["3 mc > dragon"]),
    ("mc 3 for dragon", ["3 mc > dragon"]),
    ("pika 3x for dragon", ["3 pika > dragon"]),
    ("(2) ase for (1) case", ["2 ase > case"]),
    ("two ase for case", ["2 ase > case"]),
    ("1,000 lfb for 2 mc", ["1000 lfb > 2 mc"]),
    ("1,5k lfb for 2 mc", ["1500 lfb > 2 mc"]),
    ("ase + ase + mc for case", ["2 ase + mc > case"]),
    ("2 dragon for 3 mc ea", ["2 dragon > 6 mc"]),
    ("selling 3 dragon, 3 mc each", ["3 dragon > 9 mc"]),
    ("i pay 8 lc per mc", ["8 lc > mc"]),
    ("buying 2 dragon for 3 mc each", ["6 mc > 2 dragon"]),
    ("5+ mc for case", ["5 mc + adds > case"]),
    ("case for mc 5+", ["case > 5 mc + adds"]),
    ("1~2 mc for pika", ["mc + adds > pika"]),
    ("dragon for 2 or 3 mc", ["dragon > 2 mc + adds"]),
    ("dragon for 3mc-4mc", ["dragon > 3 mc + adds"]),
    ("dragon for 3 mc at 5pm lvl 425 90%", ["dragon > 3 mc"]),
    ("ase for 7 mc <@123456> #4", ["ase > 7 mc"]),
    ("0 mc for dragon", []),
]

ADDS = [
    ("dragon w/ adds for 3mc", ["dragon + adds > 3 mc"]),
    ("adds + ase for case", ["ase + adds > case"]),
    ("my ase + my adds for ur case", ["ase + adds > case"]),
    ("ase for 7 mc i can add", ["ase + adds > 7 mc"]),
    ("ase for 8 mc u add", ["ase > 8 mc + adds"]),
    ("DU for op", ["du > any + adds"]),
    ("H: ase W: op", ["ase > any + adds"]),
    ("ase for 7mc no op", ["ase > 7 mc"]),
    ("ase underpay for 6 mc", ["ase > 6 mc"]),
    ("pika + 5m peli for mera", ["pika + adds > mera"]),
    ("dragon for 10m or 3 mc", ["dragon > 3 mc"]),
    ("2m peli for lc", []),
]

NEGATION = [
    ("dragon for mc, dont offer lc", ["dragon > mc"]),
    ("H: dragon W: anything except lc, mc", ["dragon > any"]),
    ("WTB pika, no lc or mc", ["any > pika"]),
    ("lf sase (not hase)", ["any > sase"]),
    ("H: ase + pika nfs W: mc", ["ase > mc"]),
    ("H: ase, pika not for sale W: mc", ["ase > mc"]),
    ("nft ase, H: mc W: pika", ["mc > pika"]),
    ("NFS for 2 mc", ["nfs > 2 mc"]),
]

NAMES = [
    ("world enders for nfs", ["we > nfs"]),
    ("cupid queen's wings for 2 mc", ["qwings > 2 mc"]),
    ("cupid queens wings for 2 mc", ["qwings > 2 mc"]),
    ("law outfit for lc", ["law-fit > lc"]),
    ("candycane for case", ["cc > case"]),
    ("time-rift capsule for mc", ["trc > mc"]),
    ("hagoromo for case", ["lih > case"]),
    ("W: WE H: 3 lc", ["3 lc > we"]),
    ("we are trading ase for mc", ["ase > mc"]),
    ("co or ko for lc", ["co > lc", "ko > lc"]),
    ("ro, ko, co W: mc", ["ro + ko + co > mc"]),
    ("H: gold, light, dark W: mc", ["goru + pika + yami > mc"]),
    ("selling gold for mc, sea of light", ["goru > mc"]),
    ("EA + mc for ase", ["ea + mc > ase"]),
    ("3 lc for fr", ["3 lc > fr"]),
    ("dragon for 3 mc fr", ["dragon > 3 mc"]),
    ("<:WE:123> for <:OR:22> + <:love:5>", ["we > or + mero"]),
    (":fire: ase for 7 mc :fire:", ["ase > 7 mc"]),
    ("ase :arrow_right: mc", ["ase > mc"]),
    ("<:pepe:1> ase for mc", ["ase > mc"]),
    ("dragn for 3 mc", ["dragon > 3 mc"]),
    ("flower boquet for 4mc", ["fb > 4 mc"]),
    ("аsе for мс", ["ase > mc"]),
    ("🅰🇸🇪 for ᴍᴄ", ["ase > mc"]),
    ("op-op for lc", ["ope > lc"]),
]

LANGUAGES = [
    ("vendo ase por 7 mc", ["ase > 7 mc"]),
    ("compro dragon por 3 mc", ["3 mc > dragon"]),
    ("troco 2 ase e mc por case", ["2 ase + mc > case"]),
    ("alguem vende dragon? pago 3 mc", ["3 mc > dragon"]),
    ("não quero lc, ase por mc", ["ase > mc"]),
    ("ase por 7 mc ou ofertas", ["ase > 7 mc", "ase > any"]),
    ("acepto ofertas por du", ["du > any"]),
    ("vendo pika o mera por 3 lc", ["pika > 3 lc", "mera > 3 lc"]),
    ("busco dragon doy 3 mc", ["3 mc > dragon"]),
    ("куплю dragon за 3 mc", ["3 mc > dragon"]),
    ("ищу pika, отдам 3 lc", ["3 lc > pika"]),
    ("меняю ase и mc на case", ["ase + mc > case"]),
    ("ase или pika на 7 mc", ["ase > 7 mc", "pika > 7 mc"]),
    ("кто продает dragon", ["any > dragon"]),
]


@pytest.mark.parametrize(
    ("content", "quotes"),
    [*SIDES, *BASKETS, *QUANTITIES, *ADDS, *NEGATION, *NAMES, *LANGUAGES],
)
def test_a_post_means_these_quotes(content: str, quotes: list[str], read: Read) -> None:
    """Sides, baskets, quantities, adds, refusals, names and languages read as the rules say."""
    assert sorted(read(content).quotes) == sorted(quotes)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("selling ase for 500 robux", "cash"),
        ("ase for 7 mc or 10$", "cash"),
        ("no robux, ase for 7 mc", "offer"),
        ("lf carry", "service"),
        ("boosting bounty dm", "service"),
        ("pc on dragon", "question"),
        ("vc dragon?", "question"),
        ("join vc", "chatter"),
        ("whats ase worth", "question"),
        ("selling ase worth 7 mc", "offer"),
        ("is ase for 7mc fair", "question"),
        ("is 1 ase for 7 mc ok?", "question"),
        ("fair offers only, H: ase", "offer"),
        ("is dragon good for pvp?", "chatter"),
        ("sold ty", "deal"),
        ("dragon for 3 mc ✅", "deal"),
        ("✅ trusted H: ase W: 7 mc", "offer"),
        ("done trading for today", "chatter"),
        ("scammed me for 2 ase lol", "chatter"),
        ("got 2 ase today", "chatter"),
        ("got 2 ase, dm", "offer"),
        ("ty for the ase", "chatter"),
        ("how do i get ase", "chatter"),
        ("looking for friends to play with", "chatter"),
        ("my dragon is so cool", "chatter"),
        ("ase", "chatter"),
        ("", "chatter"),
        ("offers?", "offer"),
        ("2m peli for lc", "offer"),
        ("WTB galaxy umbrella", "offer"),
    ],
)
def test_a_post_is_for_this(content: str, kind: str, read: Read) -> None:
    """The first kind that fits is the post's."""
    assert read(content).kind == kind


@pytest.mark.parametrize(
    ("content", "quotes"),
    [
        ("ase for 7mc SOLD\npika for 3 lc", ["pika > 3 lc"]),
        ("~~ase for 7mc~~\ndragon for 3 mc", ["dragon > 3 mc"]),
        ("H: ase (sold), pika W: mc", ["pika > mc"]),
        ("sold ase, lf dragon", ["any > dragon"]),
        ("bought dragon for 3 mc", ["3 mc > dragon"]),
        ("sold pika", ["pika > any"]),
    ],
)
def test_sold_parts_leave_live_offers(content: str, quotes: list[str], read: Read) -> None:
    """What is sold or struck goes when something live stands beside it, and stays when not."""
    assert read(content).quotes == quotes


@pytest.mark.parametrize(
    ("content", "quotes", "unknown"),
    [
        ("2 ase + shiny hat for case", ["2 ase > case ?"], ["shiny hat"]),
        ("LF galaxy umbrella, ft ase", ["ase > nothing ?"], ["galaxy umbrella"]),
        ("WTS ase, golden crown, pika", ["ase > any", "pika > any"], ["golden crown"]),
        ("H: ase W: 7 mc, galaxy umbrella", ["ase > 7 mc ?"], ["galaxy umbrella"]),
        ("gura fooblade for pika", ["gura > pika ?"], ["fooblade"]),
        ("blade of doom for mc", ["nothing > mc ?"], ["blade of doom"]),
        ("2 dragonfruit for mc", ["nothing > mc ?"], ["dragonfruit"]),
        ("yoo tradrs ase for 7 mc trustd", ["ase > 7 mc"], []),
        ("dragon for 3 mc, trustd", ["dragon > 3 mc"], []),
        ("hb for mc", ["nothing > mc ?"], ["hb"]),
        ("fb for pika", ["flamingo-boat > pika"], []),
    ],
)
def test_words_nobody_knows_are_reported(
    content: str, quotes: list[str], unknown: list[str], read: Read
) -> None:
    """An unknown name in an item's place makes its quote incomplete; talk around items does not."""
    reading = read(content)
    expected = [quote.replace("flamingo-boat", "fb") for quote in quotes]
    assert (reading.quotes, reading.unknown) == (expected, unknown)


def test_corrections_and_cuts_are_noted() -> None:
    """A corrected typo, underpay and an overlong post are remarked on for people."""
    assert PARSER.parse("leopord for mc").notes == ("read leopord as leopard",)
    assert PARSER.parse("ase for 6 mc, underpay").notes == ("the poster speaks of underpay",)
    assert any(str(LONGEST_READ) in note for note in PARSER.parse("ase for mc " * 5000).notes)


def test_decoration_does_not_change_the_fingerprint() -> None:
    """Case, spacing, markdown, emoji and invisible characters make no difference to the normal form."""
    assert PARSER.normalise("**ASE**  for\n7\u200b MC 🔥") == PARSER.normalise("ase for 7 mc")
    assert PARSER.normalise("ase for 7 mc") != PARSER.normalise("ase for 8 mc")


def _is_sound(reading: PostReading) -> bool:
    quantities = [leg.quantity for quote in reading.quotes for leg in (*quote.give, *quote.want)]
    quantities += [mention.quantity for quote in reading.quotes for mention in quote.ambiguous]
    sides = [side for quote in reading.quotes for side in (quote.give, quote.want)]
    return (
        len(reading.quotes) <= 64
        and all(len(side) <= 64 for side in sides)
        and all(0 < quantity <= 1e9 for quantity in quantities)
        and all(not (quote.give_open and quote.give) for quote in reading.quotes)
        and all(not (quote.want_open and quote.want) for quote in reading.quotes)
        and all(not (quote.give_open and quote.want_open) for quote in reading.quotes)
    )


WORDS = st.sampled_from(
    [
        "ase",
        "mc",
        "fb",
        "hb",
        "we",
        "or",
        "case",
        "for",
        "->",
        "<-",
        ">",
        "+",
        "&",
        ",",
        "/",
        "|",
        "//",
        "or",
        "and",
        "with",
        "h:",
        "w:",
        "[h]",
        "lf",
        "ft",
        "wts",
        "wtb",
        "my",
        "ur",
        "each",
        "ea",
        "x",
        "3x",
        "x2",
        "2k",
        "1.5m",
        "5+",
        "2-3",
        "op",
        "adds",
        "offers",
        "any",
        "no",
        "nlf",
        "nfs",
        "sold",
        "done",
        "✅",
        "~~",
        "galaxy",
        "umbrella",
        "leopord",
        "robux",
        "w/f/l",
        "?",
        "!",
        ".",
        "\n",
        "(",
        ")",
        "<:ASE:1>",
        ":mc:",
        "0",
        "1e9",
        "99999999999999999999",
        "anyone",
        "selling",
        "got",
        "u",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_without_error(content: str) -> None:
    """Every string has a sound reading, the same each time, and a normal form that is its own."""
    reading = PARSER.parse(content)
    assert _is_sound(reading)
    assert PARSER.parse(content) == reading
    assert reading.quotes == () or reading.kind in (Kind.OFFER, Kind.DEAL, Kind.QUESTION)
    normal = PARSER.normalise(content)
    assert PARSER.normalise(normal) == normal


@pytest.mark.parametrize(
    "content",
    ["a" * 10**7, "<:a:" * 10**5, "," * 10**5, "or " * 10**5, "1," * 10**5, "-" * 10**5, "no ase " * 10**4],
)
def test_hostile_text_is_chatter(content: str) -> None:
    """Megabytes of one sign are read to a limit and mean nothing."""
    assert PARSER.parse(content).kind is Kind.CHATTER


def test_quotes_and_legs_are_capped() -> None:
    """A post of endless alternatives or items gives at most 64 quotes of at most 64 legs."""
    alternatives = " or ".join(f"{count} mc" for count in range(1, 200))
    assert len(PARSER.parse(f"ase for {alternatives}").quotes) == 64
    items = " + ".join(item.name for item in packaged_catalogue().items)
    (quote,) = PARSER.parse(f"H: {items} W: ase").quotes
    assert len(quote.give) == 64
    assert not quote.complete
    trades = "\n".join(f"{count} ase for {count} mc" for count in range(1, 200))
    assert len(PARSER.parse(trades).quotes) == 64


class LastOneTaken(list[object]):
    """Looks as if it held something, as a list does while another thread takes the last."""

    def __bool__(self) -> bool:
        """Promise."""
        return True


def test_threads_may_take_the_last_buffers_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes too late gets buffers of its own."""
    parser = Parser(packaged_catalogue())
    for desks in ("_desks", "_batch_desks"):
        monkeypatch.setattr(parser, desks, LastOneTaken())
    assert parser.parse("1 ase for 7 mc") == parser.parse_many(["1 ase for 7 mc"]).post(0)
