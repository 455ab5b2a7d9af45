"""People: where they belong, what they may do; what they are called is compared without being read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.organisation.choices import PersonKind
from muster.kernel.organisation.codes import AT_ONCE
from muster.kernel.organisation.fingerprints import FIELDS, fingerprint
from muster.kernel.organisation.imports.places import stored
from muster.kernel.organisation.imports.references import AMBIGUOUS, directory, look_up, resolve, unknown
from muster.kernel.organisation.imports.rows import Entry, Existing, Sheet, Values
from muster.kernel.organisation.models import Partner, Person, PersonQualification, Qualification, Unit
from muster.kernel.organisation.models.named import in_force, name_of
from muster.kernel.tables import RowProblem
from muster.kernel.texts import listed

FORCE: Final = (PersonKind.OFFICER, PersonKind.AUXILIARY)


def existing_people(codes: Sequence[str]) -> Existing:
    """People by service number, with qualifications in force and fingerprints of their details; no personal data."""
    paths = {"kind": "kind", "active": "active", "unit": "unit__code", "partner": "partner__code", "marks": "marks"}
    found = stored(Person, codes, paths)
    held: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(codes), AT_ONCE):
        part = codes[start : start + AT_ONCE]
        rows = PersonQualification.objects.filter(in_force(clock.now()), person__code__in=part)
        for person, qualification in rows.values_list("person__code", "qualification__code"):
            held[person].append(qualification)
    for code, values in found.items():
        values["qualifications"] = tuple(sorted(held[code]))
    return found


def needed_of_person(values: Values) -> Sequence[str]:
    """What a new person must have: a name, and a unit or a partner as the kind says."""
    kind = values.get("kind")
    place = {PersonKind.LIAISON.value: ("partner",), PersonKind.VOLUNTEER.value: ()}.get(str(kind), ("unit",))
    return ("kind", "name_zh", *place)


def resolve_people(sheet: Sheet) -> Iterator[RowProblem]:
    """Units, partners and qualifications by code."""
    yield from resolve(sheet, "unit", directory(Unit))
    yield from resolve(sheet, "partner", directory(Partner))
    known = directory(Qualification)
    for entry in sheet.entries:
        if "qualifications" in entry.values:
            codes = [look_up(word, known) for word in entry.values["qualifications"]]
            if None in codes or AMBIGUOUS in codes:
                yield unknown(sheet, entry, "qualifications")
            entry.values["qualifications"] = tuple(sorted({code for code in codes if code}))


def check_people(sheet: Sheet, existing: Existing) -> Iterator[RowProblem]:
    """Each belongs where the kind says, in a unit that is active, and auxiliaries hold nothing kept to officers."""
    for_officers = {one.code: one for one in Qualification.objects.filter(officers_only=True)}
    closed = set(Unit.objects.filter(is_active=False).values_list("code", flat=True))
    for entry in sheet.entries:
        after = {**existing.get(entry.code, {}), **entry.values}
        if not _belongs(after):
            yield _displaced(sheet, entry)
        if entry.values.get("unit") in closed:
            yield sheet.problem(
                entry, "unit", _("This unit is closed."), _("an active unit"), _("Choose another unit, or reopen it.")
            )
        if after.get("kind") != PersonKind.OFFICER and for_officers.keys() & set(after.get("qualifications", ())):
            yield sheet.problem(
                entry,
                "qualifications",
                _("Only officers may hold this qualification."),
                format_lazy(_("none of: {names}"), names=listed(map(name_of, for_officers.values()))),
                _("Take it off, or correct the kind of person."),
            )


def _belongs(after: Values) -> bool:
    unit, partner, kind = bool(after.get("unit")), bool(after.get("partner")), after.get("kind")
    if kind is None or not (unit or partner):
        return True  # said as a missing value already
    if kind in FORCE:
        return not partner
    return not unit if kind == PersonKind.LIAISON else True


def _displaced(sheet: Sheet, entry: Entry) -> RowProblem:
    return sheet.problem(
        entry,
        "kind",
        _("A person of this kind does not belong there."),
        _("officers and auxiliaries in a unit, liaisons in a partner"),
        _("Correct the kind, the unit or the partner."),
    )


def differs_in_person(entry: Entry, before: Values) -> set[str]:
    """What a row changes; names and numbers are compared by their fingerprints."""
    found = {name for name, value in entry.values.items() if name not in FIELDS and value != before.get(name)}
    return found | {name for name in FIELDS if name in entry.values and _renamed(entry, name, before)}


def _renamed(entry: Entry, name: str, before: dict[str, Any]) -> bool:
    marks: dict[str, str] = before["marks"]
    return marks.get(name) != fingerprint(entry.code, name, entry.values[name])
