"""What the pages of the library show, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from muster.engines.plan import Clause, Plan
from muster.engines.plan.findings import ERROR, WARNING, Finding
from muster.kernel import clock
from muster.kernel.organisation.choices import UnitKind
from muster.preparedness.plans import queries
from muster.preparedness.plans.models import NightlyCheck, PlanVersion
from muster.preparedness.plans.pages import Change, changes
from muster.preparedness.plans.queries import library
from muster.preparedness.plans.queries.copied import copied_in_force
from muster.preparedness.plans.queries.library import Held, Shelf
from muster.preparedness.plans.queries.nights import counted_now
from muster.preparedness.plans.queries.suppressed import Lasting, answered, lasting
from muster.preparedness.plans.said import silent, speaking

PAGE: Final = 40  # units
STATES: Final[Mapping[str, str | Promise]] = {
    library.NONE: _("no plan"),
    library.DRAFT: _("a draft is being written"),
    library.REVIEW_DUE: _("review due"),
    library.IN_FORCE: _("in force"),
}
TONES: Final = {library.NONE: "bad", library.DRAFT: "brand", library.REVIEW_DUE: "warn", library.IN_FORCE: "good"}


@dataclass(frozen=True, slots=True)
class Line:
    """One plan of a unit, with what the checks say of the version in force; `night` is the day of that, if any."""

    held: Held
    errors: int
    warnings: int
    suppressed: int
    night: date | None
    copied: Finding | None
    states: tuple[tuple[str, str | Promise, str], ...]  # state, words, tone


@dataclass(frozen=True, slots=True)
class Row:
    """A unit and its plans; `parent` is the unit above a station."""

    shelf: Shelf
    parent: str
    lines: tuple[Line, ...]


def overview(asked: Mapping[str, str]) -> dict[str, Any]:
    """One page of the library; the number of statements depends neither on the plans nor on the units."""
    shelves = library.shelves()
    kind, state = _known(asked.get("kind"), library.KINDS), _known(asked.get("state"), library.STATES)
    words = asked.get("q", "").strip()[:80]
    matching = library.chosen(shelves, kind=kind, words=words)
    counts = library.counted(matching)
    found = library.chosen(matching, state=state)
    start = _number(asked.get("start"), len(found))
    return {
        "rows": _rows(found[start : start + PAGE], shelves),
        "any_plan": any(shelf.plans for shelf in shelves),
        "any_unit": bool(shelves),
        "units": len(matching),
        "found": len(found),
        "states": [(one, STATES[one], counts[one], TONES[one]) for one in STATES],
        "kinds": [(one, UnitKind(one).label) for one in library.KINDS],
        "kind": kind,
        "state": state,
        "q": words,
        "start": start or "",
        "onward": start + PAGE if start + PAGE < len(found) else "",
    }


def _known(value: str | None, known: Sequence[str]) -> str:
    return value if value and value in known else ""


def _number(text: str | None, length: int) -> int:
    """Where the page begins; an address that means no place begins at the first."""
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 0
    return number if number < length else 0


def _rows(shown: Sequence[Shelf], every: Sequence[Shelf]) -> list[Row]:
    """The texts of the page are read together; those of all plans only where a copy is still to be looked for."""
    versions = [one.latest for shelf in shown for one in shelf.plans if one.latest]
    queries.plans_of(versions)
    nights = _nights(versions)
    unchecked = any(version.pk not in nights for version in versions)
    copied = copied_in_force([one.latest for shelf in every for one in shelf.plans if one.latest]) if unchecked else {}
    known = _Known(
        nights,
        counted_now(list(nights.values())),
        copied,
        lasting({version.plan.code for version in versions}, clock.today()),
    )
    names = {shelf.unit.code: shelf.unit.name for shelf in every}
    return [Row(shelf, _parent(shelf, names), tuple(_line(one, known) for one in shelf.plans)) for shelf in shown]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read for all lines of a page: nights by version, their counts of today, copies, suppressions."""

    nights: Mapping[int, NightlyCheck]
    counts: Mapping[int, Counter[str]]
    copied: Mapping[int, Finding]
    lasting: Mapping[str, Lasting]


def _nights(versions: Sequence[PlanVersion]) -> dict[int, NightlyCheck]:
    """The last night of each version."""
    rows = NightlyCheck.objects.filter(version__in=versions).defer("findings", "new", "gone").order_by("day")
    found = {night.version_id: night for night in rows}
    by_key = {version.pk: version for version in versions}
    for night in found.values():
        night.version = by_key[night.version_id]
    return found


def _parent(shelf: Shelf, names: Mapping[str, str]) -> str:
    return names.get(shelf.unit.parent, "") if shelf.unit.kind == UnitKind.STATION else ""


def _line(held: Held, known: _Known) -> Line:
    version = held.latest
    states = tuple((one, STATES[one], TONES[one]) for one in library.STATES if one in held.states)
    if version is None:
        return Line(held, 0, 0, 0, None, None, states)
    double, night = known.copied.get(version.pk), known.nights.get(version.pk)
    if night is not None:
        counts = known.counts[night.pk]
    else:
        found = [*queries.findings_of(version), *([double] if double else [])]
        said = answered(queries.plan_of(version), found, known.lasting[held.code])
        counts = speaking(said) + Counter(suppressed=silent(said))
    day = night.day if night else None
    return Line(held, counts[ERROR], counts[WARNING], counts["suppressed"], day, double, states)


@dataclass(frozen=True, slots=True)
class NarrowedClause:
    """An inherited clause before and after."""

    clause: Clause
    changes: tuple[Change, ...]


def extension(version: PlanVersion, plan: Plan) -> dict[str, Any]:
    """What a lower plan makes of the higher one, and which plans extend this one."""
    below = queries.lower_versions(version)
    if plan.extension is None:
        return {"lower_versions": below}
    higher, narrowed = plan.extension.higher, plan.extension.narrowed
    return {
        "lower_versions": below,
        "higher": version.higher,
        "newest_higher": queries.latest_version(higher.id),
        "narrowed": [
            NarrowedClause(plan.clause(name), tuple(changes(higher, plan, name, fields)))
            for name, fields in narrowed.items()
        ],
        "narrowed_ids": frozenset(narrowed),
        "added": [clause for clause in plan.clauses if clause.id in plan.extension.added],
        "added_ids": plan.extension.added,
        "inherited": len(plan.clauses) - len(plan.own_clauses),
    }
