"""Which item list and which reference list a command uses, and what it says of those it cannot."""

import json
from pathlib import Path

import pytest

from gpo_market.catalogue import packaged_catalogue, packaged_reference
from gpo_market.cli import lists
from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import catalogue_of, read_small_file, reference_of
from gpo_market.cli.settings import Settings

VALUED = {"value": 8.0, "as_of": "2026-10-01", "quotes": 3}


@pytest.fixture(autouse=True)
def _quiet(workplace: Path) -> None:
    """Let no settings file be found."""
    assert list(workplace.iterdir()) == []


def write_list(path: Path, slug: str, *, valued: bool = False) -> Path:
    """Write a list of one item, with a value or without."""
    item = {"slug": slug, "name": slug.title()} | ({"reference": VALUED} if valued else {})
    path.write_text(json.dumps({"items": [item]}))
    return path


def write_reference(path: Path, slug: str) -> Path:
    """Write a reference list of one value."""
    path.write_text(json.dumps({"source": "somewhere", "as_of": "2026-10-01", "values": {slug: 5.0}}))
    return path


def test_without_option_and_setting_the_packaged_lists_are_used() -> None:
    """Grand Piece Online's list, and the values published for it."""
    assert catalogue_of(Settings(), None) == packaged_catalogue()
    assert reference_of(Settings(), None) == packaged_reference()


def test_an_option_comes_before_a_setting(tmp_path: Path) -> None:
    """The option's list is used where both name one, the setting's where there is no option."""
    option = write_list(tmp_path / "option.json", "ruby")
    settings = Settings(catalogue=write_list(tmp_path / "setting.json", "opal"))
    assert [item.slug for item in catalogue_of(settings, option).items] == ["ruby"]
    assert [item.slug for item in catalogue_of(settings, None).items] == ["opal"]


def test_a_list_of_ones_own_brings_its_own_values_or_none(tmp_path: Path) -> None:
    """The packaged values are for the packaged list only."""
    valued = write_list(tmp_path / "valued.json", "ruby", valued=True)
    reference = reference_of(Settings(), valued)
    assert reference is not None
    assert reference.values == {"ruby": 8.0}
    assert reference_of(Settings(), write_list(tmp_path / "bare.json", "ruby")) is None
    assert reference_of(Settings(catalogue=valued), None) == reference


def test_a_reference_that_is_set_comes_before_any_other(tmp_path: Path) -> None:
    """A file is read whatever the item list holds, and ``none`` means none."""
    valued = write_list(tmp_path / "valued.json", "ruby", valued=True)
    named = Settings(reference=str(write_reference(tmp_path / "values.json", "ruby")))
    for option in (None, valued):
        reference = reference_of(named, option)
        assert reference is not None
        assert (reference.source, reference.values) == ("somewhere", {"ruby": 5.0})
        assert reference_of(Settings(reference="none"), option) is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b'{"items": []}', b'{"values": {"ruby": -1}}'])
def test_a_broken_list_is_refused_by_its_name(content: bytes, tmp_path: Path) -> None:
    """The one line says which kind of list it should have been."""
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    with pytest.raises(BadInputError, match=r"^item list .*broken\.json: .+$"):
        catalogue_of(Settings(), file)
    if content != b'{"items": []}':
        with pytest.raises(BadInputError, match=r"^reference list .*broken\.json: .+$"):
            reference_of(Settings(reference=str(file)), None)


def test_what_cannot_be_read_is_refused_by_its_name(tmp_path: Path) -> None:
    """A file that is missing and a folder in its place."""
    with pytest.raises(BadInputError, match=r"missing\.json: no such file or directory"):
        catalogue_of(Settings(), tmp_path / "missing.json")
    with pytest.raises(BadInputError, match=f"{tmp_path}: is a directory"):
        read_small_file(tmp_path)


def test_a_file_too_large_for_a_list_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line names the limit; one byte less is read."""
    monkeypatch.setattr(lists, "MOST_BYTES", 2**20)
    file = tmp_path / "large.json"
    file.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(BadInputError, match=r"large\.json: larger than 1 MiB"):
        read_small_file(file)
    file.write_bytes(b" " * 2**20)
    assert len(read_small_file(file)) == 2**20
