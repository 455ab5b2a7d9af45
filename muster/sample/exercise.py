"""December 2019: the functional exercise without notice, and the one held again after its findings were mended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final, NamedTuple

from django.db import transaction

from muster.kernel.access.roles import PLANS_OFFICER
from muster.preparedness.plans.queries import version
from muster.preparedness.plans.services import exercise_note
from muster.sample.curve import PLAN
from muster.sample.plan_life import holder

TRIED: Final = "3.0"


class Held(NamedTuple):
    """An exercise: its day, the clauses that it tried, and what was seen."""

    day: date
    clauses: tuple[str, ...]
    note: str


HELD: Final = (
    Held(
        date(2019, 12, 10),
        ("C01", "C03", "C07", "K10", "D06"),
        "不打招呼的功能演练：转运交接用时3小时10分，预案要求1小时；一个协作单位联络员电话无人接听 / "
        "functional, without notice: the hand-over of a transfer took 3 h 10 instead of 1 h, "
        "and one liaison's number was dead",
    ),
    Held(
        date(2019, 12, 27),
        ("C07", "K10"),
        "复演：联络畅通；转运交接仍超时 / held again: the liaisons answer, the hand-over still takes too long",
    ),
)


def exercises_play() -> None:
    """Both exercises, noted by the plans office on the day after; all or none."""
    tried = version(PLAN, TRIED)
    assert tried is not None, "the plan is released before it is exercised"
    with transaction.atomic():
        for one in HELD:
            noted = datetime(one.day.year, one.day.month, one.day.day + 1, 2, tzinfo=UTC)
            by = holder("plans_chief", 0, PLANS_OFFICER, noted)
            exercise_note(by=by, version=tried, way="functional", day=one.day, clauses=one.clauses, note=one.note)
