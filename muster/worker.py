"""`muster worker`: what must happen although nobody asks for it."""

from __future__ import annotations

import signal
import sys
import time

import click
from django.db import close_old_connections

from muster.kernel.audit.services import seal_if_due

PERIOD_SECONDS = 5


@click.command()
def worker() -> None:
    """Seal the audit log every 100 entries or 60 seconds, until stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        close_old_connections()
        seal_if_due()
        time.sleep(PERIOD_SECONDS)
