"""Reading the market: items, values, their history, and the tape."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query
from starlette.responses import Response

from gpo_market.events.time import from_rfc3339
from gpo_market.server.answers import TaggedAnswers, answer
from gpo_market.server.documentation import answers, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.problems import unknown_item
from gpo_market.server.readiness import readable
from gpo_market.views import queries
from gpo_market.views.cursors import QueryError
from gpo_market.views.models import History, ItemDetail, ItemList, Tape, ValueList

Slug = Annotated[str, Path(description="An item's stable key", examples=["all-seeing-eye"])]
Limit = Annotated[int, Query(ge=1, le=queries.LONGEST_PAGE)]
Cursor = Annotated[str | None, Query(max_length=120, description="next_cursor of the page before")]
Search = Annotated[str, Query(max_length=80, description="part of a name, slug or alias")]
Unit = Annotated[str | None, Query(description="slug of the item to tell values in")]
OneItem = Annotated[str | None, Query(description="slug of an item the quotes must name")]
QuoteKind = Annotated[Literal["offer", "deal", "question"] | None, Query()]
Interval = Annotated[int, Query(ge=3600, le=90 * 86_400, description="seconds, a whole number of hours")]
Since = Annotated[str | None, Query(description="RFC 3339 time of the first point")]

_PROBLEMS = problems(_422="the question cannot be understood", _503="the engine is still recovering")
_UNKNOWN = problems(_404="no such item")


def market_routes(engine: EngineApi) -> APIRouter:
    """Make the routes that read the market; all are public."""
    router = APIRouter(dependencies=[Depends(readable(engine))], responses=_PROBLEMS, tags=["market"])
    _add_items(router, engine)
    _add_values(router, engine)
    _add_tape(router, engine)
    return router


def _add_items(router: APIRouter, engine: EngineApi) -> None:
    @router.get("/items", responses=answers(ItemList, "A page of the catalogue"))
    async def items(cursor: Cursor = None, limit: Limit = 100, query: Search = "") -> Response:
        """List the catalogue with its values in short, a page at a time."""
        return answer(queries.item_list(engine.views, cursor, limit, query))

    @router.get("/items/{slug}", responses={**answers(ItemDetail, "The item"), **_UNKNOWN})
    async def item(slug: Slug) -> Response:
        """Tell everything known of one item, with the quotes its value rests on."""
        try:
            return answer(queries.item_detail(engine.views, slug))
        except KeyError:
            raise unknown_item(slug) from None


def _add_values(router: APIRouter, engine: EngineApi) -> None:
    lists = TaggedAnswers()

    @router.get(
        "/values",
        responses={**answers(ValueList, "All values"), 304: {"description": "unchanged since If-None-Match"}},
    )
    async def values(
        unit: Unit = None, if_none_match: Annotated[str | None, Header(include_in_schema=False)] = None
    ) -> Response:
        """List all values with their intervals; `id` is the last update they include."""
        views = engine.views
        return lists.get(unit, views.last_id, lambda: queries.value_list(views, unit, engine), if_none_match)

    @router.get("/values/{slug}/history", responses={**answers(History, "The history"), **_UNKNOWN})
    async def history(slug: Slug, interval: Interval = 3600, since: Since = None) -> Response:
        """Tell an item's values over at most ninety days; nothing is interpolated."""
        try:
            return answer(queries.history(engine.views, slug, interval, _time(since)))
        except KeyError:
            raise unknown_item(slug) from None


def _add_tape(router: APIRouter, engine: EngineApi) -> None:
    @router.get("/quotes", responses=answers(Tape, "A page of the tape"))
    async def quotes(
        cursor: Cursor = None, limit: Limit = 100, item: OneItem = None, kind: QuoteKind = None
    ) -> Response:
        """List the newest quotes first, with fairness for the taker and how they ended."""
        return answer(queries.tape(engine.views, cursor, limit, item, kind))


def _time(since: str | None) -> int:
    if since is None:
        return 0
    try:
        return from_rfc3339(since)
    except (ValueError, OverflowError):
        raise QueryError("since is no time; write it as 2026-01-31T12:00:00Z") from None
