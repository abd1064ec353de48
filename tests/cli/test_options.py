"""The options that commands share by contract."""

from collections.abc import Iterator

import click
import pytest

from gpo_market.cli.main import app

NO_DATA = {"parse", "simulate", "catalogue check"}
"""These neither read nor write an engine's folder."""


def leaves() -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, by its full name."""
    context = click.Context(app)
    for name in app.list_commands(context):
        command = app.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", found) for inner, found in command.commands.items())
        else:
            yield name, command


COMMANDS = dict(leaves())


def options(name: str) -> set[str]:
    """Name a command's options."""
    return {option for parameter in COMMANDS[name].params for option in parameter.opts}


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"catalogue check"}))
def test_every_command_takes_an_item_list(name: str) -> None:
    """``--catalogue FILE`` never is wrong usage (``catalogue check`` names its list itself)."""
    assert "--catalogue" in options(name)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - NO_DATA))
def test_every_command_on_a_market_takes_its_folder(name: str) -> None:
    """``--data DIR`` names it."""
    assert "--data" in options(name)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"run"}))
def test_every_command_that_prints_results_takes_json(name: str) -> None:
    """``--json`` asks for lines that programs read."""
    assert "--json" in options(name)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_is_for(name: str) -> None:
    """The help of each option is there."""
    named = [parameter for parameter in COMMANDS[name].params if isinstance(parameter, click.Option)]
    assert all(option.help for option in named)
