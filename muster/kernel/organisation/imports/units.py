"""Units: a tree under one bureau."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.organisation.choices import UnitKind
from muster.kernel.organisation.closing import in_use
from muster.kernel.organisation.imports.places import stored
from muster.kernel.organisation.imports.references import directory, resolve
from muster.kernel.organisation.imports.rows import Existing, Sheet, Values
from muster.kernel.organisation.models import Area, Unit
from muster.kernel.organisation.tree import CycleFound, generations
from muster.kernel.tables import RowProblem


class Branch(NamedTuple):
    """A unit with its parent, as the tree needs it."""

    code: str
    parent: str


def existing_units(codes: Sequence[str]) -> Existing:
    """Units by code."""
    plain = ("kind", "name_zh", "name_en", "cohort", "is_active")
    return stored(Unit, codes, {name: name for name in plain} | {"parent": "parent__code", "area": "area__code"})


def needed_of_unit(values: Values) -> Sequence[str]:
    """What a new unit must have."""
    return ("kind", "name_zh", *(() if values.get("kind") == UnitKind.BUREAU else ("parent",)))


def resolve_units(sheet: Sheet) -> Iterator[RowProblem]:
    """Parents and areas by code."""
    yield from resolve(sheet, "parent", directory(Unit, sheet.entries))
    yield from resolve(sheet, "area", directory(Area))


def check_units(sheet: Sheet, existing: Existing) -> Iterator[RowProblem]:
    """One bureau at the top, and nobody below himself, counted over what is stored and what the file says."""
    parents = {code: parent or "" for code, parent in Unit.objects.values_list("code", "parent__code")}
    kinds = dict(Unit.objects.values_list("code", "kind"))
    for entry in sheet.entries:
        parents[entry.code] = entry.values.get("parent", parents.get(entry.code, ""))
        kinds[entry.code] = entry.values.get("kind", kinds.get(entry.code, ""))
    yield from _roots(sheet, existing, [code for code, kind in kinds.items() if kind == UnitKind.BUREAU])
    yield from _cycle(sheet, parents)
    yield from _closed_too_early(sheet)


def _closed_too_early(sheet: Sheet) -> Iterator[RowProblem]:
    closing = {entry.code: entry for entry in sheet.entries if entry.values.get("is_active") is False}
    for code, has in in_use(closing.keys(), clock.now()).items():
        yield sheet.problem(
            closing[code], "is_active", _("This unit cannot be closed yet."), has, _("Move them to other units first.")
        )


def _roots(sheet: Sheet, existing: Existing, bureaus: Sequence[str]) -> Iterator[RowProblem]:
    for entry in sheet.entries:
        after = {**existing.get(entry.code, {}), **entry.values}
        if after.get("kind") == UnitKind.BUREAU and (after.get("parent") or len(bureaus) > 1):
            yield sheet.problem(
                entry,
                "kind",
                _("There is one bureau, and it stands below no unit."),
                _("one bureau"),
                _("Correct the kind."),
            )


def _cycle(sheet: Sheet, parents: dict[str, str]) -> Iterator[RowProblem]:
    try:
        list(generations(Branch(code, parent) for code, parent in parents.items()))
    except CycleFound as found:
        around = str(found.where).split(", ")
        for entry in sheet.entries:
            if entry.code in around:
                yield sheet.problem(entry, "parent", found.what, " → ".join([*around, around[0]]), found.mend)
