"""Counts the lines that the kernels run for texts of two lengths; run as a script with the compiler off.

``python counting_steps.py SHORT LONG`` prints, for every hostile pattern, the two counts as JSON.
"""

import json
import sys
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
KERNEL = str(ROOT / "src" / "gpo_market" / "language" / "kernel")


class StepCounter:
    """Counts lines of the kernels through the interpreter's trace."""

    def __init__(self) -> None:
        self.steps = 0

    def enter(self, frame: FrameType, event: str, _: object) -> object:
        """Follow a function of the kernels, and no other."""
        del event
        return self.line if frame.f_code.co_filename.startswith(KERNEL) else None

    def line(self, _: FrameType, event: str, __: object) -> object:
        """Count a line."""
        self.steps += event == "line"
        return self.line


def main(short: int, long: int) -> None:
    """Print the counts."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from gpo_market.catalogue import packaged_catalogue  # noqa: PLC0415 - the path is set just before
    from tests.hostile import PATTERNS, repeated  # noqa: PLC0415 - as above
    from tests.readers import Parser  # noqa: PLC0415 - as above

    parser = Parser(packaged_catalogue())
    parser.parse("ase for mc")
    counts: dict[str, list[int]] = {}
    for name, pattern in PATTERNS.items():
        counts[name] = []
        for length in (short, long):
            counter = StepCounter()
            sys.settrace(counter.enter)  # type: ignore[arg-type] # the stub wants the exact recursive type
            parser.parse(repeated(pattern, length))
            sys.settrace(None)
            counts[name].append(counter.steps)
    sys.stdout.write(json.dumps(counts))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
