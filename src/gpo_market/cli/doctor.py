"""``doctor``: what is installed, what is set, what is missing."""

import platform
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import apsw
import click
from rich.markup import escape

from gpo_market.cli.errors import BadInputError
from gpo_market.cli.lists import catalogue_of, reference_of
from gpo_market.cli.options import catalogue_option, data_option, json_option
from gpo_market.cli.output import results, write_json
from gpo_market.cli.settings import Settings, load_settings
from gpo_market.cli.wiring import default_folder, origin_of
from gpo_market.events.time import to_rfc3339
from gpo_market.journal.folder import running_engine
from gpo_market.server.settings import BUILT_DASHBOARD
from gpo_market.version import __version__

Health = Literal["ok", "missing", "broken"]
MARKS = {"ok": "[green]✓[/]", "missing": "[yellow]-[/]", "broken": "[red]✗[/]"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its health, and what to do where it is not well."""

    name: str
    health: Health
    detail: str


@click.command()
@data_option
@catalogue_option
@json_option
def doctor(data: Path | None, catalogue_file: Path | None, as_json: bool) -> int:
    """Tell versions, configuration, lists, the folder's state, and what is missing.

    Exit code 1 when something is broken.
    """
    settings = load_settings()
    folder = data or default_folder(settings)
    lists = _lists(settings, catalogue_file)
    checks = [_versions(), _compiler(), _dashboard(), *lists, _folder(folder)]
    for check in checks:
        if as_json:
            write_json(check)
        else:
            results().print(f"{MARKS[check.health]} {check.name:<10} {escape(check.detail)}")
    return 1 if any(check.health == "broken" for check in checks) else 0


def _versions() -> Check:
    parts = [
        f"gpo-market-engine {__version__}",
        f"Python {platform.python_version()}",
        f"SQLite {apsw.sqlite_lib_version()}",
    ]
    parts += [
        f"{name} {metadata.version(name)}" for name in ("apsw", "fastapi", "msgspec", "numpy", "uvicorn")
    ]
    return Check("versions", "ok", ", ".join(parts))


def _compiler() -> Check:
    if find_spec("numba") is None:
        return Check(
            "compiler", "missing", "numba is not installed: the engine runs, slowly; pip install numba"
        )
    return Check("compiler", "ok", f"numba {metadata.version('numba')}")


def _dashboard() -> Check:
    if (BUILT_DASHBOARD / "index.html").exists():
        return Check("dashboard", "ok", "built")
    return Check("dashboard", "missing", "not built: install Node 20 or newer and run `make dashboard`")


def _lists(settings: Settings, catalogue_file: Path | None) -> list[Check]:
    try:
        catalogue = catalogue_of(settings, catalogue_file)
    except BadInputError as error:
        return [Check("catalogue", "broken", str(error))]
    source = str(catalogue_file or settings.catalogue or "the packaged list")
    checks = [Check("catalogue", "ok", f"{source}: {len(catalogue)} items")]
    try:
        reference = reference_of(settings, catalogue_file)
    except BadInputError as error:
        return [*checks, Check("reference", "broken", str(error))]
    if reference is None:
        return [*checks, Check("reference", "ok", "none is used")]
    as_of = to_rfc3339(reference.as_of)[:10]
    detail = f"{reference.source}: {len(reference.values)} values as of {as_of}"
    return [*checks, Check("reference", "ok", detail)]


def _folder(path: Path) -> Check:
    try:
        origin = origin_of(path)
    except BadInputError as error:
        return Check("folder", "broken", str(error))
    if origin is None:
        return Check(
            "folder", "missing", f"{path} holds no journal yet; `gpo-market run` or `import` makes one"
        )
    running = running_engine(path)
    where = f"an engine runs on it at {running.address}" if running else "no engine runs on it"
    return Check("folder", "ok", f"{path}: {'simulated' if origin else 'real'} market, {where}")
