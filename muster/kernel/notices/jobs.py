"""Background work of notices."""

from __future__ import annotations

from typing import Final

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.commands.models import OutboxRow
from muster.kernel.jobs import Job
from muster.kernel.notices.services import KEPT, outbox_clear


def clear_outbox() -> int:
    """Deletes what is too old to resume from; returns how many. Without such rows nothing is written."""
    if not OutboxRow.objects.filter(at__lt=clock.now() - KEPT).exists():
        return 0
    return outbox_clear(by=Actor.system("worker"))


JOBS: Final = (Job("clear old announcements", 3600, clear_outbox),)
