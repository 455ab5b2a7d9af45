"""The library: every unit with the plans that it has, and those that have none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from muster.kernel.organisation import queries as organisation
from muster.kernel.organisation.models import Unit
from muster.kernel.organisation.queries import UnitNode
from muster.preparedness.plans.models import ContingencyPlan, Draft, PlanVersion, ReviewDue
from muster.preparedness.plans.queries.drafts import draft_of, drafts
from muster.preparedness.plans.queries.reviews import reviews_due
from muster.preparedness.plans.queries.versions import PlanRow, plans

KINDS: Final = ("bureau", "sub_bureau", "station", "special")  # those that owe a plan; an office is in the bureau's
IN_FORCE: Final = "in_force"
REVIEW_DUE: Final = "review_due"
DRAFT: Final = "draft"
NONE: Final = "none"
STATES: Final = (IN_FORCE, REVIEW_DUE, DRAFT, NONE)
NOBODY: Final = UnitNode("", "bureau", "", "", "", "", "", True)  # whose plans are the bureau's where no unit is known


@dataclass(frozen=True, slots=True)
class Held:
    """One plan of a unit: its versions, the newest first, and what is under way. A first draft has no version yet."""

    code: str
    versions: tuple[PlanVersion, ...]
    draft: Draft | None
    reviews: tuple[ReviewDue, ...]
    outdated: bool

    @property
    def latest(self) -> PlanVersion | None:
        """The version in force, None for a plan that was never released."""
        return self.versions[0] if self.versions else None

    @property
    def states(self) -> frozenset[str]:
        """All that is true of it."""
        due = {REVIEW_DUE} if self.reviews or self.outdated else set()
        return frozenset({IN_FORCE if self.versions else "", DRAFT if self.draft else "", *due} - {""})


@dataclass(frozen=True, slots=True)
class Shelf:
    """A unit and its plans."""

    unit: UnitNode
    plans: tuple[Held, ...]

    @property
    def states(self) -> frozenset[str]:
        """What is true of any of its plans; "none" where it has none, not even a draft."""
        return frozenset(state for one in self.plans for state in one.states) or frozenset({NONE})


def shelves() -> list[Shelf]:
    """Every active unit that owes a plan or has one, in the order of the tree. Four statements, without the texts."""
    units = [unit for unit in organisation.unit_tree() if unit.is_active]
    held = _held()
    root = units[0].code if units else ""
    by_unit: dict[str, list[Held]] = defaultdict(list)
    for unit_code, one in held:
        by_unit[unit_code or root].append(one)
    known = {unit.code for unit in units}
    strays = tuple(one for code, ones in by_unit.items() if code not in known for one in ones)
    found = [Shelf(unit, tuple(by_unit.get(unit.code, ()))) for unit in units]
    lost = [Shelf(NOBODY, strays)] if strays else []
    return [*lost, *(shelf for shelf in found if shelf.plans or shelf.unit.kind in KINDS)]


def _held() -> list[tuple[str, Held]]:
    """The code of its unit ("" for the bureau's) and each plan, by the plan's code."""
    rows = {row.code: row for row in plans()}
    writing = {draft.code: draft for draft in drafts()}
    due: dict[str, list[ReviewDue]] = defaultdict(list)
    for review in reviews_due():
        due[review.plan.code].append(review)
    newest = {row.code: row.latest.pk for row in rows.values()}
    return [
        (_unit_of(rows.get(code), writing.get(code)), _one(code, rows.get(code), writing.get(code), due, newest))
        for code in sorted({*rows, *writing})
    ]


def _one(
    code: str, row: PlanRow | None, draft: Draft | None, due: dict[str, list[ReviewDue]], newest: dict[str, int]
) -> Held:
    versions = row.versions if row else ()
    higher = versions[0].higher if versions else None
    outdated = higher is not None and newest.get(higher.plan.code) != higher.pk
    return Held(code, versions, draft, tuple(due.get(code, ())), outdated)


def _unit_of(row: PlanRow | None, draft: Draft | None) -> str:
    unit = row.latest.unit if row else draft.unit if draft else None
    return unit.code if unit else ""


def counted(found: Iterable[Shelf]) -> Counter[str]:
    """How many units are in each state; a unit can be in several."""
    return Counter(state for shelf in found for state in shelf.states)


def chosen(found: Sequence[Shelf], *, kind: str = "", state: str = "", words: str = "") -> list[Shelf]:
    """Those of a kind of unit, in a state, and with all the words in the unit's or a plan's names."""
    wanted = words.casefold().split()
    return [
        shelf
        for shelf in found
        if (not kind or shelf.unit.kind == kind)
        and (not state or state in shelf.states)
        and all(word in _names(shelf) for word in wanted)
    ]


def _names(shelf: Shelf) -> str:
    unit = shelf.unit
    titles = [f"{one.versions[0].title_zh} {one.versions[0].title_en}" for one in shelf.plans if one.versions]
    return " ".join([unit.code, unit.name_zh, unit.name_en, *(one.code for one in shelf.plans), *titles]).casefold()


def plan_above(unit: Unit) -> PlanVersion | None:
    """The version in force that a plan of this unit extends: of the nearest unit above that has one, else the bureau's.

    Of several plans of one unit it is the one that most others extend, then the first by its code.
    """
    rows = [row.latest for row in plans()]
    extended = Counter(one.higher.plan.code for one in rows if one.higher is not None)
    by_unit: dict[str, list[PlanVersion]] = defaultdict(list)
    for one in sorted(rows, key=lambda one: (-extended[one.plan.code], one.plan.code)):
        by_unit[one.unit.code if one.unit else ""].append(one)
    parents = {node.code: node.parent for node in organisation.unit_tree()}
    above = parents.get(unit.code, "")
    while above and above not in by_unit:
        above = parents.get(above, "")
    return next(iter(by_unit[above]), None)


def code_is_free(code: str, unit: Unit) -> bool:
    """Neither a plan has it, nor an open draft of anybody but this unit: asked again, a unit gets the same code."""
    writing = draft_of(code)
    return not ContingencyPlan.objects.filter(code=code).exists() and (writing is None or writing.unit_id == unit.pk)
