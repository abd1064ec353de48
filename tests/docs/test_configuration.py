"""The configuration page names every setting."""

from pathlib import Path

import pytest

from gpo_market.cli.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_has_a_row_with_its_variable(name: str) -> None:
    """A setting nobody can read about does not exist."""
    assert f"| `{name}` | `GPO_MARKET_{name.upper()}` |" in PAGE.read_text()


def test_no_row_names_a_setting_that_is_gone() -> None:
    """The page holds nothing else."""
    rows = [line.split("`")[1] for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert sorted(rows) == sorted(Settings.model_fields)
