"""Posts: taking them in, reading them, judging them."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from gpo_market.engine.ports import KeyRing
from gpo_market.events.log import Lane
from gpo_market.server import examples
from gpo_market.server.answers import answer
from gpo_market.server.authorization import SECURITY, authorize
from gpo_market.server.documentation import PostResult, PostResults, answers, either, problems
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.posts_body import BodyError, read_posts
from gpo_market.server.problems import ProblemError
from gpo_market.server.readiness import readable, require_writable
from gpo_market.views.explaining import ExplainedPost
from gpo_market.views.fair import Perspective
from gpo_market.views.models import FairAnswer, ReadPost

LONGEST_TEXT = 4000
LONGEST_ID = 100

_LANES = {"live": Lane.LIVE, "bulk": Lane.BULK}
_LANE_PARAMETERS = [
    {
        "name": name,
        "in": place,
        "required": False,
        "description": description,
        "schema": {"type": "string", "enum": list(_LANES)},
    }
    for name, place, description in (
        ("lane", "query", "bulk: after live posts"),
        ("x-lane", "header", "as lane"),
    )
]
_PROBLEMS = problems(_413="the body is too large", _422="the body is not what is wanted", _503="not ready")

_PARSED = either(ReadPost, ExplainedPost, "What the post says; with `explain`, why it was read so")

_POST_SCHEMA = {
    "type": "object",
    "required": ["id", "channel_id", "author_id", "timestamp", "content"],
    "properties": {
        "id": {"type": ["string", "integer"]},
        "channel_id": {"type": ["string", "integer"]},
        "author_id": {"type": ["string", "integer"]},
        "timestamp": {"type": ["string", "number"], "description": "RFC 3339, or Unix time"},
        "content": {"type": "string"},
        "edited_timestamp": {"type": ["string", "number", "null"]},
        "reference": {"type": ["string", "integer", "null"], "description": "id of the post it answers"},
        "server_id": {"type": ["string", "integer", "null"]},
        "simulated": {"type": "boolean", "description": "must be as the engine's own mark"},
    },
}
_POSTS_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": _POST_SCHEMA, "example": examples.POST},
            "application/x-ndjson": {"schema": {"type": "string", "description": "one post per line"}},
        },
    }
}


class ParseRequest(BaseModel):
    """A post to be read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"text": "1 ase for 6 mc"}})

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    id: Annotated[str, Field(max_length=LONGEST_ID)] = ""
    explain: Annotated[bool, Field(description="tell what was made of each piece of the text")] = False


class FairRequest(BaseModel):
    """A trade to be judged, written as a post, and the side it is judged from."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"text": "1 ase for 6 mc", "perspective": "taker"}}
    )

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    perspective: Perspective = "taker"


def post_routes(engine: EngineApi, keys: KeyRing) -> APIRouter:
    """Make the routes that take, read and judge posts; taking needs a key with the scope ingest."""
    router = APIRouter(responses=_PROBLEMS, tags=["posts"])
    _add_ingest(router, engine, keys)
    _add_reading(router, engine)
    return router


def _add_ingest(router: APIRouter, engine: EngineApi, keys: KeyRing) -> None:
    # A live post waits for this route: it checks by itself what FastAPI's dependencies would check for it.
    @router.post(
        "/posts",
        responses={
            **answers(PostResults, "All posts are durable"),
            **problems(_401="no key, or an unknown one", _403="the key lacks the scope"),
        },
        openapi_extra={**_POSTS_BODY, "parameters": _LANE_PARAMETERS, "security": SECURITY},
    )
    async def posts(request: Request) -> Response:
        """Take one post, or JSON Lines of them, all or none; sending them again changes nothing."""
        lane = _lane(request)
        await authorize(request, keys, "ingest")
        require_writable(engine)
        try:
            events = read_posts(await request.body(), simulated=engine.views.simulated)
        except BodyError as error:
            raise ProblemError(422, str(error), more={"line": error.line}) from error
        receipts = await engine.ingest(events, lane)
        results = tuple(PostResult(receipt.seq, receipt.fact is not None) for receipt in receipts)
        return answer(PostResults(results))


def _lane(request: Request) -> Lane:
    name = request.query_params.get("lane") or request.headers.get("x-lane") or "live"
    if name not in _LANES:
        raise ProblemError(422, f"lane: choose one of {', '.join(_LANES)}")
    return _LANES[name]


def _add_reading(router: APIRouter, engine: EngineApi) -> None:
    ready = Depends(readable(engine))

    @router.post("/parse", dependencies=[ready], responses=_PARSED)
    async def parse(request: ParseRequest) -> Response:
        """Read a post's quotes; nothing is recorded."""
        if request.explain:
            return answer(engine.explain(request.text, request.id))
        return answer(engine.parse(request.text, request.id))

    @router.post("/fair", dependencies=[ready], responses=answers(FairAnswer, "The verdicts"))
    async def fair(request: FairRequest) -> Response:
        """Judge a trade written as a post, for its poster or for the one who takes it."""
        return answer(engine.fair(request.text, request.perspective))
