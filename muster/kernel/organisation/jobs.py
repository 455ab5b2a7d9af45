"""What must happen to imports although nobody asks for it."""

from __future__ import annotations

from typing import Final

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.jobs import Job
from muster.kernel.organisation.services import imports_forget
from muster.kernel.organisation.services.imports import forgettable


def forget_if_due() -> int:
    """Erase the kept files of imports that nobody confirmed in time; returns how many, and writes nothing when none."""
    if not forgettable(clock.now()).exists():
        return 0
    return imports_forget(by=Actor.system("worker"))


JOBS: Final = (Job("erase files of imports that nobody confirmed", 60, forget_if_due),)
