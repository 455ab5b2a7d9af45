"""People by service number: where they belong and what they may do, never what they are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from muster.kernel.organisation.choices import PersonKind
from muster.kernel.organisation.codes import NUL
from muster.kernel.organisation.models import Person, PersonQualification, Secondment
from muster.kernel.organisation.models.named import in_force

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person by service number, with the codes of the unit or partner, qualifications and loans in force."""

    id: int
    code: str
    kind: str
    unit: str
    partner: str
    active: bool
    qualifications: tuple[str, ...] = ()
    lent_to: tuple[str, ...] = ()

    @property
    def kind_title(self) -> str:
        """What the person is to the bureau, in the language of the reader."""
        return str(PersonKind(self.kind).label)


def people_of_unit(unit: str, as_of: datetime, *, start: int = 0, limit: int = PAGE) -> list[PersonView]:
    """People who belong to `unit` or are lent to it at `as_of`, by service number, `limit` from `start`."""
    if NUL in unit:
        return []
    lent = Secondment.objects.filter(in_force(as_of), unit__code=unit).values("person")
    return _views(Person.objects.filter(Q(unit__code=unit) | Q(pk__in=lent)), as_of, start, limit)


def people_search(number: str, as_of: datetime, *, start: int = 0, limit: int = PAGE) -> list[PersonView]:
    """People whose service number begins with `number`; nobody for an empty one. There is no search by name."""
    begins = number.strip()
    if not begins or NUL in begins:
        return []
    return _views(Person.objects.filter(code__istartswith=begins), as_of, start, limit)


def person(code: str, as_of: datetime) -> PersonView | None:
    """One person by the exact service number, or None."""
    found = [] if NUL in code else _views(Person.objects.filter(code=code), as_of, 0, 1)
    return found[0] if found else None


def _views(people: QuerySet[Person], as_of: datetime, start: int, limit: int) -> list[PersonView]:
    fields = ("pk", "code", "kind", "unit__code", "partner__code", "active")
    rows = people.order_by("code").values_list(*fields)[start : start + limit]
    found = [
        PersonView(key, code, kind, unit or "", partner or "", active)
        for key, code, kind, unit, partner, active in rows
    ]
    held, lent = _held([view.id for view in found], as_of), _lent([view.id for view in found], as_of)
    return [replace(view, qualifications=held[view.id], lent_to=lent[view.id]) for view in found]


def _held(keys: Sequence[int], as_of: datetime) -> dict[int, tuple[str, ...]]:
    rows = PersonQualification.objects.filter(in_force(as_of), person__in=keys)
    return _by_person(rows.order_by("qualification__code").values_list("person_id", "qualification__code"))


def _lent(keys: Sequence[int], as_of: datetime) -> dict[int, tuple[str, ...]]:
    rows = Secondment.objects.filter(in_force(as_of), person__in=keys).order_by("pk")
    return _by_person(
        (key, unit or team) for key, unit, team in rows.values_list("person_id", "unit__code", "team__code")
    )


def _by_person(pairs: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, code in pairs:
        found[key] = (*found[key], code)
    return found
