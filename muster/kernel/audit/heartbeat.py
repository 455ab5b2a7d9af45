"""Whether workers are alive: a row each, renewed while they run, gone when they stop in order."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError

from muster.kernel import clock
from muster.kernel.audit.models import Heartbeat

RENEWED: Final = timedelta(seconds=15)
SILENT: Final = timedelta(seconds=60)
FORGOTTEN: Final = timedelta(days=1)


@contextmanager
def beating() -> Iterator[Callable[[], None]]:
    """Inside, this process counts as a worker as long as it calls what it was given.

    It takes the place of workers of the same machine that fell silent.
    """
    host = socket.gethostname()
    name = f"{host}:{os.getpid()}"
    started = last = clock.now()
    Heartbeat.objects.filter(worker__startswith=f"{host}:", at__lt=started - SILENT).delete()
    _write(name, started)

    def beat() -> None:
        nonlocal last
        if clock.now() - last >= RENEWED:
            last = clock.now()
            with suppress(DatabaseError):  # a busy database must not end the worker
                _write(name, started)

    try:
        yield beat
    finally:
        with suppress(DatabaseError):
            Heartbeat.objects.filter(worker=name).delete()


def _write(name: str, started: datetime) -> None:
    now = clock.now()
    Heartbeat.objects.update_or_create(
        worker=name, defaults={"at": now}, create_defaults={"at": now, "started_at": started}
    )
    Heartbeat.objects.filter(at__lt=now - FORGOTTEN).delete()


def alive() -> list[Heartbeat]:
    """Workers that were heard of within the last minute."""
    return list(Heartbeat.objects.filter(at__gte=clock.now() - SILENT).order_by("worker"))


def silent() -> list[Heartbeat]:
    """Workers that stopped without saying so."""
    return list(Heartbeat.objects.filter(at__lt=clock.now() - SILENT).order_by("worker"))
