"""Writes out phrases that are listed in families: ``{any,some}one {has,got}`` stands for four of them."""

from collections.abc import Iterator


def written_out(phrases: str) -> Iterator[str]:
    """Yield every phrase of a text of them, parted by semicolons; braces hold choices, parted by commas.

    A family has as many phrases as the product of its choices. A brace that is not closed is read as text.

    >>> list(written_out("lf; {w,l} trade; {h}"))
    ['lf', 'w trade', 'l trade', 'h']
    """
    for phrase in " ".join(phrases.split()).split(";"):
        yield from (" ".join(one.split()) for one in _choices(phrase))


def _choices(phrase: str) -> Iterator[str]:
    before, opened, rest = phrase.partition("{")
    choices, closed, after = rest.partition("}")
    if not (opened and closed):
        yield phrase
        return
    for ending in _choices(after):
        yield from (before + choice + ending for choice in choices.split(","))
