"""Applying the changes of an import, all of them or none: many rows in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import models

from muster.kernel import progress
from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.codes import AT_ONCE, keys_of
from muster.kernel.organisation.fingerprints import FIELDS, fingerprints
from muster.kernel.organisation.imports.rows import Change, Values
from muster.kernel.organisation.models import (
    Area,
    Partner,
    Person,
    PersonDetails,
    PersonQualification,
    Qualification,
    Site,
    Unit,
)
from muster.kernel.organisation.permits import keeps_the_organisation
from muster.kernel.organisation.rows import AreaRow, PersonRow, SiteRow, UnitRow
from muster.kernel.organisation.services.ending import end, leave_posts
from muster.kernel.organisation.services.people import people_add
from muster.kernel.organisation.services.places import areas_add, sites_add, units_add

Row = TypeVar("Row", bound=models.Model)
BATCH: Final = 500
FLAGS: Final = frozenset({"active", "is_active"})  # adding a row does not know them


@command("organisation.units_import", policy=keeps_the_organisation)
def units_import(*, by: Actor, changes: Sequence[Change]) -> dict[str, int]:
    """Add and change units; returns counts. Raises CodeUnknown, CodeTaken, CycleFound."""
    added = [UnitRow(code=one.code, **_named(one.values, without={"is_active"})) for one in changes if one.is_new]
    units_add(by=by, rows=added)
    _change(Unit, changes, {"parent": Unit, "area": Area})
    return _counted(changes)


@command("organisation.areas_import", policy=keeps_the_organisation)
def areas_import(*, by: Actor, changes: Sequence[Change]) -> dict[str, int]:
    """Add and change areas; returns counts. Raises CodeUnknown, CodeTaken."""
    areas_add(by=by, rows=[AreaRow(code=one.code, **_named(one.values)) for one in changes if one.is_new])
    _change(Area, changes, {"parent": Area})
    return _counted(changes)


@command("organisation.sites_import", policy=keeps_the_organisation)
def sites_import(*, by: Actor, changes: Sequence[Change]) -> dict[str, int]:
    """Add and change sites; returns counts. Raises CodeUnknown, CodeTaken."""
    added = [SiteRow(code=one.code, **_named(one.values, without={"is_active"})) for one in changes if one.is_new]
    sites_add(by=by, rows=added)
    _change(Site, changes, {"area": Area, "unit": Unit})
    return _counted(changes)


@command("organisation.people_import", policy=keeps_the_organisation)
def people_import(*, by: Actor, changes: Sequence[Change]) -> dict[str, int]:
    """Add and change people, their details and qualifications; returns counts, also of roles and loans that ended.

    Who moves to another unit ends his loan there and the roles tied to the old one; who leaves ends all of them. A
    qualification that the file no longer gives ends now. Raises CodeUnknown, CodeTaken.
    """
    moves = moves_of(changes)
    added = [PersonRow(code=one.code, **_person(one.values)) for one in changes if one.is_new]
    people_add(by=by, rows=added)
    people = _change(Person, changes, {"unit": Unit, "partner": Partner}, without={*FIELDS, "qualifications"})
    _tell(changes, people)
    _requalify(by, [one for one in changes if not one.is_new and "qualifications" in one.values], people)
    ended = leave_posts(moves, by.now)
    record(**ended)
    return {**_counted(changes), **ended}


def moves_of(changes: Sequence[Change]) -> dict[int, int | None]:
    """Who moves where by these changes, by keys; None for who leaves. Nothing is written."""
    moving = [one for one in changes if not one.is_new and {"unit", "active"} & one.values.keys()]
    units = keys_of(Unit, [one.values["unit"] for one in moving if "unit" in one.values])
    now: dict[str, tuple[int, int | None, bool]] = {}
    codes = [one.code for one in moving]
    for start in range(0, len(codes), AT_ONCE):
        rows = Person.objects.filter(code__in=codes[start : start + AT_ONCE])
        now |= {
            code: (key, unit, active) for code, key, unit, active in rows.values_list("code", "pk", "unit", "active")
        }
    found: dict[int, int | None] = {}
    for one in moving:
        key, unit, active = now[one.code]
        stays = one.values.get("active", active)
        found[key] = units.get(one.values.get("unit", ""), unit) if stays else None
    return found


APPLY: Final[Mapping[str, Callable[..., dict[str, int]]]] = {
    "units": units_import,
    "people": people_import,
    "areas": areas_import,
    "sites": sites_import,
}


def _counted(changes: Sequence[Change]) -> dict[str, int]:
    added = sum(one.is_new for one in changes)
    return {"added": added, "changed": len(changes) - added}


def _named(values: Values, without: Iterable[str] = ()) -> Values:
    """Values of a new row; where the file has no English name, the Chinese one stands for it."""
    kept = {name: value for name, value in values.items() if name not in set(without)}
    return {**kept, "name_en": kept.get("name_en") or kept["name_zh"]}


def _person(values: Values) -> Values:
    return {name: value for name, value in values.items() if name != "active"}


def _change(
    model: type[Row], changes: Sequence[Change], related: Mapping[str, type[models.Model]], without: Iterable[str] = ()
) -> dict[str, Row]:
    """Sets the values of existing rows, and the flags of new ones. Returns the rows by code."""
    rows: dict[str, Row] = {}
    codes = [one.code for one in changes if not one.is_new or FLAGS & one.values.keys()]
    for start in range(0, len(codes), AT_ONCE):
        for row in model._default_manager.filter(code__in=codes[start : start + AT_ONCE]):
            rows[str(row.code)] = row  # type: ignore[attr-defined]
    keys = {
        name: keys_of(of, [one.values[name] for one in changes if one.values.get(name)]) for name, of in related.items()
    }
    updates: dict[str, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in changes:
        for name, value in one.values.items():
            if name in without or (one.is_new and name not in FLAGS):
                continue
            field, stored = (f"{name}_id", keys[name][value]) if name in keys else (name, value)
            setattr(rows[one.code], field, stored)
            updates[field][stored].append(rows[one.code].pk)
    for field, values in updates.items():
        _update(model, field, values)
    return rows


def _update(model: type[Row], field: str, values: Mapping[Any, Sequence[int]]) -> None:
    """Sets one field: rows that get the same value in one statement, many different values in batches."""
    if len(values) <= BATCH:
        for value, keys in values.items():
            for start in range(0, len(keys), AT_ONCE):
                model._default_manager.filter(pk__in=keys[start : start + AT_ONCE]).update(**{field: value})
        return
    rows = [model(pk=key, **{field: value}) for value, keys in values.items() for key in keys]
    model._default_manager.bulk_update(rows, [field.removesuffix("_id")], batch_size=BATCH)


def _tell(changes: Sequence[Change], people: Mapping[str, Person]) -> None:
    """Writes names and telephone numbers without reading any; fields that the file leaves alone stay."""
    by_fields: dict[tuple[str, ...], list[PersonDetails]] = defaultdict(list)
    marked = []
    for one in changes:
        details: dict[str, Any] = {name: one.values[name] for name in FIELDS if name in one.values}
        if details and not one.is_new:
            person = people[one.code]
            person.marks = {**person.marks, **fingerprints(one.code, details)}
            marked.append(person)
            by_fields[tuple(details)].append(PersonDetails(person_id=person.pk, **details))
    progress.tell(1, 3)
    for fields, rows in by_fields.items():
        PersonDetails.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["person"], update_fields=list(fields)
        )
    for start in range(0, len(marked), BATCH):
        progress.tell(len(marked) + start, 3 * len(marked))
        Person.objects.bulk_update(marked[start : start + BATCH], ["marks"])


def _requalify(by: Actor, changes: Sequence[Change], people: Mapping[str, Person]) -> None:
    """Ends qualifications that are no longer given and starts the new ones."""
    keys = keys_of(Qualification, [code for one in changes for code in one.values["qualifications"]])
    wanted = {people[one.code].pk: {keys[code] for code in one.values["qualifications"]} for one in changes}
    held: dict[int, set[int]] = defaultdict(set)
    over = []
    persons = list(wanted)
    for start in range(0, len(persons), AT_ONCE):
        rows = PersonQualification.objects.filter(ends_at__isnull=True, person__in=persons[start : start + AT_ONCE])
        for key, person, qualification in rows.values_list("pk", "person_id", "qualification_id"):
            held[person].add(qualification)
            if qualification not in wanted[person]:
                over.append(key)
    for start in range(0, len(over), AT_ONCE):
        end(PersonQualification.objects.filter(pk__in=over[start : start + AT_ONCE]), by.now)
    PersonQualification.objects.bulk_create(
        [
            PersonQualification(person_id=person, qualification_id=qualification, starts_at=by.now)
            for person, these in wanted.items()
            for qualification in sorted(these - held[person])
        ],
        batch_size=BATCH,
    )
