"""Settings: where they come from, which comes first, and what is said of wrong ones."""

from pathlib import Path

import pytest

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.settings import load_settings

pytestmark = pytest.mark.usefixtures("workplace")


def complaint() -> str:
    """Load settings that must be refused; give the one line."""
    with pytest.raises(BadInputError) as refused:
        load_settings()
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_without_any_source_the_defaults_hold() -> None:
    """The engine listens on loopback, with the demo, and logs from info on."""
    settings = load_settings()
    assert (settings.host, settings.port, settings.feed) == ("127.0.0.1", 8000, "demo")
    assert (settings.data, settings.catalogue, settings.reference) == (None, None, "packaged")
    assert (settings.demo_seed, settings.log_level) == (1, "info")


def test_the_environment_comes_before_the_env_file_before_the_toml_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each source is used for what no earlier one says."""
    Path("gpo-market.toml").write_text('port = 1003\ndata = "c"\nhost = "toml"')
    assert (load_settings().port, load_settings().data) == (1003, Path("c"))
    Path(".env").write_text("GPO_MARKET_PORT=1002\nGPO_MARKET_DATA=b\nOTHER=1\n")
    assert (load_settings().port, load_settings().data) == (1002, Path("b"))
    monkeypatch.setenv("GPO_MARKET_PORT", "1001")
    settings = load_settings()
    assert (settings.port, settings.data, settings.host) == (1001, Path("b"), "toml")


def test_an_empty_variable_sets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names a setting without a value leaves the default."""
    monkeypatch.setenv("GPO_MARKET_PORT", "")
    assert load_settings().port == 8000


def test_what_the_engine_does_not_know_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of later or other versions keep nothing from starting."""
    monkeypatch.setenv("GPO_MARKET_TELEPATHY", "on")
    Path("gpo-market.toml").write_text("telepathy = true\n[section]\nx = 1\n")
    assert load_settings().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "many"),
        ("port", "65536"),
        ("port", "-1"),
        ("feed", "telepathy"),
        ("demo_seed", "-1"),
        ("log_level", "loud"),
    ],
)
def test_a_wrong_value_is_refused_by_its_settings_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the setting and what was given, wherever it was given."""
    Path("gpo-market.toml").write_text(f'{name} = "{value}"')
    assert complaint().startswith(f"setting {name}: ")
    assert value in complaint()
    Path("gpo-market.toml").write_text("")
    monkeypatch.setenv(f"GPO_MARKET_{name.upper()}", value)
    assert complaint().startswith(f"setting {name}: ")
    assert value in complaint()


@pytest.mark.parametrize("content", ["port = ", "port 9000", "[", 'a = 1\na = "twice"'])
def test_broken_toml_is_refused_by_its_file_and_line(content: str) -> None:
    """The line names the file and where in it."""
    Path("gpo-market.toml").write_text(content)
    assert complaint().startswith("gpo-market.toml: ")
    assert "(at " in complaint()


@pytest.mark.parametrize("name", [".env", "gpo-market.toml"])
def test_a_file_that_is_no_text_is_refused(name: str) -> None:
    """The line names the files that hold settings."""
    Path(name).write_bytes(b'port = "\xff\xfe"')
    assert name in complaint()
