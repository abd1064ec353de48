"""Hostile texts sent to a running engine: each is answered or refused, and the engine lives on."""

import json
from collections.abc import Iterator

import httpx
import pytest

from tests.harness import RunningEngine, run_engine
from tests.hostile import PATTERNS, decoded_bytes, repeated

pytestmark = pytest.mark.process

LONGEST_TEXT = 4_000
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningEngine]:
    """Run an engine without a feed."""
    with run_engine(tmp_path_factory.mktemp("hostile") / "data", "--feed", "none") as running:
        yield running
        running.stop()


@pytest.fixture(scope="module")
def client(engine: RunningEngine) -> Iterator[httpx.Client]:
    """Connect to it."""
    with httpx.Client(base_url=engine.address, trust_env=False) as connected:
        yield connected


def ask(client: httpx.Client, text: str) -> httpx.Response:
    """Have a text read; characters that are no Unicode text go as the escapes that JSON has for them."""
    return client.post("/api/v1/parse", content=json.dumps({"text": text}), headers=JSON)


def test_the_longest_text_of_every_pattern_is_read(client: httpx.Client) -> None:
    """Each comes back as a reading, however it is made."""
    for name, pattern in PATTERNS.items():
        response = ask(client, repeated(pattern, LONGEST_TEXT))
        assert (name, response.status_code) == (name, 200)
        assert response.json()["kind"] in {"offer", "deal", "question", "chatter", "service", "cash"}


def test_a_longer_text_is_refused(client: httpx.Client) -> None:
    """One character more is a problem that names the place, 10 MB one that names the size."""
    longer = ask(client, "a" * (LONGEST_TEXT + 1))
    assert (longer.status_code, longer.json()["errors"][0]["where"]) == (422, "body.text")
    assert ask(client, "a" * 10_000_000).status_code == 413


@pytest.mark.parametrize("text", ["\ud800", "ase for \udfff mc", "\ud83d for \ude00", "\x00 ase for mc"])
def test_what_is_no_text_is_answered(client: httpx.Client, text: str) -> None:
    """Lone surrogates and control characters give a reading or a problem, never a failure."""
    assert ask(client, text).status_code in {200, 422}


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_answered(client: httpx.Client, seed: int) -> None:
    """As text in any decoding, and as a body that is no JSON."""
    for text in decoded_bytes(1_000, seed).values():
        assert ask(client, text[:LONGEST_TEXT]).status_code in {200, 422}
    raw = decoded_bytes(1_000, seed)["bytes as Latin"].encode("latin-1")
    response = client.post("/api/v1/parse", content=raw, headers=JSON)
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


def test_the_engine_is_well_afterwards(client: httpx.Client, engine: RunningEngine) -> None:
    """It still reads as ever."""
    assert ask(client, "2 ase for case").json()["quotes"][0]["give"][0]["quantity"] == 2
    assert engine.status()["ready"] is True
