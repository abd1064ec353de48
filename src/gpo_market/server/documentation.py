"""The API's description (OpenAPI 3.1): schemas of the answers from their own types, with examples."""

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI

from gpo_market.catalogue.changes import Change
from gpo_market.engine.cataloguing import CatalogueAnswer
from gpo_market.engine.moderating import ModerationAnswer, StateReference, SwitchGuard
from gpo_market.engine.status import EngineStatus
from gpo_market.engine.switching import Switched, TakenIn, Tidied
from gpo_market.events.forgetting import Forgotten
from gpo_market.server import examples
from gpo_market.server.problems import PROBLEM_TYPE
from gpo_market.views.explaining import ExplainedPost
from gpo_market.views.models import (
    FairAnswer,
    GuardList,
    History,
    ItemDetail,
    ItemList,
    ReadPost,
    Tape,
    UnknownWords,
    ValueList,
)

Responses = dict[int | str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PostResult:
    """What became of one post: the fact that holds it (0: none, it was deleted), and whether that is new."""

    seq: int
    new: bool


@dataclass(frozen=True, slots=True)
class PostResults:
    """One result per post of the body, in order."""

    results: tuple[PostResult, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong (RFC 9457); ``line`` names the line of a JSON Lines body."""

    type: str
    title: str
    status: int
    detail: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the server lives, or takes work; ``detail`` says why not."""

    status: str
    detail: str | None = None


class ForgetRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose posts, texts and links are to be forgotten, by the id the source of the posts gives them."""

    author_id: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


ANSWERS: dict[type, object] = {
    ValueList: examples.VALUE_LIST,
    ItemList: examples.ITEM_LIST,
    ItemDetail: examples.ITEM_DETAIL,
    History: examples.HISTORY,
    Tape: examples.TAPE,
    ReadPost: examples.READ_POST,
    ExplainedPost: examples.EXPLAINED_POST,
    FairAnswer: examples.FAIR_ANSWER,
    EngineStatus: examples.STATUS,
    CatalogueAnswer: examples.CATALOGUE_ANSWER,
    UnknownWords: examples.UNKNOWN_WORDS,
    GuardList: examples.GUARD_LIST,
    ModerationAnswer: examples.MODERATION_ANSWER,
    Forgotten: examples.FORGOTTEN,
    TakenIn: examples.TAKEN_IN,
    Switched: examples.SWITCHED,
    Tidied: examples.TIDIED,
    PostResults: PostResults((PostResult(seq=42, new=True),)),
    Health: Health("ready"),
}
_SCHEMAS, COMPONENTS = msgspec.json.schema_components(
    [*ANSWERS, Problem, Change, SwitchGuard, StateReference, ForgetRequest],
    ref_template="#/components/schemas/{name}",
)
_REFERENCES = dict(zip([*ANSWERS, Problem], _SCHEMAS, strict=False))
CHANGE, GUARD, REFERENCE, FORGET = _SCHEMAS[-4:]
"""The schemas of bodies: a change of the item list, a guard, a reference list, a wish to be forgotten."""

_EXAMPLES = {
    _REFERENCES[model]["$ref"]: msgspec.json.decode(msgspec.json.encode(example))
    for model, example in ANSWERS.items()
}
_JSON = "application/json"
_PROBLEM_CONTENT = {PROBLEM_TYPE: {"schema": _REFERENCES[Problem], "example": examples.PROBLEM}}


def body_of(schema: dict[str, Any], example: object) -> dict[str, Any]:
    """Describe the body that a route decodes itself."""
    content = {_JSON: {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


def answers(model: type, description: str) -> Responses:
    """Describe the successful answer of a route; ``describe`` adds an example of it."""
    return {200: {"description": description, "content": {_JSON: {"schema": _REFERENCES[model]}}}}


def either(short: type, full: type, description: str) -> Responses:
    """Describe the successful answer of a route that answers more when asked; the example is the full one."""
    schema = {"anyOf": [_REFERENCES[short], _REFERENCES[full]]}
    return {200: {"description": description, "content": {_JSON: {"schema": schema}}}}


def problems(**reasons: str) -> Responses:
    """Describe the errors of a route: ``problems(_404="no such item")``."""
    return {
        int(status.lstrip("_")): {"description": reason, "content": _PROBLEM_CONTENT}
        for status, reason in reasons.items()
    }


def describe(app: FastAPI) -> None:
    """Add the answers' schemas and examples to what FastAPI says of the application.

    The examples come last because FastAPI drops every null it is given.
    """
    written = app.openapi

    def openapi() -> dict[str, Any]:
        description = written()
        description.setdefault("components", {}).setdefault("schemas", {}).update(COMPONENTS)
        for operations in description["paths"].values():
            for operation in operations.values():
                answer = operation["responses"]["200"].get("content", {}).get(_JSON, {})
                schema = answer.get("schema", {})
                reference = schema.get("anyOf", [schema])[-1].get("$ref")
                if reference in _EXAMPLES:
                    answer["example"] = _EXAMPLES[reference]
        return description

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend it
