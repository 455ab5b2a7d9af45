"""What cannot be simulated, told so that it can be mended."""

from __future__ import annotations

from muster.engines.plan.text import UNSAID, Text


class StressRefused(Exception):
    """`what` is wrong and `where`, what was `expected`, how to `mend` it; nothing was simulated."""

    def __init__(self, what: Text, where: Text = UNSAID, expected: Text = UNSAID, mend: Text = UNSAID) -> None:
        self.what, self.where, self.expected, self.mend = what, where, expected, mend
        super().__init__(f"{where.en}: {what.en}" if where.en else what.en)


class Cancelled(Exception):
    """Whoever asked for the simulation wants it no more; nothing of it is kept."""
