"""Checks that nothing on the market's way can differ between two runs.

    python tools/check_determinism.py [FILE|DIRECTORY ...]

Without arguments: the pure rooms. Prints ``file:line: what``, one per line, and exits 1 when anything is
found. An exception stands in the source, with its reason: ``# deterministic: reason`` on the same line.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "gpo_market"
ROOMS = ("catalogue", "language", "market", "trading", "events/numeric.py", "events/compiling.py")

EXCUSE = "# deterministic: "

MODULES = frozenset(
    {
        "time",
        "random",
        "secrets",
        "uuid",
        "os",
        "socket",
        "subprocess",
        "threading",
        "asyncio",
        "tempfile",
        "io",
        "shutil",
        "glob",
        "platform",
        "getpass",
    }
)
"""Modules that bring in clocks, chance, the environment or the outside."""

LIBRARY_MATHS = frozenset(
    {
        "exp",
        "exp2",
        "expm1",
        "log",
        "log2",
        "log10",
        "log1p",
        "pow",
        "erf",
        "erfc",
        "gamma",
        "lgamma",
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
        "atan",
        "atan2",
        "sinh",
        "cosh",
        "tanh",
        "asinh",
        "acosh",
        "atanh",
        "hypot",
        "cbrt",
        "dist",
        "fsum",
        "sumprod",
        "power",
        "float_power",
        "logaddexp",
        "logaddexp2",
    }
)
"""Functions whose last bit depends on the machine's library or instruction set."""

PAIRWISE = frozenset({"sum", "mean", "nansum", "nanmean", "average"})
BLAS = frozenset(
    {"dot", "vdot", "matmul", "inner", "outer", "tensordot", "einsum", "linalg", "vecdot", "matvec", "vecmat"}
)
CHANCE = frozenset({"random"})
CLOCKS = frozenset({"now", "utcnow", "today"})
FILE_METHODS = frozenset(
    {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "exists",
        "is_file",
        "is_dir",
        "iterdir",
        "glob",
        "rglob",
        "unlink",
        "mkdir",
        "cwd",
        "home",
    }
)
BUILTINS = {"open": "opens a file", "input": "reads input", "hash": "hash() depends on the process for texts"}
CALLED_SETS = frozenset({"set", "frozenset"})
PARALLEL = frozenset({"fastmath", "parallel", "prange"})
WALKERS = frozenset({"list", "tuple", "iter", "enumerate", "sum", "next", "map", "zip", "join"})


class Finding(NamedTuple):
    """Something that may differ between two runs."""

    line: int
    what: str


def check(source: str) -> list[Finding]:
    """List what a module's source holds that may differ between runs, exceptions with a reason left out.

    Raises SyntaxError for what is no Python.
    """
    lines = source.splitlines()
    found = {finding for node in ast.walk(ast.parse(source)) for finding in _findings(node)}
    return sorted(finding for finding in found if not _excused(lines[finding.line - 1]))


def _excused(line: str) -> bool:
    _, marker, reason = line.partition(EXCUSE)
    return bool(marker and reason.strip())


def _findings(node: ast.AST) -> Iterator[Finding]:
    match node:
        case ast.Import(names=names):
            yield from _imports(node.lineno, [alias.name for alias in names])
        case ast.ImportFrom(module=module, names=names):
            yield from _imports(node.lineno, [module or ""])
            yield from _imported_names(node.lineno, module or "", [alias.name for alias in names])
        case ast.Attribute():
            yield from _attribute(node)
        case ast.Call():
            yield from _call(node)
        case ast.BinOp() | ast.AugAssign():
            yield from _operator(node)
        case ast.For(iter=walked) | ast.comprehension(iter=walked) | ast.Starred(value=walked):
            if _is_set(walked):
                yield Finding(walked.lineno, "the order of a set differs between runs")
        case ast.Name(id=name) | ast.keyword(arg=name) if name in PARALLEL:
            yield Finding(node.lineno, f"{name} reorders arithmetic")


def _operator(node: ast.BinOp | ast.AugAssign) -> Iterator[Finding]:
    if isinstance(node.op, ast.MatMult):
        yield Finding(node.lineno, "@ calls BLAS, whose sums depend on threads and kernels")
    elif isinstance(node.op, ast.Pow) and not _whole_power(node):
        yield Finding(node.lineno, "** of anything but whole constants calls the library's power")


def _imports(line: int, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        if name.partition(".")[0] in MODULES:
            yield Finding(line, f"imports {name}")


def _imported_names(line: int, module: str, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        if module in {"math", "cmath"} and name in LIBRARY_MATHS:
            yield Finding(line, f"{module}.{name} differs between processors; use events.numeric")
        elif module.partition(".")[0] == "numpy" and name in LIBRARY_MATHS | BLAS | CHANCE:
            yield Finding(line, f"{module}.{name} differs between machines")


def _attribute(node: ast.Attribute) -> Iterator[Finding]:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    if owner in {"math", "cmath", "np", "numpy"} and node.attr in LIBRARY_MATHS:
        yield Finding(node.lineno, f"{owner}.{node.attr} differs between processors; use events.numeric")
    elif owner in {"np", "numpy"} and node.attr in BLAS | CHANCE:
        yield Finding(node.lineno, f"{owner}.{node.attr} differs between machines")
    elif owner in {"np", "numpy"} and node.attr in PAIRWISE:
        yield Finding(node.lineno, f"{owner}.{node.attr} rounds by the size of the batch")
    elif owner in {"datetime", "date"} and node.attr in CLOCKS:
        yield Finding(node.lineno, f"{owner}.{node.attr} reads the clock")
    elif _reads_clock(node):
        yield Finding(node.lineno, f"{node.attr} reads the clock")


def _reads_clock(node: ast.Attribute) -> bool:
    owner = node.value
    return node.attr in CLOCKS and isinstance(owner, ast.Attribute) and owner.attr in {"datetime", "date"}


def _call(node: ast.Call) -> Iterator[Finding]:
    function = node.func
    if isinstance(function, ast.Name) and function.id in BUILTINS:
        yield Finding(node.lineno, BUILTINS[function.id])
    elif isinstance(function, ast.Attribute) and function.attr in FILE_METHODS:
        yield Finding(node.lineno, f".{function.attr}() reaches outside")
    elif isinstance(function, ast.Attribute) and function.attr == "dot" and not _is_numpy(function.value):
        yield Finding(node.lineno, ".dot() calls BLAS, whose sums depend on threads and kernels")
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if name in WALKERS and any(_is_set(argument) for argument in node.args):
        yield Finding(node.lineno, "the order of a set differs between runs")


def _is_numpy(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"np", "numpy"}


def _is_set(node: ast.expr) -> bool:
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return called and node.func.id in CALLED_SETS  # type: ignore[attr-defined]


def _whole_power(node: ast.BinOp | ast.AugAssign) -> bool:
    """Tell whether a power is of whole constants, which Python computes exactly."""
    if isinstance(node, ast.AugAssign):
        return False
    return all(
        isinstance(side, ast.Constant) and isinstance(side.value, int) for side in (node.left, node.right)
    )


def sources(paths: Sequence[Path]) -> Iterator[Path]:
    """Walk the Python files among files and directories, in order."""
    for path in paths:
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def main(arguments: Sequence[str]) -> int:
    """Check files and directories, by default the pure rooms; give the exit code."""
    paths = [Path(argument) for argument in arguments] or [PACKAGE / room for room in ROOMS]
    missing = [path for path in paths if not path.exists()]
    if arguments and missing:
        print(f"{missing[0]}: no such file or directory", file=sys.stderr)
        return 2
    found = 0
    for path in sources([path for path in paths if path.exists()]):
        for finding in check(path.read_text(encoding="utf-8")):
            print(f"{path}:{finding.line}: {finding.what}")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
