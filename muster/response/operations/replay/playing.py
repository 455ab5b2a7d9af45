"""A replay from beginning to end, for the command line and for whoever else plays one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from muster.kernel.errors import DomainError
from muster.kernel.organisation.models import Area
from muster.preparedness.plans.queries import PlanVersion, plan_of
from muster.prevention.situation.queries.records import feeds
from muster.response.operations.models import Operation
from muster.response.operations.replay.driver import Replay
from muster.response.operations.replay.epidemic import Day, Epidemic
from muster.response.operations.replay.report import report_of

SEED = 20_200_123
Progress = Callable[[Day], None]


def play(
    *,
    version: PlanVersion,
    epidemic: Epidemic,
    seed: int = SEED,
    plan_hash: str = "",
    progress: Progress | None = None,
) -> tuple[dict[str, Any], Sequence[Operation]]:
    """Play an epidemic through a plan version in the city of the database; the report, and the operations it made.

    One transaction for each day: what was played before a failure stays. Raises DomainError without a city.
    """
    area = Area.objects.filter(parent=None).first()
    if area is None:
        raise DomainError("There is no city in this database.", mend="Load one: muster sample load s-city")
    replay = Replay(version, area, epidemic, feed=_next_feed(), seed=seed)
    for day in replay.play():
        if progress is not None:
            progress(day)
    plan = plan_of(version)
    report = report_of(
        plan=plan, plan_hash=plan_hash or plan.hash, epidemic=epidemic, seed=seed, operations=replay.operations
    )
    return report, replay.operations


def _next_feed() -> str:
    """A feed of its own: nothing that another replay was told is known in this one."""
    taken = {*feeds(), *Operation.objects.values_list("feed", flat=True)}
    numbers = [int(feed.rpartition("-")[2]) for feed in taken if feed.rpartition("-")[2].isdigit()]
    return f"replay:R-{max(numbers, default=0) + 1:03d}"
