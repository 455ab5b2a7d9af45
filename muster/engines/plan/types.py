"""A plan as the engine sees it: frozen, checked in shape, with every duration and level already read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from muster.engines.plan.conditions import Condition
from muster.engines.plan.text import Text as Text  # others know it from here


@dataclass(frozen=True, slots=True)
class PeopleNeed:
    """`count` people of one qualification in each of `shifts` shifts a day.

    `source` is where they come from: "unit:CODE" | "each:sub_bureau" | "each:station" (count is then for each of them)
    | "place" (the station responsible for the place) | "force" (anywhere in the bureau).
    `handles`: how many requests, cases or batches one such crew deals with in a day; 1 for standing posts.
    """

    qualification: str
    count: int
    shifts: int
    source: str
    handles: int = 1


@dataclass(frozen=True, slots=True)
class Standard:
    """A protection standard: items used by one officer in one shift (fractions for what is used again)."""

    id: str
    title: Text
    per_officer_shift: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Supply:
    """Items beside the protection standard; `basis` is "officer_shift", "day" (for the place or clause) or "event"."""

    item: str
    quantity: float
    basis: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A restriction of people's rights: it ends `expires` after it is in place unless the review renews it."""

    kind: str
    expires: timedelta | None
    review: timedelta | None


@dataclass(frozen=True, slots=True)
class Clause:
    """One typed step of a plan.

    `levels` are those at which it stands, or `on` is the moment at which it starts ("level_down", "stand_down").
    `due` counts from the release of its task: a duration, or the next such clock time in the plan's zone.
    `scales` says for each of what it is done: "once", or each "site", "request", "case", "batch" of the kind `per`.
    `public` clauses stand in the part of the plan that is open to anybody.
    """

    id: str
    title: Text
    text: Text
    phase: str
    annex: str
    actor: str
    action: str
    levels: frozenset[int]
    on: str
    due: timedelta | time
    every: timedelta | None
    after: tuple[str, ...]
    scales: str
    per: str
    people: tuple[PeopleNeed, ...]
    standard: str
    supplies: tuple[Supply, ...]
    partners: tuple[str, ...]
    evidence: tuple[str, ...]
    ends: Text
    data_class: str
    ground: str
    measure: Measure | None
    renews: str
    decision: bool
    public: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """A response level: `trigger` proposes it; `release`, true `held_days` days in a row, proposes the next lower."""

    number: int
    id: str
    name: Text
    colour: str
    duty_grade: str
    activated_by: str
    trigger: Condition
    release: Condition
    held_days: int
    review: timedelta
    report_every: timedelta
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Role:
    """A command role: who holds it (`scope`: once in "unit", or in each sub_bureau or station), and the deputies.

    `qualification` is what the holder and the deputies must have, "" for nothing.
    """

    id: str
    title: Text
    unit: str
    scope: str
    holder: str
    deputies: tuple[str, ...]
    qualification: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """One step of the event grade, the warning colour or the police duty grade; `number` 1 is the highest."""

    number: int
    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Authority:
    """Who may set which level: the government declares, the bureau mirrors it, or goes `above_government` on order."""

    declared_by: str
    system_may: str
    above_government: int
    above_needs: str
    below_needs: str
    persons: int
    record: tuple[str, ...]
    rules: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A named legal basis; `until` is its last day in force, None where it has no end."""

    id: str
    title: Text
    articles: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Something of a lower plan that contradicts the higher one, and so has no effect: what the higher says stands.

    `what` is a field of the clause, or "unknown", "nothing", "taken", "levels", "authority", "role", "standard",
    "ground", "reserve"; `name` is the clause or the entry of the head. `higher` and `lower` are what both say.
    """

    what: str
    name: str
    line: int
    higher: object = None
    lower: object = None


@dataclass(frozen=True)
class Extension:
    """What makes a plan a lower one: the higher plan, and what it changes of it.

    `narrowed` has the fields that are stricter here, by clause; `added` the ids of its own clauses; `roles` the names
    of its own roles. Whatever else the plan has is inherited.
    """

    higher: Plan
    narrowed: Mapping[str, tuple[str, ...]]
    added: frozenset[str]
    roles: frozenset[str]
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A loaded plan. `hash` is the SHA-256 of its canonical content: blanks and comments do not change it.

    `unit` is the code of the unit whose plan it is, "" for the bureau's own. A lower plan is already merged with the
    higher one; `extension` says what came from where.
    """

    id: str
    version: str
    title: Text
    hash: str
    zone: ZoneInfo
    legal_basis: tuple[Ground, ...]
    reviewed_on: date | None
    review_months: int
    exercise_months: int
    authority: Authority
    gradings: Mapping[str, tuple[Grade, ...]]
    levels: tuple[Level, ...]
    fresh_for: timedelta
    roles: Mapping[str, Role]
    standards: Mapping[str, Standard]
    reserve_days: Mapping[str, int]
    clauses: tuple[Clause, ...]
    unit: str = ""
    extension: Extension | None = None
    file: str = field(default="plan", compare=False)

    @cached_property
    def chain(self) -> tuple[Plan, ...]:
        """The plan, the one that it extends, and so on to the highest."""
        return (self, *self.extension.higher.chain) if self.extension else (self,)

    @cached_property
    def own_clauses(self) -> tuple[Clause, ...]:
        """The clauses that this plan wrote or narrowed itself; all of them where it extends no other."""
        if self.extension is None:
            return self.clauses
        own = self.extension.added | set(self.extension.narrowed)
        return tuple(clause for clause in self.clauses if clause.id in own)

    @cached_property
    def by_id(self) -> Mapping[str, Clause]:
        """Every clause that has tasks: those of the plan in its order, then its obligations."""
        every = (*self.clauses, *self.level_obligations, *self.measure_reviews.values())
        return {clause.id: clause for clause in every}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each clause in `by_id`: the order in which tasks of one moment are raised."""
        return {name: position for position, name in enumerate(self.by_id)}

    @cached_property
    def standing_clauses(self) -> tuple[Clause, ...]:
        """Clauses that stand at levels, once or at each place of a kind; also what the levels ask for."""
        every = (*self.clauses, *self.level_obligations)
        return tuple(clause for clause in every if clause.levels and clause.scales in ("once", "site"))

    @cached_property
    def winding_up(self) -> Mapping[str, tuple[Clause, ...]]:
        """Clauses that start on a moment, once or at each place of a kind, by that moment."""
        return _grouped((c.on, c) for c in self.clauses if c.on and c.scales in ("once", "site"))

    @cached_property
    def for_each(self) -> Mapping[str, tuple[Clause, ...]]:
        """Clauses by the kind of place or event for each of which they are done."""
        return _grouped((clause.per, clause) for clause in self.clauses if clause.per)

    @cached_property
    def renewed_by(self) -> Mapping[str, tuple[Clause, ...]]:
        """Clauses that renew the measure of a clause, by its id."""
        return _grouped((clause.renews, clause) for clause in self.clauses if clause.renews)

    @cached_property
    def level_obligations(self) -> tuple[Clause, ...]:
        """What each level asks for beside the clauses: its review and its report."""
        from muster.engines.plan.obligations import of_levels

        return tuple(of_levels(self.levels, self.clauses))

    @cached_property
    def measure_reviews(self) -> Mapping[str, Clause]:
        """The review of each measure, by the id of its clause."""
        from muster.engines.plan.obligations import REVIEW, of_measures

        return {review.id.removesuffix(REVIEW): review for review in of_measures(self.clauses)}

    def clause(self, clause_id: str) -> Clause:
        """Raises KeyError for a clause that the plan does not have."""
        return self.by_id[clause_id]

    def level(self, number: int) -> Level:
        """Raises KeyError for a level that the plan does not have."""
        for level in self.levels:
            if level.number == number:
                return level
        raise KeyError(number)


def _grouped(pairs: Iterable[tuple[str, Clause]]) -> Mapping[str, tuple[Clause, ...]]:
    groups: dict[str, tuple[Clause, ...]] = {}
    for key, clause in pairs:
        groups[key] = (*groups.get(key, ()), clause)
    return groups
