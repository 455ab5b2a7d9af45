"""Places open and close, and things arise in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.events import Arose, PlaceClosed, PlaceOpened
from muster.engines.plan.types import Text
from muster.kernel.commands import Actor, command, record
from muster.kernel.organisation.models import Area, Site, Unit
from muster.preparedness.plans.queries import plan_of
from muster.response.operations import errors
from muster.response.operations.models import Arising, LogEntry, Operation, PlaceOpening
from muster.response.operations.permits import commands_operation, works_in
from muster.response.operations.services.follow import follow, hold
from muster.response.operations.services.proposing import require_active, require_stated
from muster.response.operations.services.texts import Log, sound
from muster.response.operations.words import ARISING


@command("operations.place_open", policy=commands_operation)
def place_open(*, by: Actor, operation: Operation, site: Site) -> PlaceOpening:
    """Open a site for an active operation: the clauses of its kind begin there. Raises WrongState, PlaceAlreadyOpen."""
    hold(operation)
    require_active(operation)
    if PlaceOpening.objects.filter(operation=operation, site=site, closed_at__isnull=True).exists():
        raise errors.PlaceAlreadyOpen(what=_("This place is open already."), where=f"{operation.code}: {site.code}")
    opening = PlaceOpening.objects.create(operation=operation, site=site, opened_at=by.now, opened_by=by.principal)
    record(operation=operation.code, site=site.code)
    follow(operation, [PlaceOpened(by.now, site.kind, site.code)], by)
    return opening


@command("operations.place_close", policy=commands_operation)
def place_close(*, by: Actor, operation: Operation, site: Site) -> PlaceOpening:
    """Close a site: what was to be done there is withdrawn. Raises PlaceNotOpen."""
    hold(operation)
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
    TextUnreadable, PlaceUnknown, ArisenAlready.
    """
    hold(operation)
    require_active(operation)
    require_stated({"ref": ref})
    if kind not in ARISING or not any(clause.per == kind for clause in plan_of(operation.plan_version).clauses):
        raise errors.KindUnknown(
            what=_("No clause of the plan deals with this kind."),
            where=kind,
            expected=", ".join(str(title) for title in ARISING.values()),
        )
    arising = sound(Arising(operation=operation, kind=kind, ref=ref, place_code=place_code, at=by.now, by=by.principal))
    _require_place(arising.place_code)
    if Arising.objects.filter(operation=operation, kind=kind, ref=arising.ref).exists():
        raise errors.ArisenAlready(
            what=_("This was entered before."),
            where=f"{ARISING[kind]} {arising.ref}",
            mend=_("Give another one a number of its own."),
        )
    arising.save()
    record(operation=operation.code, kind=kind)
    follow(operation, [Arose(by.now, kind, arising.ref, arising.place_code)], by)
    return arising


def _require_place(code: str) -> None:
    if code and not any(model._default_manager.filter(code=code).exists() for model in (Site, Area, Unit)):
        raise errors.PlaceUnknown(
            what=_("This place is not known."), where=code, expected=_("the code of a site, an area or a unit")
        )


@command("operations.note_write", policy=works_in)
def note_write(*, by: Actor, operation: Operation, text_zh: str, text_en: str = "") -> LogEntry:
    """Write a line of one's own in the log. Raises RecordIncomplete."""
    require_stated({"text": text_zh or text_en})
    log = Log(operation, by)
    entry = sound(log.write(LogEntry.Kind.NOTE, Text(text_zh, text_en)))
    log.store()
    return entry
