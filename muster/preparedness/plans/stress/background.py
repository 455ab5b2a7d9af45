"""Stress tests are simulated beside everything else that a worker does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import close_old_connections, connection

from muster.kernel import clock
from muster.preparedness.plans.queries.stress import runs_to_do
from muster.preparedness.plans.services.stressing import SILENT

log = logging.getLogger(__name__)


class Background:
    """Does runs on a thread of its own, so that a long simulation keeps the worker from nothing else."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._thread: threading.Thread | None = None

    def look(self) -> bool:
        """Begin if a run waits and none is at work here; whether one was begun."""
        if self._thread is not None and self._thread.is_alive():
            return False
        if not runs_to_do(clock.now(), clock.now() - SILENT):
            return False
        self._thread = threading.Thread(target=self._run, name="stress", daemon=True)
        self._thread.start()
        return True

    def _run(self) -> None:
        close_old_connections()
        try:
            self._work()
        except Exception:
            log.exception("stress tests")
        finally:
            connection.close()


def _run_waiting() -> int:
    from muster.preparedness.plans.stress.running import run_waiting  # loads Numba: only where something waits

    return run_waiting()


BACKGROUND: Final = Background(_run_waiting)
