"""Texts that are written to break a reader: endless, nested, repeated, malformed."""

import json
from collections.abc import Callable
from functools import partial
from operator import mul
from random import Random

MILLIONS = 10_000_000
MANY = 100_000
LETTERS = (
    "a",
    "1",
    " ",
    "\n",
    "+",
    "/",
    "<",
    ":",
    "\u200b",
    "\ufdfa",
    "\U0001f525",
    "\ud800",
    "\x00",
    ",",
    "\u0307",
)
PATTERNS: dict[str, str] = {
    "or": "or ",
    "for": "for ",
    "for, glued": "for",
    "separators": "/ , + | & \n",
    "item and sign": "ase + ",
    "item after item": "ase ",
    "alternatives": "ase / mc or ",
    "quote after quote": "ase for mc, ",
    "sides": "h: ase w: mc\n",
    "one side open": "wts ase wtb mc ",
    "ambiguous": "fb for fb, ",
    "negation": "nlf ase no not except ",
    "brackets": "(ase [mc ",
    "closed brackets": "((ase)) [[mc]] ",
    "emoji": "<:ASE:1>",
    "open emoji": "<:ASE:",
    "emoji in emoji": "<:a<:b:1>:2>",
    "mentions": "<@1><@&2><#3>",
    "markup": "**__~~||`",
    "line heads": "\n> - 1. ",
    "unknown words": "zorbo quux frobnic ",
    "typos": "leopord kikuko dargon ",
    "words of capitals": "KIKUKO",
    "decimals": "1.",
    "groups": "1,000,",
    "ranges": "1-2-",
    "ratios": "1:2:",
    "times": "3x x3 mc",
    "links": "https://a.b/c ",
    "half a link": "http://",
    "apostrophes": "'s ' a'",
    "hyphens": "a-b-",
    "arrows": "-> <- --> ",
    "keycaps": "1\ufe0f\u20e3",
    "joined emoji": "\U0001f468\u200d",
    "marks that combine": "a\u0307\u0308",
    "long folds": "\ufdfa",
    "look-alikes": "\u0430s\u0435 \u0444\u044b\u0432 ",
    "question marks": "ase worth? ",
    "each": "mc each ea ",
    "cash": "$5 ",
    "deals": "sold ase done ",
    "adds": "adds + ur adds + my op ",
    "numbers": "12 345 ",
}
"""A name, and what is said over and over."""
RANDOM_BYTES = 60_000


def repeated(pattern: str, length: int) -> str:
    """Say a pattern over and over until it has exactly so many characters."""
    return (pattern * (length // len(pattern) + 1))[:length]


def decoded_bytes(count: int, seed: int) -> dict[str, str]:
    """Give random bytes as several decoders understand them."""
    raw = Random(seed).randbytes(count)
    return {
        "bytes, replaced": raw.decode("utf-8", "replace"),
        "bytes, escaped": raw.decode("utf-8", "surrogateescape"),
        "bytes as Latin": raw.decode("latin-1"),
        "bytes as UTF-16": raw.decode("utf-16-le", "surrogatepass"),
        "bytes of ASCII": bytes(byte & 127 for byte in raw).decode("ascii"),
        "bytes as JSON": json.dumps(raw.decode("latin-1")),
    }


def _decoded(name: str) -> str:
    return decoded_bytes(RANDOM_BYTES, 7)[name]


HOSTILE: dict[str, Callable[[], str]] = {
    **{f"10 MB of {letter!r}": partial(mul, letter, MILLIONS) for letter in LETTERS[:4]},
    **{f"a post of {letter!r}": partial(mul, letter, MANY) for letter in LETTERS},
    **{f"{name}, 100,000 times": partial(mul, pattern, MANY) for name, pattern in PATTERNS.items()},
    **{name: partial(_decoded, name) for name in decoded_bytes(0, 0)},
    "nothing": str,
    "nested emoji": lambda: "<:" * MANY + "ASE" + ":1>" * MANY,
    "nested brackets": lambda: "(" * MANY + "ase" + ")" * MANY,
    "16,000 ligatures of 18 letters": lambda: "\ufdfa" * 16_000,
    "all of Unicode": lambda: "".join(map(chr, range(0x110000))),
    "all of Unicode, backwards": lambda: "".join(map(chr, range(0x10FFFF, -1, -1))),
    "a number of 10,000 digits": lambda: f"{'9' * 10_000} mc for ase",
    "10,000 digits behind the point": lambda: f"0.{'0' * 10_000}1 mc for ase",
    "10,000 digits in groups": lambda: f"1{',000' * 2_500} mc for ase",
    "a ratio of long numbers": lambda: f"mc for lc {'9' * 5_000}:{'9' * 5_000}",
    "x and 10,000 digits": lambda: f"mc x{'9' * 10_000} for ase",
    "a count of nothing": lambda: "0 mc for 0.0 ase x0",
    "a word of 10,000 letters": lambda: f"{'abcdefghij' * 1_000} for ase",
    "an emoji's name of 10,000 letters": lambda: f"<:{'ASE' * 3_000}:1> for mc",
    "an emoji's id of 10,000 digits": lambda: f"<:ASE:{'1' * 10_000}> for mc",
}
"""A name, and what makes the text: they are not all held at once."""


def unicode_by_pages(size: int = 4_096) -> list[str]:
    """Give all of Unicode as posts of so many characters, so that none of it is cut off."""
    return ["".join(map(chr, range(start, start + size))) for start in range(0, 0x110000, size)]
