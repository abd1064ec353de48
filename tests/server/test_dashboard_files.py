"""The dashboard's files."""

import gzip
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from gpo_market.server.dashboard_files import read_dashboard
from gpo_market.server.engine_api import EngineApi

Connect = Callable[[FastAPI], httpx.AsyncClient]
PAGE = "<!doctype html><title>built</title>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A built dashboard, with a secret beside it."""
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "assets" / "index-Ab12.js").write_text("let a = 1;" * 100)
    (folder / "assets" / "font-Ab12.woff2").write_bytes(b"\0font")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


@pytest.fixture
async def pages(
    engine: EngineApi, make_app: Callable[..., FastAPI], connect: Connect, built: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a server with a built dashboard."""
    async with connect(make_app(engine, dashboard=built)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/items/pika", "/calculator?text=a", "/index.html"])
async def test_the_clients_own_routes_get_the_index_page(pages: httpx.AsyncClient, path: str) -> None:
    """It is asked for anew each time, so that a new build shows at once."""
    response = await pages.get(path)
    assert (response.text, response.headers["cache-control"]) == (PAGE, "no-cache")
    assert response.headers["content-type"] == "text/html; charset=utf-8"


async def test_hashed_assets_are_kept_for_a_year(pages: httpx.AsyncClient) -> None:
    """Their names change with their content."""
    response = await pages.get("/assets/index-Ab12.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert (await pages.get("/icon.svg")).headers["cache-control"] == "no-cache"


async def test_text_is_compressed_for_those_who_can_read_it(pages: httpx.AsyncClient) -> None:
    """Fonts and pictures are so already."""
    headers = {"Accept-Encoding": "gzip"}
    async with pages.stream("GET", "/assets/index-Ab12.js", headers=headers) as response:
        raw = b"".join([chunk async for chunk in response.aiter_raw()])
    assert gzip.decompress(raw) == b"let a = 1;" * 100
    plain = await pages.get("/assets/index-Ab12.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    font = await pages.get("/assets/font-Ab12.woff2", headers=headers)
    assert ("content-encoding" in font.headers, font.content) == (False, b"\0font")


async def test_an_unchanged_file_is_not_sent_again(pages: httpx.AsyncClient) -> None:
    """304 for the tag it was sent with."""
    tag = (await pages.get("/")).headers["etag"]
    assert (await pages.get("/", headers={"If-None-Match": tag})).status_code == 304
    assert (await pages.get("/icon.svg", headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone-Ff99.js",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "//etc/x.conf",
    ],
)
async def test_no_other_file_is_served(pages: httpx.AsyncClient, path: str) -> None:
    """A missing asset is not answered with a page, and nothing outside the build can be named."""
    response = await pages.get(path)
    assert response.status_code == 404
    assert "secret" not in response.text


async def test_the_dashboard_does_not_shadow_the_api(pages: httpx.AsyncClient) -> None:
    """API paths and other methods go to the API."""
    assert (await pages.get("/api/v1/status")).json()["version"] == "0"
    assert (await pages.get("/api/v2/none")).status_code == 404
    assert (await pages.post("/")).status_code == 404


async def test_the_head_of_a_page_can_be_asked_for(pages: httpx.AsyncClient) -> None:
    """As link checkers do."""
    assert (await pages.head("/items/pika")).status_code == 200


async def test_without_a_build_a_page_says_how_to_get_one(client: httpx.AsyncClient) -> None:
    """Node's version and the command."""
    response = await client.get("/")
    assert response.status_code == 200
    assert "make dashboard" in response.text
    assert "Node.js 20" in response.text
    assert (await client.get("/favicon.ico")).status_code == 404


def test_a_folder_without_an_index_page_is_no_build(tmp_path: Path) -> None:
    """Half a build serves nothing."""
    (tmp_path / "app.js").write_text("1")
    assert read_dashboard(tmp_path) == {}
