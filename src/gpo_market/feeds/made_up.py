"""Item lists of a game that does not exist, of any length, whose names are easy to tell apart."""

import msgspec

from gpo_market.catalogue import Catalogue, read_catalogue

MONEY_AMOUNTS = (1 / 30, 1 / 8, 1.0, 4.0)
"""How many of each money item make one unit, dearest first."""

FEWEST_ITEMS = len(MONEY_AMOUNTS) + 1
_SYLLABLES = tuple(consonant + vowel for vowel in "aoei" for consonant in "bdfgklmnprtvz")[:41]
MOST_ITEMS = len(_SYLLABLES) ** 2


def made_up_catalogue(items: int) -> Catalogue:
    """Make an item list of so many items: four kinds of money first, then goods, most popular first.

    Names are one word of four syllables, any two of which differ in three syllables at least (a Reed-Solomon
    code, Reed and Solomon 1960), so that no slip turns one into another. The same number gives the same list,
    and a longer list begins as a shorter one. Raises ValueError below 5 and above 1681 items.

    >>> [item.name for item in made_up_catalogue(5).items]
    ['Badafaga', 'Bafakama', 'Bagamara', 'Bakapaza', 'Balatafo']
    """
    if not FEWEST_ITEMS <= items <= MOST_ITEMS:
        raise ValueError(f"a made-up list has {FEWEST_ITEMS} to {MOST_ITEMS} items, not {items}")
    words = [_word(number) for number in range(1, items + 1)]
    money = [{"item": word, "amount": amount} for word, amount in zip(words, MONEY_AMOUNTS, strict=False)]
    listed = {
        "items": [{"slug": word, "name": word.capitalize()} for word in words],
        "numeraire": money,
        "change": words[: len(MONEY_AMOUNTS)],
    }
    return read_catalogue(msgspec.json.encode(listed), f"a made-up list of {items} items")


def _word(number: int) -> str:
    """Give the evaluations of a line at four places, as syllables."""
    count = len(_SYLLABLES)
    level, slope = number // count % count, number % count
    return "".join(_SYLLABLES[(level + place * slope) % count] for place in range(4))
