"""`muster worker`: what must happen although nobody asks for it."""

from __future__ import annotations

import logging
import signal
import sys
import time

import click
from django.db import close_old_connections

from muster.kernel.audit.heartbeat import beating
from muster.kernel.jobs import Job, all_jobs

PAUSE_SECONDS = 1.0
log = logging.getLogger(__name__)


@click.command()
def worker() -> None:
    """Seal the audit log, check it, and do whatever else the areas have for the background, until stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    due: dict[Job, float] = dict.fromkeys(all_jobs(), 0.0)
    with beating() as beat:
        while True:
            close_old_connections()
            beat()
            round_of(due)
            time.sleep(PAUSE_SECONDS)


def round_of(due: dict[Job, float]) -> None:
    """Do each job whose time has come. One that fails is logged and tried again; the others go on."""
    for job, moment in due.items():
        if time.monotonic() < moment:
            continue
        try:
            job.do()
        except Exception:
            log.exception("job %s", job.name)
        due[job] = time.monotonic() + job.every
