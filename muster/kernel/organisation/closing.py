"""What keeps a unit from being closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from muster.kernel.organisation.models import Appointment, Person, Secondment, Site, Unit
from muster.kernel.organisation.models.named import in_force


def in_use(codes: Collection[str], now: datetime) -> dict[str, str]:
    """For each unit of `codes` that cannot be closed together with the others, what it still has, in words."""
    wanted = Unit.objects.filter(code__in=codes)
    counted = {
        _("units below it: %(count)s"): Unit.objects.filter(parent__in=wanted, is_active=True).exclude(code__in=codes),
        _("people: %(count)s"): Person.objects.filter(unit__in=wanted, active=True),
        _("people lent to it: %(count)s"): Secondment.objects.filter(in_force(now), unit__in=wanted),
        _("sites: %(count)s"): Site.objects.filter(unit__in=wanted, is_active=True),
        _("roles held for it: %(count)s"): Appointment.objects.filter(in_force(now), unit__in=wanted),
    }
    found: dict[str, list[str]] = {}
    for text, rows in counted.items():
        place = "parent__code" if rows.model is Unit else "unit__code"
        for code, count in Counter(rows.values_list(place, flat=True)).items():
            found.setdefault(code, []).append(text % {"count": count})
    return {code: ", ".join(parts) for code, parts in found.items()}
