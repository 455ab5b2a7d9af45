"""Which unit owes a task: the unit of the clause's command role, or the one that answers for the place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from muster.engines.plan.types import Plan
from muster.kernel.organisation.choices import UnitKind
from muster.kernel.organisation.models import Area, Site, Unit

ONCE_IN_A_UNIT = "unit"


class Owners:
    """Units and places by code, read once for one command."""

    def __init__(self, plan: Plan, places: Iterable[str]) -> None:
        self.plan = plan
        self.wanted = {code for code in places if code}

    @cached_property
    def units(self) -> dict[str, tuple[int, str, str, str]]:
        """Key, kind, code of the parent and of the area, by code."""
        rows = Unit.objects.values_list("code", "pk", "kind", "parent__code", "area__code")
        return {code: (key, kind, parent or "", area or "") for code, key, kind, parent, area in rows}

    @cached_property
    def sites(self) -> dict[str, tuple[int, str]]:
        """Key and code of the unit that answers for it, by code; only sites that are asked for."""
        found = Site.objects.filter(code__in=self.wanted)
        return {code: (key, unit) for code, key, unit in found.values_list("code", "pk", "unit__code")}

    @cached_property
    def _of_areas(self) -> dict[str, str]:
        """The unit of each area: its own, or that of the nearest area around it."""
        own = {area: code for code, (_key, _kind, _parent, area) in sorted(self.units.items(), reverse=True) if area}
        parents = dict(Area.objects.values_list("code", "parent__code"))
        found: dict[str, str] = {}
        for area in parents:
            around: str | None = area
            while around and around not in own:
                around = parents[around]
            found[area] = own.get(around or "", "")
        return found

    def site(self, place: str) -> int | None:
        """Key of the site with this code, None when the place is none."""
        return self.sites[place][0] if place in self.sites else None

    def unit_of_place(self, place: str) -> str:
        """Code of the unit that answers for a site, an area, or is the place itself; empty for none."""
        if not place:
            return ""
        if place in self.sites:
            return self.sites[place][1]
        return place if place in self.units else self._of_areas.get(place, "")

    def unit_code(self, clause: str, place: str) -> str:
        """Code of the unit that owes a clause in a place; empty where every unit of the role's scope owes it."""
        role = self.plan.roles.get(self.plan.clause(clause).actor)
        if role is None:
            return ""
        if role.scope == ONCE_IN_A_UNIT:
            return role.unit if role.unit in self.units else ""
        unit = self.unit_of_place(place)
        return self._above(unit, UnitKind.SUB_BUREAU) if role.scope == UnitKind.SUB_BUREAU else unit

    def unit(self, clause: str, place: str) -> int | None:
        """As `unit_code`, the key."""
        code = self.unit_code(clause, place)
        return self.units[code][0] if code in self.units else None

    def _above(self, unit: str, kind: str) -> str:
        """The nearest unit of a kind, from `unit` upwards; the unit itself where there is none."""
        around = unit
        while around:
            _key, found, parent, _area = self.units[around]
            if found == kind:
                return around
            around = parent
        return unit
