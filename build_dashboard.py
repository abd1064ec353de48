"""Hatchling build hook: builds the dashboard before a wheel is packed, where that is possible."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
BUILT_INDEX = Path("src/gpo_market/server/dashboard/index.html")
SOURCES = Path("dashboard")
NOT_SOURCES = frozenset({"node_modules", "dev", "pictures"})

HOW_TO_ADD = (
    f"The engine will run without the dashboard. To add it, install Node.js {OLDEST_NODE} or newer "
    "and install again, or run `make dashboard` in the project's folder."
)


class CustomBuildHook(BuildHookInterface[BuilderConfig]):
    """Builds the dashboard for a wheel when there is none, or when its sources are newer."""

    def initialize(self, version: str, build_data: Mapping[str, Any]) -> None:
        """Build if needed; a build that cannot be had is said so, and is no failure.

        An editable installation takes what ``make dashboard`` builds.
        """
        del build_data
        root = Path(self.root)
        if self.target_name != "wheel" or version == "editable" or not needs_build(root):
            return
        problem = build(root)
        if problem is not None:
            self.app.display_warning(f"{problem} {HOW_TO_ADD}")


def needs_build(root: Path) -> bool:
    """Tell whether there is no built dashboard below ``root``, or one older than its sources."""
    index = root / BUILT_INDEX
    if not index.is_file():
        return True
    built = index.stat().st_mtime
    return any(source.stat().st_mtime > built for source in _source_files(root / SOURCES))


def build(root: Path) -> str | None:
    """Build the dashboard with npm; give one sentence on what kept it from being built, or None."""
    folder = root / SOURCES
    if not (folder / "package.json").is_file():
        return "The dashboard's sources are not here."
    npm = shutil.which("npm")
    node = node_version()
    if npm is None or node is None:
        return "Node.js and npm were not found."
    if node < OLDEST_NODE:
        return f"Node.js {node} is too old."
    for command in ([npm, "ci"], [npm, "run", "build"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  # npm as found on the path
        if done.returncode != 0:
            return f"`npm {' '.join(command[1:])}` failed: {_reason(done.stderr + done.stdout)}"
    return None


def node_version() -> int | None:
    """Give the major version of the Node.js on the path, or None without one."""
    node = shutil.which("node")
    if node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  # node as found on the path
    found = re.match(r"v(\d+)\.", said.stdout)
    return int(found[1]) if found else None


def _reason(output: str) -> str:
    """Pick the line that says most: the first that tells of an error in words, else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if "error " in line.lower() and "error code" not in line]
    return (errors or lines[-1:] or ["it gave no reason"])[0]


def _source_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file())
        else:
            yield path
