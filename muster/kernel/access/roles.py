"""The access roles: what each is called, and which of them need a second factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SYSTEM_ADMINISTRATOR: Final = "system_administrator"
SECURITY_ADMINISTRATOR: Final = "security_administrator"
AUDIT_ADMINISTRATOR: Final = "audit_administrator"
COMMANDER: Final = "commander"
DUTY_OFFICER: Final = "duty_officer"
PLANS_OFFICER: Final = "plans_officer"
EXERCISE_CONTROLLER: Final = "exercise_controller"
LOGISTICS_OFFICER: Final = "logistics_officer"
STATION_CHIEF: Final = "station_chief"
FIELD_OFFICER: Final = "field_officer"
PARTNER_LIAISON: Final = "partner_liaison"
DATA_OFFICER: Final = "data_officer"
AUDITOR: Final = "auditor"
TRAINING_OFFICER: Final = "training_officer"
MEDICAL_OFFICER: Final = "medical_officer"

STANDING: Final = timedelta(days=365)  # appointed posts; renewed each year
ELEVATED: Final = timedelta(days=14)  # powers of an emergency end by themselves unless they are renewed


@dataclass(frozen=True, slots=True)
class Role:
    """One access role.

    `second_factor`: its holders must log in with a second factor (TOTP or passkey) where the installation requires one.
    `term`: how long a grant lasts unless another end is given.
    """

    code: str
    title: Promise
    second_factor: bool
    term: timedelta = STANDING


_ROLES = (
    Role(SYSTEM_ADMINISTRATOR, _("System administrator"), True),
    Role(SECURITY_ADMINISTRATOR, _("Security administrator"), True),
    Role(AUDIT_ADMINISTRATOR, _("Audit administrator"), True),
    Role(COMMANDER, _("Commander"), True),
    Role(DUTY_OFFICER, _("Duty officer"), True),
    Role(PLANS_OFFICER, _("Plans officer"), True),
    Role(EXERCISE_CONTROLLER, _("Exercise controller"), False),
    Role(LOGISTICS_OFFICER, _("Logistics officer"), True),
    Role(STATION_CHIEF, _("Station chief"), True),
    Role(FIELD_OFFICER, _("Field officer"), False),
    Role(PARTNER_LIAISON, _("Partner liaison"), False),
    Role(DATA_OFFICER, _("Data officer"), True, ELEVATED),
    Role(AUDITOR, _("Auditor"), True),
    Role(TRAINING_OFFICER, _("Training officer"), False),
    Role(MEDICAL_OFFICER, _("Medical officer"), True, ELEVATED),
)
ROLES: Final[Mapping[str, Role]] = {role.code: role for role in _ROLES}
CHOICES: Final = [(role.code, role.title) for role in _ROLES]
ADMINISTRATORS: Final = (SYSTEM_ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDIT_ADMINISTRATOR)
ALL: Final = frozenset(ROLES)
BUREAU: Final = ALL - {PARTNER_LIAISON, *ADMINISTRATORS}  # the bureau's own people at work on an emergency
NEED_SECOND_FACTOR: Final = frozenset(role.code for role in _ROLES if role.second_factor)
