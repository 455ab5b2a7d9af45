"""The organisation's data: places, units, people, and who holds which command role."""

from muster.kernel.organisation.models.command import Appointment, CommandRole, Secondment, Team
from muster.kernel.organisation.models.imports import ImportPreview
from muster.kernel.organisation.models.people import (
    Partner,
    Person,
    PersonDetails,
    PersonQualification,
    Qualification,
)
from muster.kernel.organisation.models.places import Area, Site, Unit
from muster.kernel.organisation.models.presence import Absence, ContactCheck

__all__ = [
    "Absence",
    "Appointment",
    "Area",
    "CommandRole",
    "ContactCheck",
    "ImportPreview",
    "Partner",
    "Person",
    "PersonDetails",
    "PersonQualification",
    "Qualification",
    "Secondment",
    "Site",
    "Team",
    "Unit",
]
