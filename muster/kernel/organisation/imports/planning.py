"""What an import would do: every row is new, changed or the same, or has a problem with its place and mend."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from muster.kernel.organisation.imports.kinds import KINDS, columns_of
from muster.kernel.organisation.imports.rows import Change, Entry, Existing, Kind, Sheet, Unreadable, Values
from muster.kernel.tables import Matched, RowProblem, Table, match_columns


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rows of a file do; with a problem in any of them nothing may be done."""

    kind: str
    changes: tuple[Change, ...]
    same: int
    problems: tuple[RowProblem, ...]
    ignored: tuple[str, ...]

    @property
    def added(self) -> int:
        """How many rows are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many rows change something that exists."""
        return len(self.changes) - self.added

    def digest(self) -> str:
        """SHA-256 over what each row does, without any value: two equal ones do the same."""
        told = [(change.row, change.code, change.is_new, sorted(change.values)) for change in self.changes]
        return hashlib.sha256(json.dumps([self.kind, told, self.same]).encode()).hexdigest()


def plan_import(table: Table, kind: str, *, datum: str = "wgs84", file_name: str = "") -> Plan:
    """What importing `table` as `kind` would do; reads the database and writes nothing. Raises ColumnsMissing."""
    return plan_by(KINDS[kind], table, datum=datum, file_name=file_name)


def plan_by(rules: Kind, table: Table, *, datum: str = "wgs84", file_name: str = "") -> Plan:
    """As `plan_import`, for a kind of table of any area."""
    matched = match_columns(table, columns_of(rules), file_name=file_name)
    problems = list(matched.problems)
    entries, unreadable = _entries(matched, rules)
    problems += unreadable
    sheet = Sheet(entries, matched.headers, datum)
    existing = rules.existing([entry.code for entry in entries])
    problems += _twice(sheet)
    problems += rules.resolve(sheet)
    problems += _incomplete(sheet, rules, existing)
    problems += rules.check(sheet, existing)
    changes = [change for entry in entries if (change := _change(entry, rules, existing))]
    return Plan(
        rules.name, tuple(changes), len(entries) - len(changes), _first_of_each_cell(problems), tuple(matched.ignored)
    )


def _first_of_each_cell(problems: list[RowProblem]) -> tuple[RowProblem, ...]:
    """One problem for a cell, the most basic; the others often follow from it."""
    found: dict[tuple[int, str], RowProblem] = {}
    for problem in problems:
        found.setdefault((problem.row, problem.column), problem)
    return tuple(found[place] for place in sorted(found))


def _entries(matched: Matched, rules: Kind) -> tuple[list[Entry], list[RowProblem]]:
    """Rows with their values; a row without a readable code is left out, and is a problem."""
    entries, problems = [], []
    for row in matched.rows:
        values: Values = {}
        for field in rules.fields:
            text = row.cells.get(field.name, "")
            if not text or field.name in row.damaged:
                continue
            try:
                values[field.name] = field.parse(text)
            except Unreadable as wrong:
                problems.append(RowProblem(row.number, matched.headers[field.name], *wrong.facts))
        if "code" in values:
            entries.append(Entry(row.number, values.pop("code"), values))
    return entries, problems


def _twice(sheet: Sheet) -> Iterator[RowProblem]:
    counts = Counter(entry.code for entry in sheet.entries)
    for entry in sheet.entries:
        if counts[entry.code] > 1:
            yield sheet.problem(
                entry,
                "code",
                _("This code is in the file more than once."),
                _("each code once"),
                _("Keep one of the rows."),
            )


def _incomplete(sheet: Sheet, rules: Kind, existing: Existing) -> Iterator[RowProblem]:
    """What new rows lack."""
    for entry in sheet.entries:
        if entry.code in existing:
            continue
        for name in rules.needed(entry.values):
            if name not in entry.values:
                yield sheet.problem(
                    entry,
                    name,
                    _("A new row needs this value."),
                    _("a value, because the code is not known yet"),
                    _("Fill in the cell, or correct the code."),
                )


def _change(entry: Entry, rules: Kind, existing: Existing) -> Change | None:
    before = existing.get(entry.code)
    if before is None:
        return Change(entry.row, entry.code, True, entry.values)
    differing = rules.differs(entry, before)
    return Change(entry.row, entry.code, False, {name: entry.values[name] for name in differing}) if differing else None
