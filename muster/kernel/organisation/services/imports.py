"""Imports: looked at first, then done as a whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.errors import ImportHasProblems, ImportKeyInvalid, ImportNotOpen, PreviewStale
from muster.kernel.organisation.imports import Plan, plan_import
from muster.kernel.organisation.models import ImportPreview
from muster.kernel.organisation.permits import keeps_the_organisation
from muster.kernel.organisation.seals import is_key, seal, unseal
from muster.kernel.organisation.services.changes import APPLY, moves_of
from muster.kernel.organisation.services.ending import posts_that_end
from muster.kernel.tables import RowProblem, read_table
from muster.kernel.tables.reading import shown_name

TERM: Final = timedelta(hours=1)
ROWS_KEPT: Final = 500  # of what a preview shows; counts are of all rows
LANGUAGES: Final = {"zh": "zh-hans", "en": "en"}


@command("organisation.import_prepare", policy=keeps_the_organisation)
def import_prepare(
    *, by: Actor, kind: str, content: bytes, file_name: str, key: str, datum: str = "wgs84", sheet: str = ""
) -> ImportPreview:
    """Look at a file and keep what importing it would do; of the organisation nothing is written.

    `kind` is units, people, areas or sites; `key` (from `seals.fresh_key`) locks the file until it is confirmed, for
    an hour at most. Raises TableRefused and ColumnsMissing when the file as a whole cannot be used, ImportKeyInvalid.
    """
    if not is_key(key):
        raise _key_invalid()
    if forgettable(by.now).exists():
        imports_forget(by=by)
    name = shown_name(file_name)
    plan = plan_import(read_table(content, file_name=name, sheet=sheet or None), kind, datum=datum, file_name=name)
    digest = hashlib.sha256(content).hexdigest()
    record(kind=kind, file_sha256=digest, **_counts(plan))
    return ImportPreview.objects.create(
        kind=kind,
        datum=datum,
        sheet=sheet,
        file_name=name,
        file_sha256=digest,
        principal=by.principal,
        starts_at=by.now,
        ends_at=by.now + TERM,
        outcome={**_outcome(plan), **_endings(plan, by.now)},
        sealed=None if plan.problems else seal(content, key, digest),
    )


@command("organisation.import_confirm", policy=keeps_the_organisation)
def import_confirm(*, by: Actor, preview: UUID, key: str) -> dict[str, int]:
    """Do what a preview showed, all of it or nothing, and erase the kept file; returns counts.

    Raises ImportNotOpen, ImportHasProblems, and PreviewStale when the organisation has changed since.
    """
    found = ImportPreview.objects.select_for_update().filter(pk=preview).first()
    if found is not None and found.outcome["problems"]:
        raise _has_problems(found)
    if found is None or not found.is_open(by.now):
        raise _not_open(found)
    plan = _plan_again(found, key)
    counts = APPLY[found.kind](by=by, changes=plan.changes)
    found.sealed, found.confirmed_at = None, by.now
    found.save(update_fields=["sealed", "confirmed_at"])
    record(kind=found.kind, file_sha256=found.file_sha256, **counts)
    return {**counts, "same": plan.same}


@command("organisation.imports_forget", policy=keeps_the_organisation)
def imports_forget(*, by: Actor) -> int:
    """Erase the kept files of previews whose time is over; returns how many."""
    return forgettable(by.now).update(sealed=None)


def forgettable(now: datetime) -> QuerySet[ImportPreview]:
    """Previews whose time is over and whose file is still kept."""
    return ImportPreview.objects.filter(ends_at__lte=now, sealed__isnull=False)


def _plan_again(preview: ImportPreview, key: str) -> Plan:
    """The plan from the kept file; it must do what the preview showed."""
    content = unseal(bytes(preview.sealed or b""), key, preview.file_sha256)
    if content is None:
        raise _not_open(preview)
    assert hashlib.sha256(content).hexdigest() == preview.file_sha256, "the seal vouches for the file"
    table = read_table(content, file_name=preview.file_name, sheet=preview.sheet or None)
    plan = plan_import(table, preview.kind, datum=preview.datum, file_name=preview.file_name)
    if plan.problems or plan.digest() != preview.outcome["digest"]:
        raise PreviewStale(
            what=_("The organisation has changed since this preview."),
            where=preview.file_name,
            expected=_("the state that the preview was made of"),
            mend=_("Upload the file again and look at the new preview."),
        )
    return plan


def _counts(plan: Plan) -> dict[str, int]:
    return {"added": plan.added, "changed": plan.changed, "same": plan.same, "problems": len(plan.problems)}


def _outcome(plan: Plan) -> dict[str, Any]:
    """What is kept of a plan: codes and names of columns, never a value."""
    return {
        **_counts(plan),
        "digest": plan.digest(),
        "ignored": list(plan.ignored),
        "rows": [
            {"row": one.row, "code": one.code, "is_new": one.is_new, "fields": sorted(one.values)}
            for one in plan.changes[:ROWS_KEPT]
        ],
        "problem_rows": _told(plan.problems[:ROWS_KEPT]),
    }


def _endings(plan: Plan, now: datetime) -> dict[str, int]:
    """How many roles and loans would end with the moves of people."""
    if plan.kind != "people" or plan.problems:
        return {}
    roles, loans = posts_that_end(moves_of(plan.changes), now)
    return {"roles_end": len(roles), "loans_end": len(loans)}


def _told(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    """Problems in every language, so that each reader gets his own."""
    told: list[dict[str, Any]] = [{"row": problem.row, "column": problem.column} for problem in problems]
    for short, language in LANGUAGES.items():
        with override(language):
            for facts, problem in zip(told, problems, strict=True):
                facts[short] = problem.facts()
    return told


def _key_invalid() -> ImportKeyInvalid:
    return ImportKeyInvalid(
        what=_("This key cannot lock a file."),
        where="key",
        expected=_("32 random bytes in URL-safe base 64"),
        mend=_("Open the import page again; a program makes a new key for each file."),
    )


def _has_problems(preview: ImportPreview) -> ImportHasProblems:
    return ImportHasProblems(
        what=_("This file has problems; nothing of it was done."),
        where=preview.file_name,
        expected=_("no problem in any row"),
        mend=_("Correct the rows that the preview names and upload the file again."),
    )


def _not_open(preview: ImportPreview | None) -> ImportNotOpen:
    return ImportNotOpen(
        what=_("This import cannot be confirmed any more."),
        where=preview.file_name if preview else "",
        expected=_("the preview of the last hour, confirmed once, on the page that showed it"),
        mend=_("Upload the file again."),
    )
