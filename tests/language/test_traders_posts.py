# ruff: noqa: RUF001 - some posts hold letters that look like others
"""Posts as traders write them: caps, slang, emoji, brackets, several lines, other languages."""

from collections.abc import Callable
from typing import Protocol

import pytest


class ShortReading(Protocol):
    """What the ``read`` fixture gives."""

    kind: str
    quotes: list[str]
    unknown: list[str]


Read = Callable[[str], ShortReading]

OFFERS = [
    ("TRADING 5 ASE FOR CASE DM ME FASTTT", ["5 ase > case"]),
    ("H: 3x MC (2x LC) | W: DRAGON PLS 🙏", ["3 mc + 2 lc > dragon"]),
    ("yo anyone got tsa? i got 12 mc + pika 🔥🔥", ["12 mc + pika > tsa"]),
    ("Have:\n• 3 mc\n• 2 ase\n• WE\n\nWant:\n• CASE\n• TSA", ["3 mc + 2 ase + we > case + tsa"]),
    (
        "**H:** Case + 2 Mc\n**W:** Lih / Du / Sase",
        ["case + 2 mc > lih", "case + 2 mc > du", "case + 2 mc > sase"],
    ),
    ("lf>> dragon\nft>> 3mc or leopard+lc", ["3 mc > dragon", "leopard + lc > dragon"]),
    ("my 4 ase + ur adds for ur case?", ["4 ase > case + adds"]),
    ("CC (3) + CASE (1) FOR PFD", ["3 cc + case > pfd"]),
    ("BB [2] for 9 mc", ["2 bb > 9 mc"]),
    ("DE (x2) for 2 DU", ["2 de > 2 du"]),
    ("yo DU + 2 mc for LIH", ["du + 2 mc > lih"]),
    ("TF, SR and 3 mc for ase", ["tf + sr + 3 mc > ase"]),
    ("H: 2 mc SOS W: DFR", ["2 mc + sos > dfr"]),
    ("H: MC, DU, FR W: CASE", ["mc + du + fr > case"]),
    ("Trading 2 MC, SOS, LC for BOS", ["2 mc + sos + lc > bos"]),
    ("selling light 3 lc each pm", ["pika > 3 lc"]),
    ("wts 5 mc, 8 lc ea", ["5 mc > 40 lc"]),
    ("mc x3 / lc x20 for dragon", ["3 mc > dragon", "20 lc > dragon"]),
    ("W: MC X10 // ASE X2\nH: SASE", ["sase > 10 mc", "sase > 2 ase"]),
    ("lf 10-12 mc for my ase + lc", ["ase + lc > 10 mc + adds"]),
    ("ase for 7/8 mc", ["ase > 7 mc + adds"]),
    ("2ase->15mc", ["2 ase > 15 mc"]),
    ("trade 6 mc 4 ase", ["6 mc > ase"]),
    ("ase = 7 mc, pika = 3 lc", ["ase > 7 mc", "pika > 3 lc"]),
    ("mc for lc 1:9 dm", ["mc > 9 lc"]),
    ("lc to mc? 10 lc for 1 mc", ["10 lc > mc"]),
    ("trading pika (no mera pls) for 3 lc", ["pika > 3 lc"]),
    ("H: tsa\nW: 12 mc / ase + 5 mc / offers\nNLF cc", ["tsa > 12 mc", "tsa > ase + 5 mc", "tsa > any"]),
    ("H: leo W: dragon or mc + small adds", ["leopard > dragon", "leopard > mc + adds"]),
    ("Ase 4 7mc or 2 dragons", ["ase > 7 mc", "ase > 2 dragon"]),
    ("LF BOS / SOS / DFR\nFT 8 MC EACH", ["8 mc > bos", "8 mc > sos", "8 mc > dfr"]),
    ("offering 3 ase + overpay for lih", ["3 ase > lih + adds"]),
    ("wtt my venom for ur mochi (i add lc)", ["venom + lc > mochi"]),
    ("any1 selling sase?? paying 3 ase + 4 mc", ["3 ase + 4 mc > sase"]),
    ("prestige fruitbag for 2x ase nty lowballs", ["pbag > 2 ase"]),
    ("ase + 3 mc ➡️ base", ["ase + 3 mc > base"]),
    ("LF: 𝗗𝗥𝗔𝗚𝗢𝗡 FT: 𝟯 𝗠𝗖", ["3 mc > dragon"]),
    ("<:MC:11> <:MC:11> <:MC:11> for <:dragon:12>", ["3 mc > dragon"]),
    ("2️⃣ <:ASE:5> ➕ 1️⃣ <:MC:11> = <:CASE:9>", ["2 ase + mc > case"]),
    ("H: lepoard, draogn W: 4 mc", ["leopard + dragon > 4 mc"]),
    ("need 2 mc fast, can give 17 lc", ["17 lc > 2 mc"]),
    ("looking for base or hase, i have 3 ase", ["3 ase > base", "3 ase > hase"]),
    ("trading everything except case for tsa", ["any > tsa"]),
    ("ase for 7 mc. also wtb pika", ["ase > 7 mc", "any > pika"]),
    ("S: pika, mera\nB: 3 lc", ["pika > any", "mera > any", "any > 3 lc"]),
    ("trading WE and CC for PFD no lowballs", ["we + cc > pfd"]),
    ("mp 4 lc pls", ["mp > lc"]),
    ("CO & RO for 1 MC", ["co + ro > mc"]),
    ("clean light + dark for 2 mc", ["pika + yami > 2 mc"]),
    ("got 3 tori lf venom", ["3 tori > venom"]),
    ("dragon + 2m peli for mc", ["dragon + adds > mc"]),
    ("10 LC 1 PIKA FOR 2 MC", ["10 lc + pika > 2 mc"]),
    ("still need sase. offering 4 ase", ["4 ase > sase"]),
    ("troco meu case por tsa ou 5 ase", ["case > tsa", "case > 5 ase"]),
    ("tenho 3 mc e 2 lc, quero dragon", ["3 mc + 2 lc > dragon"]),
    ("vendo leopard, aceito mc ou ofertas", ["leopard > mc", "leopard > any"]),
    ("compro ase, pago 7 mc", ["7 mc > ase"]),
    ("cambio 2 ase y pika por case + adds", ["2 ase + pika > case + adds"]),
    ("busco tsa, tengo 12 mc o 2 ase", ["12 mc > tsa", "2 ase > tsa"]),
    ("doy 3 mc por dragon, no lc", ["3 mc > dragon"]),
    ("меняю 2 ase + pika на case", ["2 ase + pika > case"]),
    ("продам dragon за 3 mc или 25 lc", ["dragon > 3 mc", "dragon > 25 lc"]),
    ("есть ase, хочу 7 mc", ["ase > 7 mc"]),
]

COUNTS_BEHIND = [
    ("BOS (2) for 11 mc", ["2 bos > 11 mc"]),
    ("rc (22) for dfr", ["22 rfc > dfr"]),
    ("MP (2) FOR 17 PIKA", ["2 mp > 17 pika"]),
    ("SOS(2)+mc for dfr", ["2 sos + mc > dfr"]),
    ("H: BOS x2 + mc W: ase", ["2 bos + mc > ase"]),
    ("H: mc W: ASE x2 / 15 mfc", ["mc > 15 mc", "mc > 2 ase"]),
    ("W: pika x22 // 5 MC", ["any > 22 pika", "any > 5 mc"]),
    ("H: ase W: mc x8 or 3 lc", ["ase > 3 lc", "ase > 8 mc"]),
    ("mc x2-3 for dragon", ["2 mc + adds > dragon"]),
    ("dragon for mc x2 or 3", ["dragon > 2 mc + adds"]),
]

ALIASES_BESIDE_ITEMS = [
    ("SOS 2 mc for DFR", ["sos + 2 mc > dfr"]),
    ("trading mc du ase for case", ["mc + du + ase > case"]),
    ("DU lf 3 mc", ["du > 3 mc"]),
    ("ase for mc, sos", ["ase > mc + sos"]),
    ("3 mc for base im on now", ["3 mc > base"]),
    ("ase and light im on now for 3 mc", ["ase + pika > 3 mc"]),
    ("SOS and 2 mc for DFR", ["sos + 2 mc > dfr"]),
    ("DU and 3 mc for case", ["du + 3 mc > case"]),
    ("SOS, 2 mc for DFR", ["sos + 2 mc > dfr"]),
    ("SOS with 2 mc for DFR", ["sos + 2 mc > dfr"]),
    ("WE w 2 mc for CC", ["we + 2 mc > cc"]),
    ("EA and 2 mc for DFR", ["ea + 2 mc > dfr"]),
    ("2 mc DU for case", ["2 mc + du > case"]),
    ("2 SOS 3 DU for mc", ["2 sos + 3 du > mc"]),
    ("2 mc + SOS 3 lc for dfr", ["2 mc + sos + 3 lc > dfr"]),
    ("light 3 mc for case", ["pika + 3 mc > case"]),
    ("yo base and 3 mc for case", ["base + 3 mc > case"]),
    ("H: ase light mc W: case", ["ase + pika + mc > case"]),
    ("H: ase\nwe\nW: mc", ["ase + we > mc"]),
    ("gura ice lf mc", ["gura + hie > mc"]),
    ("co: 3 lc", ["co > 3 lc"]),
    ("WTS: SR, TF, MT", ["mt > any", "sr > any", "tf > any"]),
    ("PFD, CC, and 3 mc for TSA or equivalent", ["pfd + cc + 3 mc > tsa"]),
    ("selling case starting at 5 ase", ["case > 5 ase"]),
    ("ase for 7 mc\nor pika", ["ase > 7 mc", "ase > pika"]),
    ("we want 3 mc for ase", ["ase > 3 mc"]),
    ("dragon for 3 mc we can meet in vc", ["dragon > 3 mc"]),
    ("wts 3 dragons 3mc/ea", ["3 dragon > 9 mc"]),
]

SIDES = [
    ("me 4 mc u dragon", ["4 mc > dragon"]),
    ("W ev\nH lih + 4 mc", ["lih + 4 mc > ev"]),
    ("case anyone? have 5 ase", ["5 ase > case"]),
    ("anyone wanna trade cc? i have case", ["case > cc"]),
    ("offering 5 ase on case", ["5 ase > case"]),
    ("lf ev, will overpay w ase", ["ase + adds > ev"]),
    ("lf mc w tori + 4 lc", ["tori + 4 lc > mc"]),
    ("case for 5 ase +", ["case > 5 ase + adds"]),
    ("ase for any ase variant", ["ase > any"]),
    ("lf big upgrades for my case", ["case > any"]),
    ("dragon gone, still have leo and venom for mc", ["leopard + venom > mc"]),
    ("pchak offers nlf anything under pcc", ["pchak > any"]),
    ("fire work lancer for ase", ["fl > ase"]),
    ("prestige worldender for case", ["pwe > case"]),
]

HELD = [
    ("BS 2 mc for DFR", ["2 mc > dfr ?"], ["bs"]),
    ("pls BS and 2 mc for DFR", ["2 mc > dfr ?"], ["bs"]),
    ("fr, 2 mc for dfr", ["2 mc > dfr ?"], ["fr"]),
    ("trading mc ir ase for case", ["mc + ase > case ?"], ["ir"]),
    ("IR lf 3 mc", ["nothing > 3 mc ?"], ["ir"]),
    ("ase and light obviously for 3 mc", ["ase > 3 mc ?"], ["light"]),
    ("lf ase we mc", ["any > ase", "any > mc"], ["we"]),
    ("ase + new light for 3 lc", ["ase > 3 lc ?"], ["light"]),
    ("ase for mc, bs", ["ase > mc ?"], ["bs"]),
    ("nice light and mc for ase", ["mc > ase ?"], ["light"]),
]

RATIOS = [
    ("mc for lc 1:8", ["mc > 8 lc"]),
    ("1:8 mc for lc", ["mc > 8 lc"]),
    ("mc:lc 1:8", ["mc > 8 lc"]),
    ("mc 1:8 lc", ["mc > 8 lc"]),
    ("mc for lc (1:10) ratio", ["mc > 10 lc"]),
    ("W: lc H: mc 1:8", ["8 mc > lc"]),
    ("2 mc for lc 1:8", ["2 mc > lc ?"]),
    ("pika/mera for 2:1 lc", ["mera > lc ?", "pika > lc ?"]),
    ("selling lc 8:1", ["lc > any ?"]),
    ("lf ase for mc at 1:30", ["mc > ase"]),
    ("1:8, ase for mc", ["ase > mc"]),
]

PRICES = [
    ("trading 3 mc 4 dragon", ["3 mc > dragon"]),
    ("trading ase 4mc", ["ase > 4 mc"]),
    ("trading 2 mc for pika 4 lc", ["2 mc > pika + 4 lc"]),
    ("2 ase = 15 mc", ["2 ase > 15 mc"]),
    ("1mc=8lc", ["mc > 8 lc"]),
    ("ase 4 7 mc", ["ase > 7 mc"]),
    ("wts pika 3lc", ["pika > 3 lc"]),
    ("selling ase 6mc", ["ase > 6 mc"]),
    ("wtb kikoku 2 mc", ["2 mc > kikoku"]),
    ("wts lih 3 ase + 2 mc", ["lih > 3 ase + 2 mc"]),
    ("wts ase 7 mc or 60 lc", ["ase > 60 lc", "ase > 7 mc"]),
    ("selling dragon, pika 3 lc, 2 ase", ["2 ase > any", "dragon > any", "pika > 3 lc"]),
    ("selling dragon 4 mc or offers", ["dragon > 4 mc", "dragon > any"]),
    ("wts pika 3lc mera 2lc venom", ["mera > 2 lc", "pika > 3 lc", "venom > any"]),
    ("wts ase 6 mc + adds", ["ase > 6 mc + adds"]),
    ("wts lih 3 ase", ["lih > 3 ase"]),
    ("lf tsa rq 11mc", ["11 mc > tsa"]),
    ("Sell me ur leopard 6 lc", ["6 lc > leopard"]),
    ("selling dragon mochi 4 mc", ["dragon + mochi > 4 mc"]),
    ("selling: tori, dragon mochi 4 mc", ["dragon + mochi > 4 mc", "tori > any"]),
    ("buying ur lc 1mc for 8", ["mc > 8 lc"]),
    ("dragon, 4 mc takes it", ["dragon > 4 mc"]),
    ("vendo kikoku en 1 mc", ["kikoku > mc"]),
    ("cambio mi leopard por 1 mc o por 8 lc", ["leopard > 8 lc", "leopard > mc"]),
    ("wts dragon 4mc / mochi 1mc", ["dragon > 4 mc", "mochi > mc"]),
    ("wts 2 ase 3 mc", ["2 ase > any", "3 mc > any"]),
    ("wts dragon 3 mc 2 lc", ["dragon > 3 mc + 2 lc"]),
    ("selling lc + mc 3 ase", ["lc + mc > 3 ase"]),
    ("ase for sale 7 mc", ["ase > 7 mc"]),
    ("ase for trade, pika", ["ase > any", "pika > any"]),
    ("for trade: ase", ["ase > any"]),
    ("buying pwe with 3 case + 3 ase", ["3 case + 3 ase > pwe"]),
    ("wtb ase with mc lf pika", ["any > ase + mc", "any > pika"]),
    ("trading anything for pika", ["any > pika"]),
    ("lf pika 3 lc", ["3 lc > pika"]),
    ("dragon 4mc\nmochi 1mc\nvenom 2mc", ["dragon > 4 mc", "mochi > mc", "venom > 2 mc"]),
    ("dragon 4mc", []),
    ("dragon 4mc, mochi", []),
    ("dragon 4mc, mochi, pika, venom", []),
    ("5x venom, 2 mc ea", ["5 venom > 10 mc"]),
    ("ase 2 ur 7 mc", ["ase > 7 mc"]),
    ("7 mc 4 ur ase", ["7 mc > ase"]),
    ("my 3 ase + small add 4 ev", ["3 ase + adds > ev"]),
    ("cambio lih x 3 ase", ["lih > 3 ase"]),
    ("cambio lih x3 ase", ["3 lih > any", "ase > any"]),
    ("buying lc, 8 for 1 mc", ["mc > 8 lc"]),
    ("troco lih em 3 ase", ["lih > 3 ase"]),
    ("troco minha case em 5 ase", ["case > 5 ase"]),
    ("i sold my case to a guy for 5 ase", ["case > 5 ase"]),
    ("trading ase to 7 mc", ["ase > 7 mc"]),
    ("trading 3 mc to 4 mc", ["3 mc + adds > any"]),
    ("offering 2 lih on icc", ["2 lih > icc"]),
    ("11 mc to tsa", ["11 mc > tsa"]),
    ("going from 11 mc to tsa", []),
    ("<:lc:5> x10+<:mc:6> for <:tsa:7>", ["10 lc + mc > tsa"]),
    ("-> dragon -> 4 mc", ["dragon > 4 mc"]),
    ("s> pika b> 3 lc", ["any > 3 lc", "pika > any"]),
    ("selling dragon 3mc each, pika 3 lc each", ["dragon > 3 mc", "pika > 3 lc"]),
    ("wts 3 dragons 3mc/each, pika", ["3 dragon > 9 mc", "pika > any"]),
]

WHO_ADDS = [
    ("ase for 7 mc i add 2 lc", ["ase + 2 lc > 7 mc"]),
    ("ase for 8 mc u add lc", ["ase > 8 mc + lc"]),
    ("H: ase, u add lc", ["ase > any + adds"]),
    ("5 ase for ur case + my mc", ["5 ase + mc > case"]),
    ("my 5 ase + ur mc for ur case", ["5 ase > case + mc"]),
    ("a few mc for dragon", ["2 mc + adds > dragon"]),
    ("all my lc for mera", ["lc + adds > mera"]),
    ("H: ase + some mc W: case", ["ase + mc + adds > case"]),
]

CONDITIONS = [
    ("4 mc if u got dragon", ["4 mc > dragon"]),
    ("ill give 2 ase if you have jfit", ["2 ase > jfit"]),
    ("whoever has pwe i got 4 case", ["4 case > pwe"]),
    ("selling dragon, dm if u have offers", ["dragon > any"]),
    ("5 ase gets my case", ["case > 5 ase"]),
    ("whoever gives 3 ase gets my lih", ["lih > 3 ase"]),
    ("first to give 3 mc gets this dragon", ["dragon > 3 mc"]),
    ("my alt gets 5 mc a day", []),
    ("he gets ase", []),
    ("selling dragon, anyone? got venom", ["dragon > any", "venom > any"]),
]

TOLD = [
    ("he gave me 2 lc for my pika", "chatter", []),
    ("my friend sold his dragon for 5 mc", "chatter", []),
    ("saw someone trade case for 3 ase", "chatter", []),
    ("she then traded ase for sks", "chatter", []),
    ("ppl selling ase for 9 mc are crazy", "chatter", []),
    ("just got pika from a chest", "chatter", []),
    ("just got 2 mc + pika from raids", "chatter", []),
    ("just got pika from @bob for 3 lc", "deal", ["3 lc > pika"]),
    ("just got pika ty @bob", "deal", ["any > pika"]),
    ("i traded sks for ase yesterday", "deal", ["sks > ase"]),
    ("just sold ev for 4 ase, he gave me adds too", "deal", ["ev > 4 ase + adds"]),
    ("he gave 5 ase for my case wfl", "question", ["case > 5 ase"]),
    ("W or L?\ngave: 8 mc\ngot: sks", "question", ["8 mc > sks"]),
    ("pc on bcs", "question", []),
    ("vc mt", "question", []),
    ("vc mt for now", "chatter", []),
    ("would yall take 10 mc for a tsa", "question", ["tsa > 10 mc"]),
]

OTHERS = [
    ("is my ko for ur 3 lc fair", "question", ["ko > 3 lc"]),
    ("is ko for 3 lc fair?", "question", ["ko > 3 lc"]),
    ("is we + mc for case fair", "question", ["we + mc > case"]),
    ("is DU for case fair?", "question", ["du > case"]),
    ("W/F/L\nMe: ase + 2 mc\nThem: sase", "question", ["ase + 2 mc > sase"]),
    ("2 ase for base w or l", "question", ["2 ase > base"]),
    ("how much mc is sos worth", "question", []),
    ("just traded 2 ase for case ty @someone", "deal", ["2 ase > case"]),
    ("lf someone to carry kraken ill pay 2 mc", "service", []),
    ("ase for paypal or 7 mc", "cash", []),
    ("we are 3 ppl and need 2 more for raid", "chatter", []),
    ("lol love this game fr", "chatter", []),
    ("the light from base is so bright", "chatter", []),
    ("gg es ez", "chatter", []),
]


@pytest.mark.parametrize(("content", "quotes"), OFFERS)
def test_an_offer_means_these_quotes(content: str, quotes: list[str], read: Read) -> None:
    """Each post is an offer of just these quotes, with no word unknown."""
    reading = read(content)
    assert (reading.kind, sorted(reading.quotes), reading.unknown) == ("offer", sorted(quotes), [])


@pytest.mark.parametrize(("content", "kind", "quotes"), [*TOLD, *OTHERS])
def test_other_posts_are_told_apart(content: str, kind: str, quotes: list[str], read: Read) -> None:
    """Questions, deals, services, cash and chatter are read as such."""
    reading = read(content)
    assert (reading.kind, sorted(reading.quotes)) == (kind, sorted(quotes))


@pytest.mark.parametrize(
    ("content", "quotes"),
    [*COUNTS_BEHIND, *ALIASES_BESIDE_ITEMS, *RATIOS, *PRICES, *CONDITIONS, *WHO_ADDS, *SIDES],
)
def test_an_offer_of_this_shape_means_these_quotes(content: str, quotes: list[str], read: Read) -> None:
    """Counts behind, aliases that are words, ratios, prices and adds by owner read as the rules say."""
    assert sorted(read(content).quotes) == quotes


@pytest.mark.parametrize(("content", "quotes", "unknown"), HELD)
def test_no_item_goes_missing_quietly(
    content: str, quotes: list[str], unknown: list[str], read: Read
) -> None:
    """An alias that may be a word but stands among items leaves its quote incomplete."""
    reading = read(content)
    assert (sorted(reading.quotes), reading.unknown) == (quotes, unknown)
