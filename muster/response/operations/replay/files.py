"""What a replay reads: a plan, daily counts, inputs from outside. Nothing is kept of a file that has a mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from muster.engines.plan import Plan, PlanInvalid, load_plan
from muster.engines.plan.words import INDICATORS
from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.errors import DomainError
from muster.kernel.tables import TableRefused
from muster.preparedness.plans.queries import PlanVersion, released_plan
from muster.preparedness.plans.services import version_release
from muster.prevention.situation.rows import InputRow
from muster.prevention.situation.series import RowWrong, Series, SeriesInvalid, read_file, read_series
from muster.prevention.situation.services.inputs import RECORDED

KINDS: Final = {bool: "flag", int: "count", float: "number"}
YES: Final = frozenset({"yes", "true", "1", "是"})
VERSION: Final = re.compile(r"^(version:\s*)(.*?)(\s*(?:#.*)?)$", re.MULTILINE)
HASH_SHOWN: Final = 8


class FileUnreadable(DomainError):
    """A file cannot be read."""


def read_plan(path: Path) -> tuple[Plan, str]:
    """A plan and its text. Raises DomainError with file, line, clause and what was expected."""
    text = _text(path)
    try:
        return load_plan(text, name=f"{path}", higher=released_plan), text
    except PlanInvalid as invalid:
        raise DomainError(what=f"{invalid}") from invalid


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "not UTF-8"
        raise FileUnreadable(what=f"{reason}", where=f"{path}") from problem


def released(plan: Plan, text: str, by: Actor) -> PlanVersion:
    """The version with this content; it is released if it is new.

    A text whose version number another content has already is released as a variant of it, since it is only replayed.
    """
    known = PlanVersion.objects.select_related("plan").filter(hash=plan.hash).first()
    if known is not None:
        return known
    if PlanVersion.objects.filter(plan__code=plan.id, version=plan.version).exists():
        variant = f"{plan.version}+{plan.hash[:HASH_SHOWN]}"
        found = PlanVersion.objects.select_related("plan").filter(plan__code=plan.id, version=variant).first()
        renamed = VERSION.sub(rf'\g<1>"{variant}"\g<3>', text, count=1)
        return found or version_release(by=by, text=renamed, name=plan.file)
    return version_release(by=by, text=text, name=plan.file)


def read_counts(path: Path) -> Series:
    """Daily counts with dates. Raises SeriesInvalid (file, line), DomainError."""
    try:
        series = read_series(path, clock.now().astimezone(settings.BUREAU_ZONE).date())
    except TableRefused as problem:
        raise FileUnreadable(what=f"{problem}", where=f"{path}") from problem
    if series.first is None:
        raise SeriesInvalid(path, [RowWrong(1, "no column date; a replay needs the day of each count")])
    return series


def read_inputs(path: Path) -> list[InputRow]:
    """Inputs from outside: columns name, value, valid_from, and if need be lasting, area, source.

    Raises SeriesInvalid with every line that is wrong.
    """
    try:
        rows = read_file(path).rows
    except TableRefused as problem:
        raise FileUnreadable(what=f"{problem}", where=f"{path}") from problem
    found: list[InputRow] = []
    problems: list[RowWrong] = []
    for row in rows:
        read = _input({name.strip().lower(): text.strip() for name, text in row.cells.items()})
        if isinstance(read, str):
            problems.append(RowWrong(row.number, read))
        else:
            found.append(read)
    if problems:
        raise SeriesInvalid(path, problems)
    return sorted(found, key=lambda each: each.valid_from)


def _input(cells: Mapping[str, str]) -> InputRow | str:
    """The row, or what is wrong with it."""
    name, value, since = cells.get("name", ""), cells.get("value", ""), cells.get("valid_from", "")
    if name not in RECORDED:
        return f"{name[:40]!r} is no input; expected one such as province_level, external_alert, officer_absence_pct"
    try:
        number = float(value)
    except ValueError:
        return f"{value[:40]!r} is no number; expected the value of {name}"
    moment = _moment(since)
    if moment is None:
        return f"{since[:40]!r} is no moment; expected one such as 2020-01-23T10:00:00+08:00"
    lasting = cells.get("lasting", "").lower() in YES
    kind = KINDS[INDICATORS[name]]
    return InputRow(name, number, moment, kind, cells.get("area", ""), lasting, source=cells.get("source", "file"))


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.BUREAU_ZONE)
