"""Background work of the log."""

from __future__ import annotations

from typing import Final

from muster.kernel.audit.checks import check_now
from muster.kernel.audit.sealing import seal_if_due
from muster.kernel.jobs import Job

JOBS: Final = (
    Job("seal the audit log", 5, seal_if_due),
    Job("check the whole audit log", 240, check_now),  # an alteration is found within five minutes
)
