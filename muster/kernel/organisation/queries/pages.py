"""What the pages of the organisation show, put together; people appear by service number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from muster.kernel.organisation.choices import PersonKind, RoleScope, UnitKind
from muster.kernel.organisation.models import Appointment, Area, CommandRole, Secondment, Site, Team, Unit
from muster.kernel.organisation.queries.command import Holder, holders_of_unit, roles
from muster.kernel.organisation.queries.force import headcount_by_kind, strength
from muster.kernel.organisation.queries.names import qualification_names
from muster.kernel.organisation.queries.units import UnitNode, ancestors, descendants, unit_tree


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with its people: officers and auxiliaries who serve in it or below, and how many in it alone."""

    node: UnitNode
    officers: int
    auxiliaries: int
    own: int


@dataclass(frozen=True, slots=True)
class Skill:
    """How many people of a unit and of those below hold a qualification; who holds several counts under each."""

    code: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class Post:
    """A role that is or was held: codes and names of role and unit; rank 0 is the holder, then deputies in order."""

    id: int
    role: str
    role_name: str
    unit: str
    unit_name: str
    person: str
    rank: int
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan to a team or a unit, by code and name."""

    place: str
    name: str
    is_team: bool
    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role for one unit: holder and deputies, and what is missing."""

    role: CommandRole
    unit: str
    unit_name: str
    holder: Holder | None
    deputies: tuple[Holder, ...]

    @property
    def deputies_missing(self) -> int:
        """How many deputies fewer than the role requires."""
        return max(self.role.deputies_required - len(self.deputies), 0)

    @property
    def is_complete(self) -> bool:
        """Held, with all deputies."""
        return self.holder is not None and not self.deputies_missing


def unit_lines(as_of: datetime) -> list[UnitLine]:
    """The tree of units with their people, each parent before its children."""
    own = headcount_by_kind(as_of)
    tree = unit_tree()
    below = descendants(tree)
    return [_line(node, below[node.code], own) for node in tree]


def _line(node: UnitNode, codes: Iterable[str], own: Mapping[tuple[str, str], int]) -> UnitLine:
    officers, auxiliaries = PersonKind.OFFICER.value, PersonKind.AUXILIARY.value
    here = own.get((node.code, officers), 0) + own.get((node.code, auxiliaries), 0)
    listed = tuple(codes)
    return UnitLine(
        node,
        sum(own.get((code, officers), 0) for code in listed),
        sum(own.get((code, auxiliaries), 0) for code in listed),
        here,
    )


def unit_path(code: str, tree: Sequence[UnitNode]) -> list[UnitNode]:
    """The units above `code`, the bureau first."""
    nodes = {node.code: node for node in tree}
    return [nodes[above] for above in reversed(ancestors(tree).get(code, ()))]


def skills_of(code: str, as_of: datetime, tree: Sequence[UnitNode]) -> list[Skill]:
    """Strength by qualification of a unit with everything below it, the most frequent first."""
    counted: Counter[str] = Counter()
    below = descendants(tree).get(code, frozenset())
    for (unit, qualification), people in strength(as_of).items():
        if unit in below:
            counted[qualification] += people
    names = qualification_names()
    return [Skill(one, names.get(one, one), people) for one, people in counted.most_common()]


def sites_of(code: str) -> list[Site]:
    """Active sites for which a unit answers, by code."""
    return list(Site.objects.filter(unit__code=code, is_active=True).select_related("area"))


def posts_of_unit(code: str, as_of: datetime) -> list[Post]:
    """Every role held for a unit at a moment."""
    wanted = [holder.id for holder in holders_of_unit(code, as_of)]
    return _posts(Appointment.objects.filter(pk__in=wanted).order_by("role__code", "rank"))


def posts_of_person(code: str) -> list[Post]:
    """Every role that a person holds or held, the latest first."""
    return _posts(Appointment.objects.filter(person__code=code).order_by("-starts_at", "role__code"))


def _posts(rows: QuerySet[Appointment]) -> list[Post]:
    found = rows.select_related("role", "unit", "person")
    return [
        Post(
            row.pk,
            row.role.code,
            row.role.name,
            row.unit.code,
            row.unit.name,
            row.person.code,
            row.rank,
            row.starts_at,
            row.ends_at,
        )
        for row in found
    ]


def loans_of_person(code: str) -> list[Loan]:
    """Every team and unit to which a person is or was lent, the latest first."""
    rows = Secondment.objects.filter(person__code=code).order_by("-starts_at").select_related("team", "unit")
    return [
        Loan(place.code, place.name, isinstance(place, Team), row.starts_at, row.ends_at)
        for row in rows
        if (place := row.team or row.unit) is not None
    ]


def role_lines(as_of: datetime, *, role: str = "", incomplete: bool = False) -> list[RoleLine]:
    """Each role for each unit for which it is to be held, with holder and deputies; only incomplete ones if asked."""
    names = {node.code: node for node in unit_tree() if node.is_active}
    found = [
        _role_line(view.role, names[unit], view.holders)
        for view in roles(as_of)
        if role in ("", view.role.code)
        for unit in _units_for(view.role, names.values())
        if unit in names
    ]
    return [line for line in found if not (incomplete and line.is_complete)]


def _units_for(role: CommandRole, units: Iterable[UnitNode]) -> list[str]:
    """Where a role is to be held: at its own unit, or at each unit of a kind."""
    if role.scope == RoleScope.BUREAU:
        return [role.unit.code]
    kind = {RoleScope.SUB_BUREAU: UnitKind.SUB_BUREAU, RoleScope.STATION: UnitKind.STATION}[RoleScope(role.scope)]
    return [unit.code for unit in units if unit.kind == kind]


def _role_line(role: CommandRole, unit: UnitNode, holders: Sequence[Holder]) -> RoleLine:
    here = [holder for holder in holders if holder.unit == unit.code]
    return RoleLine(
        role,
        unit.code,
        unit.name,
        next((holder for holder in here if holder.is_holder), None),
        tuple(holder for holder in here if not holder.is_holder),
    )


def sites_by_area() -> dict[str, int]:
    """How many active sites lie in each area, by code; those of a community lie in its district and its city too."""
    larger = dict(Area.objects.values_list("code", "parent__code"))
    rows = Site.objects.filter(is_active=True).order_by().values_list("area__code").annotate(count=Count("pk"))
    counted: Counter[str] = Counter()
    for code, count in rows:
        here: str | None = code
        while here:
            counted[here] += count
            here = larger[here]
    return dict(counted)


def station_reach(unit_id: int | None) -> frozenset[str]:
    """Codes of a unit and everything below it: whom its chief may reach; nobody for no unit."""
    code = None if unit_id is None else Unit.objects.filter(pk=unit_id).values_list("code", flat=True).first()
    return descendants().get(code or "", frozenset())
