"""Exactly what would change if a proposal were carried out at this moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from muster.engines.plan import preview, start, step
from muster.engines.plan.events import Activated, Event, LevelChanged, PlaceOpened, StoodDown, TaskKey
from muster.engines.plan.state import State
from muster.engines.plan.types import Plan
from muster.kernel.commands.content import content_hash
from muster.kernel.organisation.models import Site, Unit
from muster.preparedness.plans.queries import plan_of
from muster.response.operations.models import EngineState, Operation, Proposal
from muster.response.operations.owners import Owners


@dataclass(frozen=True, slots=True)
class Change:
    """Tasks of one clause that begin or are withdrawn, and the units that owe them, by code ("" for the bureau)."""

    clause: str
    role: str
    count: int
    units: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed before and after: officers of one qualification in each shift, or units of one item in a day."""

    code: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Difference:
    """What a proposal changes: tasks, people per shift, supplies per day, partners, posts.

    `mark` is the SHA-256 of all of it but `kept`, the number of tasks that go on: two differences with the same mark
    change the same things.
    """

    mark: str
    starts: tuple[Change, ...]
    ends: tuple[Change, ...]
    kept: int
    people: tuple[Need, ...]
    supplies: tuple[Need, ...]
    partners_added: tuple[str, ...]
    partners_removed: tuple[str, ...]
    posts_opened: tuple[str, ...]
    posts_closed: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept with the proposal."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Difference:
        """What `as_json` gave."""
        read: dict[str, Callable[[Any], Any]] = {"mark": str, "kept": int}
        read |= dict.fromkeys(("starts", "ends"), lambda rows: tuple(Change(**row) for row in rows))
        read |= dict.fromkeys(("people", "supplies"), lambda rows: tuple(Need(**row) for row in rows))
        return cls(**{name: read.get(name, tuple)(value) for name, value in kept.items()})


def difference_of(*, proposal: Proposal, at: datetime) -> Difference:
    """What the proposal would change at `at`."""
    return difference(operation=proposal.operation, kind=proposal.kind, level=proposal.level, at=at)


def difference(*, operation: Operation, kind: str, level: int, at: datetime) -> Difference:
    """What would change at `at`; `kind` is one of Proposal.Kind, `level` counts for "activate" and "change_level"."""
    plan = plan_of(operation.plan_version)
    state = before(operation, plan, kind, at)
    return compare(plan, state, event_of(kind, level, at), at)


@dataclass(frozen=True, slots=True)
class Release:
    """How far the plan is from leaving the present level: the condition, the days that it has held, of how many."""

    condition: str
    held: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """The condition has held on as many days in a row as the plan asks for."""
        return self.held >= self.needed


def release_at(*, operation: Operation, at: datetime) -> Release | None:
    """Where the release of the present level stands at `at`; None while no level is in force."""
    if not operation.level:
        return None
    level = plan_of(operation.plan_version).level(operation.level)
    state = State.from_dict(EngineState.objects.get(operation=operation).state)
    yesterday = at.astimezone(settings.BUREAU_ZONE).date() - timedelta(days=1)
    unbroken = state.held_on is not None and state.held_on >= yesterday
    return Release(level.release.text, state.held_days if unbroken else 0, max(1, level.held_days))


def event_of(kind: str, level: int, at: datetime) -> Event:
    """The event that a proposal becomes when it is approved."""
    if kind == Proposal.Kind.ACTIVATE:
        return Activated(at, level)
    return StoodDown(at) if kind == Proposal.Kind.STAND_DOWN else LevelChanged(at, level)


def before(operation: Operation, plan: Plan, kind: str, at: datetime) -> State:
    """The state that the event meets: before an activation, the standing places are open."""
    if kind != Proposal.Kind.ACTIVATE:
        return State.from_dict(EngineState.objects.get(operation=operation).state)
    state = start()
    for event in standing_places(operation, at):
        state, _effects = step(plan, state, event)
    return state


def standing_places(operation: Operation, at: datetime) -> list[PlaceOpened]:
    """The sites of the operation's area that are open at all times, by code."""
    sites = Site.objects.filter(within(operation.area_id), is_standing=True, is_active=True)
    return [PlaceOpened(at, kind, code) for code, kind in sites.order_by("code").values_list("code", "kind")]


def within(area: int) -> Q:
    """Sites of an area, however far below it."""
    return Q(area=area) | Q(area__parent=area) | Q(area__parent__parent=area) | Q(area__parent__parent__parent=area)


def compare(plan: Plan, state: State, event: Event, at: datetime) -> Difference:
    """The engine's preview, with the units that it concerns."""
    seen = preview(plan, state, event, day=at.astimezone(settings.BUREAU_ZONE).date(), units=unit_counts())
    owners = Owners(plan, {key.place for key in (*seen.raised, *seen.withdrawn)})
    parts: dict[str, Any] = {
        "starts": _changes(plan, owners, seen.raised),
        "ends": _changes(plan, owners, seen.withdrawn),
        "people": _needs(seen.people_before, seen.people_after),
        "supplies": _needs(seen.supplies_before, seen.supplies_after),
        "partners_added": tuple(sorted(seen.partners_added)),
        "partners_removed": tuple(sorted(seen.partners_removed)),
        "posts_opened": tuple(" ".join(post).rstrip() for post in seen.posts_opened),
        "posts_closed": tuple(" ".join(post).rstrip() for post in seen.posts_closed),
    }
    return Difference(mark=content_hash(parts), kept=len(seen.kept), **parts)


def unit_counts() -> dict[str, int]:
    """How many active units of each kind there are: needs of each station count for all of them."""
    rows = Unit.objects.filter(is_active=True).order_by("kind").values_list("kind")
    return dict(rows.annotate(Count("pk")))


def _changes(plan: Plan, owners: Owners, keys: Iterable[TaskKey]) -> tuple[Change, ...]:
    by_clause: dict[str, Counter[str]] = {}
    for key in keys:
        by_clause.setdefault(key.clause, Counter())[owners.unit_code(key.clause, key.place)] += 1
    return tuple(
        Change(clause, plan.clause(clause).actor, by_clause[clause].total(), dict(sorted(by_clause[clause].items())))
        for clause in sorted(by_clause, key=plan.positions.__getitem__)
    )


def _needs(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Need, ...]:
    codes = sorted({*before, *after})
    return tuple(Need(code, before.get(code, 0), after.get(code, 0)) for code in codes)
