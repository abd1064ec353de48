"""Checks that the built wheel holds what an installed engine needs."""

import sys
import zipfile
from pathlib import Path

NEEDED = (
    "gpo_market/server/dashboard/index.html",
    "gpo_market/catalogue/data/gpo.json",
    "gpo_market/catalogue/data/gpo-reference.json",
    "gpo_market/py.typed",
)


def main(folder: str) -> int:
    """Check the one wheel in a folder; prints what is missing and returns 1 when something is."""
    wheels = sorted(Path(folder).glob("*.whl"))
    if len(wheels) != 1:
        print(f"{folder}: expected one wheel, found {len(wheels)}", file=sys.stderr)
        return 1
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = set(wheel.namelist())
    missing = [name for name in NEEDED if name not in names]
    for name in missing:
        print(f"{wheels[0].name}: {name} is missing", file=sys.stderr)
    print(f"{wheels[0].name}: {len(names)} files, {wheels[0].stat().st_size:,} bytes")
    return bool(missing)


if __name__ == "__main__":
    if len(sys.argv) != 2:  # noqa: PLR2004 - the script and its one argument
        print("usage: check_wheel.py FOLDER", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
