"""What happened, for tests that hold the kernel against the plan engine."""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import NOW, TRACED, State

# What came from outside
ACTIVATED, CHANGED, STOOD, OPENED, CLOSED, AROSE, TOOK_PLACE, PASSED = range(8)
# What followed
RAISED, RELEASED, WITHDRAWN, ENDED_WELL, RAN_OUT = range(8, 13)


@kernel()
def note(s: State, what: int, a: int, b: int, c: int) -> None:
    """(minute, what, a, b, c); nothing where nobody asked for it."""
    row = s.scalars[TRACED]
    if row < s.trace.shape[0]:
        s.trace[row, 0] = s.scalars[NOW]
        s.trace[row, 1] = what
        s.trace[row, 2] = a
        s.trace[row, 3] = b
        s.trace[row, 4] = c
        s.scalars[TRACED] = row + 1
