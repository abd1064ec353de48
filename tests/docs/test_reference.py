"""The reference pages name every command and every route."""

import re
from pathlib import Path

import pytest

from gpo_market.cli.main import COMMANDS
from tests.server.test_app import ROUTES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_command_page_names_every_command_and_no_other() -> None:
    """One row each."""
    rows = re.findall(r"^\| `gpo-market (\S+)` \|", (DOCS / "commands.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(COMMANDS)


def test_the_api_page_names_every_route_and_no_other() -> None:
    """One row each, with its method."""
    rows = re.findall(r"^\| `(GET|POST|DELETE) (\S+)` \|", (DOCS / "api.md").read_text(), re.MULTILINE)
    described = {route for route in ROUTES if "openapi.json" not in route[1]}
    assert set(rows) == described


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md"), key=str), ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    """A page that moved takes its links along."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
