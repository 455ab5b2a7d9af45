"""What `muster worker` does for live operations."""

from __future__ import annotations

from typing import Final

from muster.kernel.jobs import Job
from muster.response.operations.live_day import count_live_days
from muster.response.operations.services.ticking import tick_all

JOBS: Final = (
    Job("operations.tick", 60.0, tick_all),
    Job("operations.day", 600.0, count_live_days),
)
