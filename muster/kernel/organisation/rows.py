"""What a service is given to add: plain values that name other rows by code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area; `parent` is the code of the larger area, empty for the city."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    lon: float
    lat: float
    parent: str = ""
    population: int | None = None
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit; `parent` and `area` are codes, `parent` empty for the bureau."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    parent: str = ""
    area: str = ""
    cohort: str = ""


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site in `area`, for which `unit` answers; both are codes."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    area: str
    unit: str
    lon: float
    lat: float
    is_standing: bool = False
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner of the bureau."""

    code: str
    kind: str
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with personal details; `unit` or `partner` is a code, `qualifications` are codes."""

    code: str
    kind: str
    name_zh: str
    name_en: str = ""
    phone: str = ""
    unit: str = ""
    partner: str = ""
    qualifications: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualificationRow:
    """A qualification that people may hold."""

    code: str
    name_zh: str
    name_en: str
    officers_only: bool = False


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A command role; `unit` is the code of the unit in which it stands."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    scope: str = "bureau"
    deputies_required: int = 2


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """A person in a role for a unit, all by code; rank 0 is the holder."""

    role: str
    unit: str
    person: str
    rank: int
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team of `unit`, with the codes of the people seconded to it."""

    code: str
    name_zh: str
    name_en: str
    unit: str
    members: tuple[str, ...] = ()
