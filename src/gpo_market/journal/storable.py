"""Text as UTF-8 can hold it."""


def storable(text: str) -> str:
    r"""Give a text as it can be stored: lone surrogates, which are no characters, become question marks.

    >>> storable("2 ASE \ud800 for CASE")
    '2 ASE ? for CASE'
    """
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
