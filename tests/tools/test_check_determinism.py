"""The check that finds what may differ between two runs."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "check_determinism.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load the script as a module."""
    spec = importlib.util.spec_from_file_location("check_determinism", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from random import choice",
        "from uuid import uuid4",
        "from math import exp",
        "from numpy import dot",
        "import math\nmath.log(2.0)",
        "np.exp(x)",
        "np.dot(a, b)",
        "np.linalg.inv(a)",
        "np.random.default_rng()",
        "np.sum(a)",
        "a.dot(b)",
        "a @ b",
        "a @= b",
        "x ** 0.5",
        "x ** y",
        "x **= 2",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "open('file')",
        "path.read_text()",
        "hash('text')",
        "input()",
        "njit(f, fastmath=True)",
        "for i in prange(9): pass",
        "for x in {1, 2}: pass",
        "for x in set(words): pass",
        "[x for x in frozenset(words)]",
        "list({x for x in words})",
        "' '.join(set(words))",
        "print(*{1, 2})",
    ],
)
def test_what_is_found(tool: ModuleType, source: str) -> None:
    """Clocks, chance, the outside, library maths, BLAS, and the order of sets are found on their line."""
    (finding,) = tool.check(f"\n{source}")
    assert finding.line == 2 + source.count("\n")


@pytest.mark.parametrize(
    "source",
    [
        "from math import sqrt, frexp",
        "from gpo_market.events.numeric import exp\nexp(1.0)",
        "from gpo_market.events.time import DAY",
        "limit = 2 ** 63",
        "sorted({1, 2})",
        "x in {1, 2}",
        "for x in sorted(set(words)): pass",
        "np.sqrt(a) + a * b",
        "dictionary.pop(name)",
    ],
)
def test_what_is_allowed(tool: ModuleType, source: str) -> None:
    """Exact arithmetic, membership in sets and sorted sets are fine."""
    assert tool.check(source) == []


def test_an_exception_needs_its_reason(tool: ModuleType) -> None:
    """A line is excused by a reason on the same line, and by nothing less."""
    assert tool.check("import time  # deterministic: only for its type") == []
    assert len(tool.check("import time  # deterministic: ")) == 1
    assert len(tool.check("# deterministic: of another line\nimport time")) == 1


def test_findings_are_printed_and_fail(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each finding is one line with file and line, and the exit code is 1."""
    module = tmp_path / "room" / "module.py"
    module.parent.mkdir()
    module.write_text("x = 1\nimport time\n", encoding="utf-8")
    assert tool.main([str(tmp_path)]) == 1
    assert capsys.readouterr().out == f"{module}:2: imports time\n"
    module.write_text("x = 1\n", encoding="utf-8")
    assert tool.main([str(module)]) == 0


def test_a_path_that_is_not_there_is_wrong_usage(
    tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong path is named, with exit code 2."""
    assert tool.main(["nowhere.py"]) == 2
    assert capsys.readouterr().err == "nowhere.py: no such file or directory\n"


def test_the_markets_own_rooms_are_clean(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing in the pure rooms may differ between runs."""
    assert tool.main([]) == 0, capsys.readouterr().out
