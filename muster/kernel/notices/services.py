"""Keeping the outbox short."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.actor import SYSTEM
from muster.kernel.commands.models import OutboxRow

KEPT: Final = timedelta(days=14)


def _muster_itself(*, by: Actor, **_: Any) -> bool:
    return SYSTEM in by.roles


@command("notices.clear_outbox", policy=_muster_itself)
def outbox_clear(*, by: Actor) -> int:
    """Delete announcements older than 14 days; returns how many. A stream that resumes behind them starts anew."""
    deleted, _ = OutboxRow.objects.filter(at__lt=by.now - KEPT).delete()
    record(deleted=deleted)
    return deleted
