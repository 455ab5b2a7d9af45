"""What partners and qualifications are called, by code, in the language of the reader."""

from __future__ import annotations

from muster.kernel.organisation.models import Partner, Qualification


def partner_names() -> dict[str, str]:
    """Name of each partner by code."""
    return {partner.code: partner.name for partner in Partner.objects.all()}


def qualification_names() -> dict[str, str]:
    """Name of each qualification by code."""
    return {qualification.code: qualification.name for qualification in Qualification.objects.all()}
