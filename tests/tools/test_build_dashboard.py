"""The build hook: when it builds, what it says when it cannot, and that it never fails the package."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

Commands = dict[str, str]

BUILDS = """#!/bin/sh
echo "$*" >> "$PWD/calls"
if [ "$1" = run ]; then mkdir -p ../src/gpo_market/server/dashboard
  echo built > ../src/gpo_market/server/dashboard/index.html; fi
"""
FAILS = """#!/bin/sh
echo "npm error code AWAY" >&2
echo "npm error" >&2
echo "npm error network is away" >&2
echo "a complete log of this run is somewhere" >&2
exit 1
"""
FAILS_SILENTLY = "#!/bin/sh\nexit 1\n"


def node(version: str) -> str:
    """Write a program that says it is Node.js of that version."""
    return f"#!/bin/sh\necho {version}\n"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """Load the hook as hatchling does, from its file."""
    spec = importlib.util.spec_from_file_location("build_dashboard", ROOT / "build_dashboard.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Lay out a project with a dashboard's sources that was never built."""
    root = tmp_path / "project"
    (root / "dashboard" / "src").mkdir(parents=True)
    (root / "dashboard" / "package.json").write_text("{}")
    (root / "dashboard" / "src" / "main.tsx").write_text("")
    return root


def install(monkeypatch: pytest.MonkeyPatch, folder: Path, commands: Commands) -> None:
    """Make exactly these programs (and the shell's own) findable."""
    folder.mkdir()
    for name, script in commands.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    monkeypatch.setenv(
        "PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin" if "npm" in commands else str(folder)
    )


class Warnings:
    """The part of hatchling's application that the hook uses."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def display_warning(self, message: str) -> None:
        """Keep what was said."""
        self.said.append(message)


def run_hook(hook: ModuleType, root: Path, target: str = "wheel") -> list[str]:
    """Run the hook as hatchling does; give what it warned of."""
    app = Warnings()
    made = hook.CustomBuildHook(str(root), {}, None, None, str(root / "dist"), target, app)
    made.initialize("standard", {})
    return app.said


def set_age(path: Path, seconds: int) -> None:
    """Give a file a time of change."""
    os.utime(path, (1_700_000_000 + seconds, 1_700_000_000 + seconds))


def built_index(root: Path) -> Path:
    """Name the file that a build leaves."""
    return root / "src/gpo_market/server/dashboard/index.html"


def test_builds_what_was_never_built(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a built dashboard the wheel's build installs and builds it."""
    install(monkeypatch, tmp_path / "bin", {"npm": BUILDS, "node": node("v20.19.0")})
    assert run_hook(hook, project) == []
    assert built_index(project).is_file()
    assert (project / "dashboard" / "calls").read_text().splitlines() == ["ci", "run build"]


def test_leaves_a_current_build_alone(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build as new as its sources stays; what npm installed is no source."""
    install(monkeypatch, tmp_path / "bin", {"npm": FAILS, "node": node("v20.19.0")})
    built_index(project).parent.mkdir(parents=True)
    built_index(project).write_text("built")
    modules = project / "dashboard" / "node_modules"
    modules.mkdir()
    (modules / "newer.js").write_text("")
    for source in (project / "dashboard" / "package.json", project / "dashboard" / "src" / "main.tsx"):
        set_age(source, 0)
    set_age(built_index(project), 0)
    assert run_hook(hook, project) == []


def test_builds_again_when_a_source_is_newer(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source changed after the build makes it stale."""
    install(monkeypatch, tmp_path / "bin", {"npm": BUILDS, "node": node("v24.1.0")})
    built_index(project).parent.mkdir(parents=True)
    built_index(project).write_text("old")
    set_age(built_index(project), 0)
    set_age(project / "dashboard" / "src" / "main.tsx", 1)
    assert run_hook(hook, project) == []
    assert built_index(project).read_text() == "built\n"


def test_only_wheels_hold_the_dashboard(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source distribution is packed without building anything."""
    install(monkeypatch, tmp_path / "bin", {"npm": BUILDS, "node": node("v20.19.0")})
    assert run_hook(hook, project, "sdist") == []
    assert not built_index(project).exists()


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ({}, "Node.js and npm were not found."),
        ({"npm": BUILDS, "node": node("v18.20.4")}, "Node.js 18 is too old."),
        ({"npm": BUILDS, "node": node("what")}, "Node.js and npm were not found."),
        ({"npm": FAILS, "node": node("v20.19.0")}, "`npm ci` failed: npm error network is away"),
        ({"npm": FAILS_SILENTLY, "node": node("v20.19.0")}, "`npm ci` failed: it gave no reason"),
    ],
)
def test_says_what_kept_it_from_building_and_goes_on(
    hook: ModuleType,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    commands: Commands,
    words: str,
) -> None:
    """Without a usable Node.js or npm the package is built all the same, and says what to do."""
    install(monkeypatch, tmp_path / "bin", commands)
    [said] = run_hook(hook, project)
    assert said.startswith(words)
    assert "The engine will run without the dashboard." in said
    assert "make dashboard" in said


def test_a_tree_without_the_dashboards_sources_says_so(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tree from which the sources were left out has nothing to build."""
    install(monkeypatch, tmp_path / "bin", {"npm": BUILDS, "node": node("v20.19.0")})
    [said] = run_hook(hook, tmp_path)
    assert said.startswith("The dashboard's sources are not here.")


@pytest.mark.parametrize(("age", "stale"), [(-1, False), (0, False), (1, True)])
def test_a_build_is_stale_when_a_source_is_newer(
    hook: ModuleType, project: Path, age: int, *, stale: bool
) -> None:
    """Sources are all files below the dashboard's folder, but what is installed or only for developing."""
    assert hook.needs_build(project)
    built_index(project).parent.mkdir(parents=True)
    built_index(project).write_text("built")
    set_age(built_index(project), 0)
    set_age(project / "dashboard" / "package.json", -5)
    set_age(project / "dashboard" / "src" / "main.tsx", age)
    for name in ("node_modules", "dev", "pictures"):
        (project / "dashboard" / name).mkdir()
        (project / "dashboard" / name / "newer.txt").write_text("")
    assert hook.needs_build(project) is stale


def test_a_build_without_sources_beside_it_is_kept(hook: ModuleType, tmp_path: Path) -> None:
    """A source distribution that brings the built dashboard needs no Node.js."""
    built_index(tmp_path).parent.mkdir(parents=True)
    built_index(tmp_path).write_text("built")
    assert not hook.needs_build(tmp_path)


def test_an_editable_installation_builds_nothing(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever works on the engine takes what ``make dashboard`` builds."""
    install(monkeypatch, tmp_path / "bin", {"npm": BUILDS, "node": node("v20.19.0")})
    app = Warnings()
    made = hook.CustomBuildHook(str(project), {}, None, None, str(project / "dist"), "wheel", app)
    made.initialize("editable", {})
    assert app.said == []
    assert not built_index(project).exists()


def test_a_build_that_fails_after_the_installation_is_told_as_such(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that failed is the one that is named, with its last words where none tells of an error."""
    fails_to_build = (
        '#!/bin/sh\n[ "$1" = ci ] && exit 0\necho starting\necho "src/main.tsx(1,1): no"\nexit 2\n'
    )
    install(monkeypatch, tmp_path / "bin", {"npm": fails_to_build, "node": node("v20.19.0")})
    assert hook.build(project) == "`npm run build` failed: src/main.tsx(1,1): no"


def test_node_alone_is_not_enough(
    hook: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without npm nothing can be installed or built, whatever Node.js there is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "node").write_text(node("v20.19.0"))
    (folder / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert hook.node_version() == 20
    assert hook.build(project) == "Node.js and npm were not found."
