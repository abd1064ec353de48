"""The body of ``POST /posts``: one JSON object, or JSON Lines of them."""

import msgspec

from gpo_market.events.post_json import PostRecord, record_from_json
from gpo_market.events.posts import RawPost


class BodyError(ValueError):
    """A body that holds something else than posts; ``line`` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


def read_posts(body: bytes, *, simulated: bool) -> list[RawPost]:
    """Read all posts of a body, in order; blank lines are skipped.

    ``simulated`` is the engine's own mark: posts with another one are refused, since simulated and real
    facts never share a journal. Raises BodyError for the first line that is no post, or an empty body.
    """
    if _is_one_value(body):
        return [_read(body, 1, simulated=simulated)]
    posts = [
        _read(line, number, simulated=simulated)
        for number, line in enumerate(body.split(b"\n"), start=1)
        if line.strip()
    ]
    if not posts:
        raise BodyError(1, "the body holds no post; send one JSON object, or one per line")
    return posts


def _is_one_value(body: bytes) -> bool:
    """Tell whether the whole body is one JSON value, over however many lines."""
    try:
        msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _read(line: bytes, number: int, *, simulated: bool) -> RawPost:
    try:
        record = record_from_json(line)
    except ValueError as error:
        raise BodyError(number, str(error)) from error
    _refuse_mixing(record, number, simulated=simulated)
    return record.post


def _refuse_mixing(record: PostRecord, number: int, *, simulated: bool) -> None:
    if record.simulated and not simulated:
        raise BodyError(number, "the post is marked as simulated, and this engine's market is real")
    if simulated and not record.simulated:
        raise BodyError(number, 'this engine is simulated; mark made-up posts with "simulated": true')
