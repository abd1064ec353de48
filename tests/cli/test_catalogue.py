"""``catalogue check``: is a list fit to read posts with?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gpo_market.cli.main import run_command

Printed = Callable[..., list[dict[str, object]]]
Refused = Callable[..., str]


@pytest.fixture
def listing(tmp_path: Path) -> Callable[..., Path]:
    """Write an item list: ``listing(("flower-boat", "Flower Boat", "fb"))``."""

    def write(*items: tuple[str, ...]) -> Path:
        described = [{"slug": slug, "name": name, "aliases": aliases} for slug, name, *aliases in items]
        (tmp_path / "list.json").write_text(json.dumps({"items": described}))
        return tmp_path / "list.json"

    return write


def test_a_list_is_checked_for_what_readers_would_confuse(
    listing: Callable[..., Path], printed: Printed, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shared alias is a remark; the list is usable."""
    file = listing(("flower-boat", "Flower Boat", "fb"), ("fish-bait", "Fish Bait", "fb"))
    (finding,) = printed("catalogue", "check", file, "--json")
    assert (finding["severity"], finding["slugs"]) == ("warning", ["flower-boat", "fish-bait"])
    assert run_command(["catalogue", "check", str(file)]) == 0
    captured = capsys.readouterr()
    assert "'fb' stands for flower-boat and fish-bait" in captured.out
    assert "2 items, 1 remarks" in captured.err


def test_items_of_one_name_are_the_answer_no(listing: Callable[..., Path], printed: Printed) -> None:
    """No post could tell them apart: an error, exit code 1."""
    file = listing(("one", "Flower Boat"), ("other", "flower boat"))
    findings = printed("catalogue", "check", file, "--json", code=1)
    assert findings[0]["severity"] == "error"


def test_names_are_shown_as_they_are(
    listing: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Brackets in a name are no markup."""
    assert run_command(["catalogue", "check", str(listing(("one", "[/]")))]) == 1
    assert "'[/]'" in capsys.readouterr().out


def test_the_packaged_list_has_no_errors(printed: Printed) -> None:
    """What everybody gets first is usable."""
    import gpo_market.catalogue  # noqa: PLC0415 - only to find its data

    packaged = Path(gpo_market.catalogue.__file__).parent / "data" / "gpo.json"
    assert all(
        finding["severity"] != "error" for finding in printed("catalogue", "check", packaged, "--json")
    )


@pytest.mark.parametrize("content", ["", "[]", '{"items": []}', '{"items": [{"slug": "A b"}]}'])
def test_what_is_no_list_is_refused(content: str, tmp_path: Path, refused: Refused) -> None:
    """The line names the file and what is wrong in it."""
    (tmp_path / "list.json").write_text(content)
    assert "list.json" in refused("catalogue", "check", tmp_path / "list.json")
