"""People, their qualifications, and partners: adding them, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from muster.kernel.commands import Actor, command
from muster.kernel.organisation.codes import keys_of, refuse_taken
from muster.kernel.organisation.fingerprints import FIELDS, fingerprints
from muster.kernel.organisation.models import (
    Partner,
    Person,
    PersonDetails,
    PersonQualification,
    Qualification,
    Unit,
)
from muster.kernel.organisation.permits import keeps_the_organisation
from muster.kernel.organisation.rows import PartnerRow, PersonRow, QualificationRow


@command("organisation.partners_add", policy=keeps_the_organisation)
def partners_add(*, by: Actor, rows: Sequence[PartnerRow]) -> int:
    """Add partners; returns how many. Raises CodeTaken."""
    refuse_taken(Partner, rows)
    Partner.objects.bulk_create(
        Partner(code=row.code, kind=row.kind, name_zh=row.name_zh, name_en=row.name_en) for row in rows
    )
    return len(rows)


@command("organisation.qualifications_add", policy=keeps_the_organisation)
def qualifications_add(*, by: Actor, rows: Sequence[QualificationRow]) -> int:
    """Add kinds of qualification; returns how many. Raises CodeTaken."""
    refuse_taken(Qualification, rows)
    Qualification.objects.bulk_create(
        Qualification(code=row.code, name_zh=row.name_zh, name_en=row.name_en, officers_only=row.officers_only)
        for row in rows
    )
    return len(rows)


@command("organisation.people_add", policy=keeps_the_organisation)
def people_add(*, by: Actor, rows: Sequence[PersonRow]) -> int:
    """Add people with their personal details and qualifications, valid from now; returns how many.

    Raises CodeUnknown, CodeTaken.
    """
    refuse_taken(Person, rows)
    units = keys_of(Unit, [row.unit for row in rows])
    partners = keys_of(Partner, [row.partner for row in rows])
    Person.objects.bulk_create(
        [
            Person(
                code=row.code,
                kind=row.kind,
                unit_id=units.get(row.unit),
                partner_id=partners.get(row.partner),
                marks=fingerprints(row.code, {field: getattr(row, field) for field in FIELDS}),
            )
            for row in rows
        ],
        batch_size=500,
    )
    keys = keys_of(Person, [row.code for row in rows])
    PersonDetails.objects.bulk_create(
        [
            PersonDetails(person_id=keys[row.code], name_zh=row.name_zh, name_en=row.name_en, phone=row.phone)
            for row in rows
        ],
        batch_size=500,
    )
    _qualify(by, rows, keys)
    return len(rows)


def _qualify(by: Actor, rows: Sequence[PersonRow], keys: dict[str, int]) -> None:
    qualifications = keys_of(Qualification, [code for row in rows for code in row.qualifications])
    PersonQualification.objects.bulk_create(
        [
            PersonQualification(person_id=keys[row.code], qualification_id=qualifications[code], starts_at=by.now)
            for row in rows
            for code in row.qualifications
        ],
        batch_size=500,
    )
