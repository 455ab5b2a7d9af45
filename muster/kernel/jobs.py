"""Background work: each area lists its own in `jobs.JOBS`, and `muster worker` does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again, `every` so many seconds; it must bear being done twice or late."""

    name: str
    every: float
    do: Callable[[], object]


def all_jobs() -> list[Job]:
    """The jobs of all installed areas."""
    areas = (config.name for config in apps.get_app_configs() if config.name.startswith("muster."))
    return [job for area in areas if find_spec(f"{area}.jobs") for job in _jobs_of(area)]


def _jobs_of(area: str) -> Iterable[Job]:
    declared: Iterable[Job] = getattr(import_module(f"{area}.jobs"), "JOBS", ())
    return declared
