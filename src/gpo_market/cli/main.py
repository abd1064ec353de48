"""``gpo-market``: finds the command, and turns every mendable error into one line and exit code 2."""

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.logs import configure_logging
from gpo_market.version import __version__

COMMANDS = {
    "backup": "gpo_market.cli.backups:backup",
    "catalogue": "gpo_market.cli.catalogue:catalogue",
    "doctor": "gpo_market.cli.doctor:doctor",
    "fair": "gpo_market.cli.reading:fair",
    "forget": "gpo_market.cli.forgetting:forget",
    "import": "gpo_market.cli.importing:import_posts",
    "import-values": "gpo_market.cli.value_importing:import_values",
    "keys": "gpo_market.cli.keys:keys",
    "moderate": "gpo_market.cli.moderating:moderate",
    "parse": "gpo_market.cli.reading:parse",
    "replay": "gpo_market.cli.replaying:replay_journal",
    "restore": "gpo_market.cli.backups:restore",
    "reprocess": "gpo_market.cli.reprocessing:reprocess_journal",
    "run": "gpo_market.cli.running:run",
    "simulate": "gpo_market.cli.simulating:simulate",
    "values": "gpo_market.cli.values:values",
    "verify": "gpo_market.cli.verifying:verify",
}

INTERRUPTED = 130


class LazyGroup(click.Group):
    """Imports a command only when it is used, so that ``--help`` and ``keys`` need no compiler."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; one whose reader, as ``head`` does, has seen enough ends well."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())  # else the interpreter fails to flush what is left
            os.close(nowhere)
            return 0


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gpo-market")
def app() -> None:
    """Live values for player-run item economies, learned from barter posts.

    \b
    Examples:
      gpo-market run                                  the whole engine with the demo market
      gpo-market fair "2 ase + 1 mc for case"         is this trade good for me?
      gpo-market import export.json && gpo-market values
    """


def run_command(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 the answer is no, 2 wrong usage or bad input."""
    configure_logging("warning")
    try:
        outcome = app.main(arguments, prog_name="gpo-market", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "gpo-market"
        return _refuse(f"{path}: {_one_line(error.format_message()).rstrip('.')}. See '{path} --help'.")
    except click.ClickException as error:
        return _refuse(f"gpo-market: {_one_line(error.format_message())}")
    except BadInputError as error:
        return _refuse(f"gpo-market: {_one_line(str(error))}")
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    return outcome if isinstance(outcome, int) else 0


def main() -> NoReturn:
    """Run the command that the process was started with."""
    sys.exit(run_command())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _refuse(line: str) -> int:
    click.echo(line, err=True)
    return 2
