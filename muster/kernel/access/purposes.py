"""The purpose register: which personal data Muster holds, what for, on what legal basis, for how long, who may read it.

A table that is not listed cannot hold personal data: a test fails the build for a column that looks personal and is
missing here. A purpose that is not listed opens nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.roles import (
    COMMANDER,
    DATA_OFFICER,
    DUTY_OFFICER,
    LOGISTICS_OFFICER,
    MEDICAL_OFFICER,
    PLANS_OFFICER,
    STATION_CHIEF,
)

EMERGENCY_RESPONSE: Final = "emergency_response"
KEEP_ORGANISATION: Final = "keep_organisation"


@dataclass(frozen=True, slots=True)
class Purpose:
    """What personal data may be read for, the law that allows it, and the roles that may read for it."""

    code: str
    title: Promise
    legal_basis: Promise
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonalTable:
    """One table of personal data: its personal columns, the column that names the subject, purposes and term."""

    table: str
    title: Promise
    owner: str
    columns: frozenset[str]
    subject_column: str
    purposes: frozenset[str]
    term: Promise


_PURPOSES = (
    Purpose(
        EMERGENCY_RESPONSE,
        _("Reach the people on duty during an emergency"),
        _("Personal Information Protection Law, Article 13 (1) 3 and 4; Emergency Response Law, Articles 84 and 85"),
        frozenset(
            {COMMANDER, DUTY_OFFICER, PLANS_OFFICER, STATION_CHIEF, LOGISTICS_OFFICER, MEDICAL_OFFICER, DATA_OFFICER}
        ),
    ),
    Purpose(
        KEEP_ORGANISATION,
        _("Keep the bureau's own records of its people correct"),
        _("Personal Information Protection Law, Article 13 (1) 2 and 3"),
        frozenset({DUTY_OFFICER, PLANS_OFFICER}),
    ),
)
_TABLES = (
    PersonalTable(
        table="organisation_persondetails",
        title=_("Names and telephone numbers of officers, auxiliaries, liaisons and volunteers"),
        owner="organisation",
        columns=frozenset({"name_zh", "name_en", "phone"}),
        subject_column="person_id",
        purposes=frozenset({EMERGENCY_RESPONSE, KEEP_ORGANISATION}),
        term=_("while the person serves, and 30 days after"),
    ),
)
PURPOSES: Final[Mapping[str, Purpose]] = {purpose.code: purpose for purpose in _PURPOSES}
TABLES: Final[Mapping[str, PersonalTable]] = {table.table: table for table in _TABLES}
