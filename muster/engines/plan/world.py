"""What a plan is held against: the people, the stock, the posts, the partners and the places that there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role for a unit, or stands in for the holder.

    `person` is an opaque key: equal for the same person, and never a name. `away` are days on leave or absent, the
    first and the last of each stretch; a last day of None is not known yet.
    """

    person: str
    qualifications: frozenset[str] = frozenset()
    away: tuple[tuple[date, date | None], ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether the person is away on a day."""
        return any(first <= day and (last is None or day <= last) for first, last in self.away)


@dataclass(frozen=True, slots=True)
class Stressed:
    """The last stress test of a plan: of which content, when it was done, with which people and stock.

    `plan` is the hash of the plan, `people` how many held each qualification in the whole bureau, `stock` what all
    stores together held usable, in units of issue.
    """

    plan: str
    day: date
    people: Mapping[str, int]
    stock: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class World:
    """The bureau as it is on one day. A mapping that is None is not known, and nothing is checked against it.

    Attributes
    ----------
    today : the day of the check; None leaves out everything that has a date.
    people : how many hold a qualification, by (unit code, qualification).
    units : kind of each unit, by unit code ("bureau", "sub_bureau", "station", "special", "office").
    holders : how many people are appointed to a role for each unit, the holder included, by role and unit code.
    stock : what all stores together hold usable, in units of issue, by item.
    liaisons : how many liaisons a partner has, by partner; a partner without an entry is not in the register.
    sites : how many places of a kind there are, by kind.
    role_holders : who holds a role for a unit, the holder first and then the deputies in order, by role and unit code.
    items : the stock catalogue.
    contacts_checked : the day on which a partner's contact was last confirmed, None for never, by partner.
    acknowledged : the hashes (`clause_hash`) of the clauses that a partner has acknowledged, by partner.
    exercised : the last day on which a clause was exercised or used live, by plan and clause id.
    newest : the version released last, by plan.
    stressed : the last stress test of each plan that was ever put to one, by plan.
    """

    today: date | None = None
    people: Mapping[tuple[str, str], int] | None = None
    units: Mapping[str, str] | None = None
    holders: Mapping[str, Mapping[str, int]] | None = None
    stock: Mapping[str, int] | None = None
    liaisons: Mapping[str, int] | None = None
    sites: Mapping[str, int] | None = None
    role_holders: Mapping[tuple[str, str], tuple[Holder, ...]] | None = None
    items: frozenset[str] | None = None
    contacts_checked: Mapping[str, date | None] | None = None
    acknowledged: Mapping[str, frozenset[str]] | None = None
    exercised: Mapping[str, Mapping[str, date]] | None = None
    newest: Mapping[str, str] | None = None
    stressed: Mapping[str, Stressed] | None = None

    def units_of(self, scope: str) -> tuple[str, ...]:
        """Codes of the units of a kind ("sub_bureau" or "station"), sorted."""
        return tuple(sorted(code for code, kind in (self.units or {}).items() if kind == scope))

    def qualified(self) -> Counter[str]:
        """How many in the whole bureau hold each qualification."""
        held: Counter[str] = Counter()
        for (_unit, qualification), count in (self.people or {}).items():
            held[qualification] += count
        return held


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """What the bureau expects of any plan of its own: settings, not constants of nature.

    Attributes
    ----------
    reserve_days : at the least, for any item that is not `perishable`.
    review_months, exercise_months : at the most; the measures for plan management ask for every three years.
    held_days : at the least, on which a release must hold: one quiet day is no trend.
    deputies, persons : at the least, of a role and for an activation.
    scales : the scales beside the response level.
    record : what an activation states (Emergency Response Law 72).
    open_share : part of the registered places that is expected to be open at the height of a wave; 1 if not given.
    acknowledged : kinds of evidence with which a partner confirms its part.
    contact_days : at the most, since a partner's contact was last confirmed.
    stress_months : at the most, since the last stress test.
    stress_people, stress_stock : by which share a qualification or an item may have fallen since.
    """

    reserve_days: int = 14
    review_months: int = 36
    exercise_months: int = 36
    held_days: int = 2
    deputies: int = 1
    persons: int = 2
    contact_days: int = 90
    stress_months: int = 12
    stress_people: float = 0.1
    stress_stock: float = 0.25
    scales: tuple[str, ...] = ("event_grade", "warning_colour", "duty_grade")
    record: tuple[str, ...] = ("matter", "level", "area", "expected_duration", "measures", "legal_basis")
    perishable: frozenset[str] = frozenset({"meal", "bed"})
    open_share: Mapping[str, float] = field(
        default_factory=lambda: {"closed_community": 0.2, "quarantine_site": 0.7, "temporary_hospital": 0.7}
    )
    acknowledged: frozenset[str] = field(
        default=frozenset({"partner_acknowledgement", "handover_receipt", "joint_minutes", "health_document"})
    )


YARDSTICKS = Yardsticks()
