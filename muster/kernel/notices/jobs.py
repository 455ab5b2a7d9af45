"""Background work of notices."""

from __future__ import annotations

import time
from typing import Final

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.commands.models import OutboxRow
from muster.kernel.jobs import Job
from muster.kernel.notices.services import KEPT, outbox_clear

PERIOD_SECONDS: Final = 3600.0
_done_at = [float("-inf")]


def clear_outbox_if_due() -> int:
    """Once an hour, deletes what is too old to resume from; returns how many. Without such rows nothing is written."""
    if time.monotonic() - _done_at[0] < PERIOD_SECONDS:
        return 0
    _done_at[0] = time.monotonic()
    if not OutboxRow.objects.filter(at__lt=clock.now() - KEPT).exists():
        return 0
    return outbox_clear(by=Actor.system("worker"))


JOBS: Final = (Job("clear the outbox", 60, clear_outbox_if_due),)
