"""Notes which rules decided what, where somebody asked; where nobody did it costs one comparison."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gpo_market.events.compiling import compiled_part
from gpo_market.language.kernel.hints import seldom

Trace: TypeAlias = NDArray[np.int32]
"""Rows of (rule, start, end) behind a first row whose first field counts them; no rows: nothing is noted."""


def blank_trace(rules: int) -> Trace:
    """Give a trace with room for ``rules`` notes; what comes after is dropped. 0 notes nothing."""
    return np.zeros((rules + 1 if rules else 0, 3), dtype=np.int32)


@compiled_part
def note(trace: Trace, rule: int, start: int, end: int) -> None:
    """Note that a rule decided about the characters ``start``..``end`` of the original post."""
    if seldom(trace.shape[0] > 0):
        row = trace[0, 0] + 1
        if row < trace.shape[0]:
            trace[0, 0] = row
            trace[row, 0] = rule
            trace[row, 1] = start
            trace[row, 2] = end
