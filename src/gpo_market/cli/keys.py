"""``keys``: API keys of an engine's folder."""

from contextlib import closing
from pathlib import Path

import click

from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import results, say, write_json
from gpo_market.cli.settings import load_settings
from gpo_market.cli.wiring import access_store, default_folder, has_keys
from gpo_market.engine.ports import Scope
from gpo_market.events.time import to_rfc3339
from gpo_market.journal.access import KeyEntry


@click.group()
def keys() -> None:
    """Create, list and revoke API keys."""


@keys.command()
@click.option(
    "--scope", required=True, type=click.Choice(["ingest", "trade", "admin"]), help="What the key may do."
)
@data_option
@catalogue_option
@json_option
def create(scope: Scope, data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """Create a key and print it, this once; `--catalogue` changes nothing here.

    \b
    Example:
      gpo-market keys create --scope ingest
    """
    del catalogue_file
    with closing(access_store(_folder(data))) as store:
        made = store.create(scope)
    if as_json:
        write_json({"id": made.id, "key": made.key, "scope": made.scope})
    else:
        say("Keep this key: it is stored only as a hash and cannot be shown again.")
        click.echo(made.key)


@keys.command("list")
@data_option
@catalogue_option
@json_option
def list_keys(data: Path | None, catalogue_file: Path | None, as_json: bool) -> None:
    """List the keys, without their secrets; `--catalogue` changes nothing here."""
    del catalogue_file
    folder = _folder(data)
    stored: tuple[KeyEntry, ...] = ()
    if has_keys(folder):
        with closing(access_store(folder)) as store:
            stored = store.list()
    if as_json:
        for key in stored:
            write_json(key)
        return
    if not stored:
        say("No keys yet: create one with `gpo-market keys create --scope ingest`.")
    for key in stored:
        results().print(f"{key.id}  {key.scope:<7} {to_rfc3339(key.created)}", markup=False)


@keys.command()
@click.argument("key_id")
@data_option
@catalogue_option
@json_option
def revoke(key_id: str, data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Revoke a key by its id; exit code 1 when there is none; `--catalogue` changes nothing here."""
    del catalogue_file
    folder = _folder(data)
    revoked = False
    if has_keys(folder):
        with closing(access_store(folder)) as store:
            revoked = store.revoke(key_id)
    if as_json:
        write_json({"id": key_id, "revoked": revoked})
    else:
        say(f"Key {key_id} is revoked." if revoked else f"There is no key {key_id}.")
    return 0 if revoked else 1


def _folder(data: Path | None) -> Path:
    return data or default_folder(load_settings())
