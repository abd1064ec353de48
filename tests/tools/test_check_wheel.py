"""The check that a built wheel holds what an installed engine needs."""

import importlib.util
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "check_wheel.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load the script as a module."""
    spec = importlib.util.spec_from_file_location("check_wheel", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pack(folder: Path, names: Sequence[str], wheel: str = "engine-1.0-py3-none-any.whl") -> Path:
    """Pack a wheel of files with these names."""
    with zipfile.ZipFile(folder / wheel, "w") as packed:
        for name in names:
            packed.writestr(name, "content")
    return folder


def test_a_whole_wheel_passes(tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name, files and size are told, whatever else it holds."""
    assert tool.main(str(pack(tmp_path, [*tool.NEEDED, "gpo_market/more.py"]))) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.startswith(f"engine-1.0-py3-none-any.whl: {len(tool.NEEDED) + 1} files, ")


@pytest.mark.parametrize("missing", range(4))
def test_each_missing_file_is_named(
    missing: int, tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wheel without the dashboard, a list or the types' mark fails."""
    needed = list(tool.NEEDED)
    name = needed.pop(missing)
    assert tool.main(str(pack(tmp_path, needed))) == 1
    assert capsys.readouterr().err == f"engine-1.0-py3-none-any.whl: {name} is missing\n"


def test_one_wheel_is_expected(tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None, two, and a folder that is not there are all said."""
    assert tool.main(str(tmp_path)) == 1
    assert tool.main(str(tmp_path / "missing")) == 1
    pack(tmp_path, tool.NEEDED)
    pack(tmp_path, tool.NEEDED, "engine-2.0-py3-none-any.whl")
    assert tool.main(str(tmp_path)) == 1
    assert [line.rsplit(": ", 1)[1] for line in capsys.readouterr().err.splitlines()] == [
        "expected one wheel, found 0",
        "expected one wheel, found 0",
        "expected one wheel, found 2",
    ]


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_wrong_usage_is_said_in_one_line(arguments: list[str]) -> None:
    """The script takes one folder, and says so with exit code 2."""
    done = subprocess.run(
        [sys.executable, str(TOOL), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "usage: check_wheel.py FOLDER\n"


def test_what_is_needed_is_what_the_package_reads(tool: ModuleType) -> None:
    """Each file but the built dashboard stands in the source tree."""
    source = TOOL.parents[1] / "src"
    kept = [name for name in tool.NEEDED if "dashboard" not in name]
    assert len(kept) == 3
    assert all((source / name).is_file() for name in kept)
