"""The application as a whole."""

from collections.abc import Callable
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI

from gpo_market.server.documentation import ANSWERS

ROUTES = {
    ("GET", "/api/v1/items"): "public",
    ("GET", "/api/v1/items/{slug}"): "public",
    ("GET", "/api/v1/values"): "public",
    ("GET", "/api/v1/values/{slug}/history"): "public",
    ("GET", "/api/v1/quotes"): "public",
    ("POST", "/api/v1/posts"): "key",
    ("POST", "/api/v1/parse"): "public",
    ("POST", "/api/v1/fair"): "public",
    ("POST", "/api/v1/catalogue/changes"): "key",
    ("GET", "/api/v1/catalogue/unknown"): "key",
    ("POST", "/api/v1/epochs/facts"): "key",
    ("POST", "/api/v1/epochs/switch"): "key",
    ("DELETE", "/api/v1/epochs/former"): "key",
    ("GET", "/api/v1/moderation/guards"): "public",
    ("POST", "/api/v1/moderation/guards"): "key",
    ("POST", "/api/v1/moderation/reference"): "key",
    ("DELETE", "/api/v1/moderation/reference"): "key",
    ("POST", "/api/v1/privacy/forgettings"): "key",
    ("GET", "/api/v1/stream"): "public",
    ("GET", "/api/v1/schema/updates"): "public",
    ("GET", "/api/v1/status"): "public",
    ("GET", "/healthz"): "public",
    ("GET", "/readyz"): "public",
}
WRITTEN = {"/api/v1/parse": {"text": "pika"}, "/api/v1/fair": {"text": "pika"}}


@pytest.fixture
def description(app: FastAPI) -> dict[str, Any]:
    """The application's OpenAPI description."""
    return app.openapi()


def test_every_route_has_an_auth_decision(description: dict[str, Any]) -> None:
    """A new route fails here until somebody decides who may call it."""
    described = {
        (method.upper(), path): "key" if "security" in operation else "public"
        for path, operations in description["paths"].items()
        for method, operation in operations.items()
    }
    assert described == ROUTES


@pytest.mark.parametrize(
    ("method", "path"), [name for name, who in ROUTES.items() if "stream" not in name[1]]
)
async def test_every_route_answers_as_decided(client: httpx.AsyncClient, method: str, path: str) -> None:
    """Without a key, public routes answer and the others refuse."""
    address = path.replace("{slug}", "pika")
    response = await client.request(method, address, json=WRITTEN.get(path))
    assert response.status_code == (200 if ROUTES[method, path] == "public" else 401)


def test_the_description_is_complete(description: dict[str, Any]) -> None:
    """OpenAPI 3.1; every JSON answer has a schema and an example that fits it."""
    assert description["openapi"].startswith("3.1")
    for path, operations in description["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            content = operation["responses"]["200"].get("content", {})
            if "schema" in path or "stream" in path:
                continue
            answer = content["application/json"]
            schema = {**answer["schema"], "components": description["components"]}
            jsonschema.validate(answer["example"], schema)


def test_every_documented_error_is_a_problem(description: dict[str, Any]) -> None:
    """4xx and 5xx answers are problem details with an example that fits."""
    seen = 0
    for operations in description["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) < 400:
                    continue
                problem = response["content"]["application/problem+json"]
                schema = {**problem["schema"], "components": description["components"]}
                jsonschema.validate(problem["example"], schema)
                seen += 1
    assert seen > 10


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/items", "ItemList"),
        ("/items/pika", "ItemDetail"),
        ("/values", "ValueList"),
        ("/values/pika/history", "History"),
        ("/quotes", "Tape"),
        ("/status", "EngineStatus"),
    ],
)
async def test_real_answers_fit_their_schemas(
    client: httpx.AsyncClient,
    description: dict[str, Any],
    ingest: dict[str, str],
    post: Callable[..., bytes],
    path: str,
    model: str,
) -> None:
    """What is described is what is sent."""
    await client.post("/api/v1/posts", headers=ingest, content=post("1"))
    answer = (await client.get(f"/api/v1{path}")).json()
    schemas = description["components"]["schemas"]
    jsonschema.validate(answer, {**schemas[model], "components": {"schemas": schemas}})


def test_each_described_answer_is_used(description: dict[str, Any]) -> None:
    """No example stands for a route that is not there."""
    written = str(description["paths"])
    assert [model for model in ANSWERS if f"/{model.__name__}'" not in written] == []


async def test_the_description_is_served(client: httpx.AsyncClient) -> None:
    """Developers fetch it from the server; pages that would load scripts from elsewhere are not there."""
    assert (await client.get("/api/v1/openapi.json")).json()["info"]["title"] == "GPO Market Engine"
    assert (await client.get("/api/v1/docs")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/v1/none", 404), ("POST", "/api/v1/none", 404), ("PUT", "/api/v1/items", 405)],
)
async def test_what_is_not_there_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    """Unknown paths and methods leave as problem details too."""
    response = await client.request(method, path)
    assert response.status_code == response.json()["status"] == status
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/values", "/api/v1/none", "/", "/healthz"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    """Also errors and pages."""
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("simulated", [True, False])
async def test_every_answer_says_whether_the_market_is_simulated(
    make_engine: Callable[..., Any],
    make_app: Callable[..., FastAPI],
    connect: Callable[[FastAPI], httpx.AsyncClient],
    *,
    simulated: bool,
) -> None:
    """By a header on everything, and in the body of what tells of the market."""
    async with connect(make_app(make_engine(simulated=simulated))) as client:
        for path in ("/api/v1/values", "/api/v1/quotes", "/api/v1/items", "/api/v1/status"):
            response = await client.get(path)
            assert response.json()["simulated"] is simulated
            assert response.headers["x-simulated"] == str(simulated).lower()
        assert (await client.get("/none")).headers["x-simulated"] == str(simulated).lower()
