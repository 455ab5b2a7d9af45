"""Places open and close, and things arise in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.events import Arose, PlaceClosed, PlaceOpened
from muster.engines.plan.words import ARISING
from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.models import Site
from muster.preparedness.plans.queries import plan_of
from muster.response.operations import errors
from muster.response.operations.models import Arising, EngineState, LogEntry, Operation, PlaceOpening
from muster.response.operations.permits import commands_operation, works_in
from muster.response.operations.services.follow import follow
from muster.response.operations.services.proposing import require_active, require_stated
from muster.response.operations.services.texts import Log


@command("operations.place_open", policy=commands_operation)
def place_open(*, by: Actor, operation: Operation, site: Site) -> PlaceOpening:
    """Open a site for an active operation: the clauses of its kind begin there. Raises WrongState, PlaceAlreadyOpen."""
    require_active(operation)
    _hold(operation)
    if PlaceOpening.objects.filter(operation=operation, site=site, closed_at__isnull=True).exists():
        raise errors.PlaceAlreadyOpen(what=_("This place is open already."), where=f"{operation.code}: {site.code}")
    opening = PlaceOpening.objects.create(operation=operation, site=site, opened_at=by.now, opened_by=by.principal)
    record(operation=operation.code, site=site.code)
    follow(operation, [PlaceOpened(by.now, site.kind, site.code)], by)
    return opening


@command("operations.place_close", policy=commands_operation)
def place_close(*, by: Actor, operation: Operation, site: Site) -> PlaceOpening:
    """Close a site: what was to be done there is withdrawn. Raises PlaceNotOpen."""
    _hold(operation)
    opening = PlaceOpening.objects.filter(operation=operation, site=site, closed_at__isnull=True).first()
    if opening is None:
        raise errors.PlaceNotOpen(what=_("This place is not open."), where=f"{operation.code}: {site.code}")
    opening.closed_at, opening.closed_by = by.now, by.principal
    opening.save(update_fields=["closed_at", "closed_by"])
    record(operation=operation.code, site=site.code)
    follow(operation, [PlaceClosed(by.now, site.kind, site.code)], by)
    return opening


@command("operations.arising_enter", policy=works_in)
def arising_enter(*, by: Actor, operation: Operation, kind: str, ref: str, place_code: str = "") -> Arising:
    """Enter a request, a case or a batch; the clauses that deal with its kind begin.

    `place_code` is a site, an area or a unit, or empty. Raises WrongState, KindUnknown, RecordIncomplete,
    ArisenAlready.
    """
    require_active(operation)
    require_stated({"ref": ref})
    if kind not in ARISING or not any(clause.per == kind for clause in plan_of(operation.plan_version).clauses):
        raise errors.KindUnknown(
            what=_("No clause of the plan deals with this kind."), where=kind, expected=", ".join(sorted(ARISING))
        )
    _hold(operation)
    if Arising.objects.filter(operation=operation, kind=kind, ref=ref).exists():
        raise errors.ArisenAlready(
            what=_("This was entered before."), where=f"{kind} {ref}", mend=_("Give another one a number of its own.")
        )
    arising = Arising.objects.create(
        operation=operation, kind=kind, ref=ref, place_code=place_code, at=by.now, by=by.principal
    )
    record(operation=operation.code, kind=kind)
    follow(operation, [Arose(by.now, kind, ref, place_code)], by)
    return arising


@command("operations.note_write", policy=works_in)
def note_write(*, by: Actor, operation: Operation, text_zh: str, text_en: str = "") -> LogEntry:
    """Write a line of one's own in the log. Raises RecordIncomplete."""
    require_stated({"text": text_zh or text_en})
    zh, en = text_zh.strip() or text_en.strip(), text_en.strip() or text_zh.strip()
    log = Log(operation, by)
    return LogEntry.objects.create(
        operation=operation,
        kind=LogEntry.Kind.NOTE,
        at=by.now,
        by=by.principal,
        person_id=by.person_id,
        author=log.author,
        text_zh=zh[:1000],
        text_en=en[:1000],
    )


def _hold(operation: Operation) -> None:
    """Hold the operation's state until the transaction ends: what is looked at now is still so when it is changed."""
    EngineState.objects.select_for_update().get(operation=operation)
