"""The API's description from the types."""

from fastapi import FastAPI

from gpo_market.server.documentation import ANSWERS, COMPONENTS, answers, describe, problems
from gpo_market.views.models import ItemList


def test_every_answers_type_has_a_schema() -> None:
    """And so have the types inside it."""
    assert {model.__name__ for model in ANSWERS} <= set(COMPONENTS)
    assert {"ItemRow", "QuotedLine", "Problem"} <= set(COMPONENTS)


def test_examples_keep_their_nulls() -> None:
    """FastAPI drops every null it is given, so they are added behind it."""
    app = FastAPI()

    @app.get("/list", responses={**answers(ItemList, "A list"), **problems(_404="none")})
    async def listed() -> None:
        """List."""

    @app.get("/plain")
    async def plain() -> None:
        """Answer nothing."""

    describe(app)
    described = app.openapi()["paths"]["/list"]["get"]["responses"]
    example = described["200"]["content"]["application/json"]["example"]
    assert example["items"][0]["value"] == 53.6
    assert described["404"]["description"] == "none"
