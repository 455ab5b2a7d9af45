"""What units, teams, areas, partners and qualifications are called, by code, in the language of the reader."""

from __future__ import annotations

from muster.kernel.organisation.models import Area, Partner, Qualification, Team, Unit
from muster.kernel.organisation.models.named import Named, in_readers_language


def unit_names() -> dict[str, str]:
    """Name of each unit by code."""
    return _names(Unit)


def place_names() -> dict[str, str]:
    """Name of whatever a person may belong or be lent to, by code: units, teams, partners."""
    return _names(Partner) | _names(Team) | _names(Unit)


def area_names() -> dict[str, str]:
    """Name of each area by code."""
    return _names(Area)


def partner_names() -> dict[str, str]:
    """Name of each partner by code."""
    return _names(Partner)


def qualification_names() -> dict[str, str]:
    """Name of each qualification by code."""
    return _names(Qualification)


def _names(model: type[Named]) -> dict[str, str]:
    rows = model._default_manager.values_list("code", "name_zh", "name_en")
    return {code: in_readers_language(zh, en) for code, zh, en in rows}
