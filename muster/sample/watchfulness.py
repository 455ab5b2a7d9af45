"""The winter of 2019: partners' numbers are tried and one does not answer; some who command are on leave."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from django.db import transaction

from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Person
from muster.kernel.organisation.queries import partner_names, role_holders
from muster.kernel.organisation.services import absence_end, absence_enter, contact_confirm

SILENT: Final = "market_regulation"  # whose number nobody answered, until an exercise found that out
ROUNDS: Final = (  # when the numbers were tried, and who did not answer
    (datetime(2019, 9, 9, 2, tzinfo=UTC), frozenset({SILENT})),
    (datetime(2019, 10, 28, 2, tzinfo=UTC), frozenset({SILENT})),
    (datetime(2020, 1, 6, 2, tzinfo=UTC), frozenset[str]()),
)
WATCHED: Final = "disease_control"  # tried every week since the exercise of December
WEEKS: Final = tuple(datetime(2019, 12, 16, 2, tzinfo=UTC) + timedelta(weeks=week) for week in range(6))
RECALL: Final = datetime(2020, 1, 23, 14, tzinfo=UTC)


class Leave(NamedTuple):
    """Who is away: the holder (0) or a deputy (1, 2) of a role in its first unit; `recalled` when level I came."""

    role: str
    rank: int
    first: date
    last: date
    recalled: bool = False


LEAVES: Final = (
    Leave("inspection_chief", 0, date(2019, 10, 28), date(2019, 11, 8)),
    Leave("station_chief", 0, date(2019, 11, 2), date(2019, 11, 6)),
    Leave("traffic_chief", 1, date(2019, 11, 1), date(2019, 11, 15)),
    Leave("legal_chief", 0, date(2019, 9, 16), date(2019, 9, 27)),
    Leave("custody_chief", 0, date(2020, 1, 20), date(2020, 2, 2), recalled=True),
    Leave("publicity_chief", 1, date(2020, 1, 18), date(2020, 1, 31), recalled=True),
)


def watchfulness_play() -> None:
    """Every round of calls and every leave, all or none."""
    with transaction.atomic():
        for moment, unanswered in ROUNDS:
            for partner in sorted(partner_names()):
                if partner not in unanswered:
                    _tried(partner, moment)
        for moment in WEEKS:
            _tried(WATCHED, moment)
        for leave in LEAVES:
            _away(leave)


def _tried(partner: str, moment: datetime) -> None:
    """The number of the partner's first liaison answered."""
    liaisons = Person.objects.filter(partner__code=partner, kind="liaison", active=True)
    first = liaisons.order_by("code").values_list("code", flat=True).first()
    if first is not None:
        contact_confirm(by=Actor.system("sample", now=moment), person=first)


def _away(leave: Leave) -> None:
    entered = datetime(leave.first.year, leave.first.month, leave.first.day, 1, tzinfo=UTC) - timedelta(days=7)
    held = role_holders(leave.role, None, RECALL)
    if leave.rank >= len(held):
        return
    by = Actor.system("sample", now=entered)
    made = absence_enter(by=by, person=held[leave.rank].person, first=leave.first, last=leave.last)
    if leave.recalled:
        absence_end(by=Actor.system("sample", now=RECALL), absence=made, last=RECALL.date())
