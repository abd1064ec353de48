"""How answers are written: JSON from the views' own types, and value lists with their ETag."""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

import msgspec
from starlette.responses import Response

from gpo_market.views.update_id import UpdateId

JSON = "application/json"
REVALIDATE = "public, no-cache"
MOST_KEPT = 64


def answer(value: object, status: int = 200) -> Response:
    """Write a dataclass or struct as a JSON answer."""
    return Response(msgspec.json.encode(value), status, media_type=JSON)


class TaggedAnswers:
    """Keeps the newest encoded answers, each with a strong ETag over its bytes, at most 64.

    An answer is made anew when the market's last update is another than when it was made. They may be
    stored by anybody and must be revalidated: a stale list after a stream's reset would lose updates.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str | None, tuple[UpdateId, bytes, str]] = OrderedDict()

    def get(
        self, name: str | None, as_of: UpdateId, make: Callable[[], object], if_none_match: str | None
    ) -> Response:
        """Answer with what ``make`` gives for ``name``, or with 304 when the client has just that."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != as_of:
            body = msgspec.json.encode(make())
            kept = (as_of, body, f'"{blake2b(body, digest_size=12).hexdigest()}"')
            self._kept[name] = kept
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        _, body, tag = kept
        headers = {"ETag": tag, "Cache-Control": REVALIDATE}
        if if_none_match is not None and _matches(if_none_match, tag):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=JSON)


def _matches(if_none_match: str, tag: str) -> bool:
    """Compare weakly, as RFC 9110 section 13.1.2 wants it."""
    named = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    return "*" in named or tag in named
