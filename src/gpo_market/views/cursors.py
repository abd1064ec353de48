"""Page marks that clients hand back as they got them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


class QueryError(ValueError):
    """A question that cannot be answered as asked; the message is one line that says why."""


def write_cursor(kind: str, place: str) -> str:
    """Make the mark of a place in a list of one kind.

    >>> read_cursor("tape", write_cursor("tape", "1.42.0"))
    '1.42.0'
    """
    return urlsafe_b64encode(f"{kind}:{place}".encode()).decode().rstrip("=")


def read_cursor(kind: str, cursor: str) -> str:
    """Give the place that ``write_cursor`` wrote; raises QueryError for anything else."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        found, _, place = urlsafe_b64decode(padded).decode("ascii").partition(":")
    except ValueError:
        found, place = "", ""
    if found != kind or not place:
        raise QueryError("the cursor is none of this list's; take it from next_cursor as it is")
    return place
