"""The stream of updates, and the schemas of what it sends."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from gpo_market.engine.hub import Topics
from gpo_market.events.updates import UPDATE_TYPES, update_name, update_schema
from gpo_market.server.answers import JSON
from gpo_market.server.documentation import problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import ProblemError, unavailable
from gpo_market.server.readiness import readable
from gpo_market.server.settings import ServerSettings
from gpo_market.server.stream import MEDIA_TYPE, EventStream
from gpo_market.views.cursors import QueryError
from gpo_market.views.update_id import UpdateId, before_all

MOST_ITEMS = 100
TYPE_NAMES = tuple(update_name(kind) for kind in UPDATE_TYPES)
UNREADABLE = before_all(0)
"""An id of no epoch: whoever resumes behind it gets a reset."""

Types = Annotated[str | None, Query(description=f"update types with commas: {', '.join(TYPE_NAMES)}")]
Items = Annotated[list[str] | None, Query(max_length=MOST_ITEMS, description="only updates of these items")]
After = Annotated[str | None, Query(description="id of the last update known, as value lists tell it")]
LastEventId = Annotated[str | None, Header(description="as after; sent by browsers when they reconnect")]

_SCHEMAS = msgspec.json.encode(update_schema())
_EXAMPLE = 'retry: 1000\n\nid: 1.42.1\ndata: {"type":"value_moved","item":"all-seeing-eye","value":53.6}\n\n'


def stream_routes(engine: EngineApi, settings: ServerSettings) -> APIRouter:
    """Make the routes of the stream; all are public."""
    router = APIRouter(tags=["stream"])
    _add_stream(router, engine, settings)

    @router.get("/schema/updates", responses={200: {"description": "The JSON Schema of each update"}})
    async def schemas() -> Response:
        """Give the JSON Schema (2020-12) of every update, by its type."""
        return Response(_SCHEMAS, media_type=JSON)

    return router


def _add_stream(router: APIRouter, engine: EngineApi, settings: ServerSettings) -> None:
    @router.get(
        "/stream",
        dependencies=[Depends(readable(engine))],
        response_class=Response,
        responses={
            200: {"description": "Updates as they happen", "content": {MEDIA_TYPE: {"example": _EXAMPLE}}},
            **problems(_422="unknown type, item or id", _503="recovering, stopping, or too many streams"),
        },
    )
    async def stream(
        types: Types = None,
        item: Items = None,
        after: After = None,
        last_event_id: LastEventId = None,
    ) -> Response:
        """Send updates as server-sent events whose ids say how to resume.

        An event `reset` means that updates were missed: fetch everything anew, the stream goes on.
        `quote_closed` comes for quotes of every item, since it names none.
        """
        hub = engine.hub
        if hub.closed or hub.streams >= settings.most_streams:
            raise unavailable("no more streams now; try again in a moment")
        topics = Topics(_types(types), _items(engine, item))
        subscription = hub.subscribe(topics, _resume_point(after, last_event_id))
        return EventStream(
            subscription, simulated=engine.views.simulated, stuck_seconds=settings.stuck_seconds
        )


def _types(types: str | None) -> frozenset[str] | None:
    if types is None:
        return None
    wanted = frozenset(name.strip() for name in types.split(","))
    unknown = sorted(wanted.difference(TYPE_NAMES))
    if unknown:
        raise QueryError(f"types: no update {unknown[0][:40]!r}; there are {', '.join(TYPE_NAMES)}")
    return wanted


def _items(engine: EngineApi, items: list[str] | None) -> frozenset[str] | None:
    if not items:
        return None
    catalogue = engine.views.catalogue
    named: set[str] = set()
    for slug in items:
        if catalogue is None or slug not in catalogue.redirects:
            raise QueryError(f"item: no item {slug[:80]!r} in the list; GET /api/v1/items names them")
        named |= {slug, catalogue.slug(catalogue.find(slug))}
    return frozenset(named)


def _resume_point(after: str | None, last_event_id: str | None) -> UpdateId | None:
    """Find where to go on: what the browser saw last, else where the page began.

    An unreadable header leads to a reset, since a browser gives up for good at an error.
    """
    if last_event_id:
        try:
            return UpdateId.parse(last_event_id)
        except ValueError:
            return UNREADABLE
    if after is None:
        return None
    try:
        return UpdateId.parse(after)
    except ValueError as error:
        raise ProblemError(422, f"after: {error}") from error
