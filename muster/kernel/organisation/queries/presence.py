"""Who holds the command roles today, with qualifications and absences; and when partners were last reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from muster.kernel.organisation.choices import PersonKind
from muster.kernel.organisation.models import Absence, ContactCheck, Partner, PersonQualification
from muster.kernel.organisation.models.named import in_force
from muster.kernel.organisation.queries.command import roles

Days = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class PresentHolder:
    """Somebody who holds a role, by service number; `away` are the stretches of days away."""

    person: str
    qualifications: frozenset[str]
    away: tuple[Days, ...]


def present_holders(as_of: datetime) -> Mapping[tuple[str, str], tuple[PresentHolder, ...]]:
    """By role and unit: the holder first, then deputies in order. Four statements, whatever the size of the bureau."""
    held = [holder for role in roles(as_of) for holder in role.holders]
    qualified: dict[str, set[str]] = defaultdict(set)
    rows = PersonQualification.objects.filter(in_force(as_of), person__appointments__isnull=False).distinct()
    for person, qualification in rows.values_list("person__code", "qualification__code"):
        qualified[person].add(qualification)
    away: dict[str, list[Days]] = defaultdict(list)
    gone = Absence.objects.filter(person__appointments__isnull=False).distinct()
    for person, first, last in gone.values_list("person__code", "first", "last"):
        away[person].append((first, last))
    found: dict[tuple[str, str], tuple[PresentHolder, ...]] = {}
    for one in held:
        holder = PresentHolder(one.person, frozenset(qualified[one.person]), tuple(sorted(away[one.person], key=str)))
        found[one.role, one.unit] = (*found.get((one.role, one.unit), ()), holder)
    return found


def contacts_confirmed(as_of: date) -> dict[str, date | None]:
    """The last day on which a liaison of each active partner was reached, None for never."""
    checks = ContactCheck.objects.filter(day__lte=as_of, person__active=True, person__kind=PersonKind.LIAISON)
    last = dict(checks.values_list("person__partner__code").annotate(last=Max("day")).order_by())
    return {code: last.get(code) for code in Partner.objects.filter(is_active=True).values_list("code", flat=True)}


def absences_of_person(code: str, since: date) -> list[Absence]:
    """Absences that are not over on a day, the next first."""
    rows = Absence.objects.filter(person__code=code).order_by("first")
    return [one for one in rows if one.last is None or one.last >= since]


def last_confirmed(code: str) -> date | None:
    """When a person's number was last confirmed."""
    last: date | None = ContactCheck.objects.filter(person__code=code).aggregate(last=Max("day"))["last"]
    return last
