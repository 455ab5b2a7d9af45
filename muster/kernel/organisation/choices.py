"""The closed sets of words that the organisation's data use."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a unit is in the tree of the bureau."""

    BUREAU = "bureau", _("Municipal bureau")
    SUB_BUREAU = "sub_bureau", _("Sub-bureau")
    STATION = "station", _("Police station")
    SPECIAL = "special", _("Detachment")
    OFFICE = "office", _("Office")


class AreaKind(TextChoices):
    """Levels of place, the largest first."""

    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    SUBDISTRICT = "subdistrict", _("Subdistrict")
    COMMUNITY = "community", _("Community")


class SiteKind(TextChoices):
    """What a place is to a plan: clauses scale with the open sites of a kind."""

    CHECKPOINT = "checkpoint", _("Checkpoint")
    CLOSED_COMMUNITY = "closed_community", _("Closed community")
    QUARANTINE_SITE = "quarantine_site", _("Quarantine site")
    HOSPITAL = "hospital", _("Designated hospital")
    FEVER_CLINIC = "fever_clinic", _("Fever clinic")
    SAMPLING_POINT = "sampling_point", _("Sampling point")
    DETENTION_CENTRE = "detention_centre", _("Detention centre")
    SUPPLY_CORRIDOR = "supply_corridor", _("Supply corridor")
    WINDOW_SERVICE = "window_service", _("Window service")
    PORT_OF_ENTRY = "port_of_entry", _("Port of entry")
    TEMPORARY_HOSPITAL = "temporary_hospital", _("Temporary hospital")
    LODGING = "lodging", _("Lodging for closed teams")


class PersonKind(TextChoices):
    """Who a person is to the bureau; only an officer may do an act of enforcement."""

    OFFICER = "officer", _("Police officer")
    AUXILIARY = "auxiliary", _("Auxiliary officer")
    LIAISON = "liaison", _("Partner's liaison")
    VOLUNTEER = "volunteer", _("Volunteer")


class PartnerKind(TextChoices):
    """What sort of body a partner is."""

    DEPARTMENT = "department", _("Government department")
    GRASSROOTS = "grassroots", _("Grass-roots body")
    ENTERPRISE = "enterprise", _("Enterprise")
    CIVIC = "civic", _("Civic body")


class RoleScope(TextChoices):
    """For what a command role is held: once in the bureau, or once in each unit of a kind."""

    BUREAU = "bureau", _("Once in the bureau")
    SUB_BUREAU = "sub_bureau", _("Once in each sub-bureau")
    STATION = "station", _("Once in each station")
