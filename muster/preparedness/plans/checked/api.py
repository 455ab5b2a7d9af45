"""The nightly checks and suppressions over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from muster.kernel import clock
from muster.kernel.access.actors import actor_behind
from muster.kernel.commands.http import receipt_response
from muster.preparedness.plans import services
from muster.preparedness.plans.checked.answering import content_of, place_of, told_there
from muster.preparedness.plans.facts import said_facts
from muster.preparedness.plans.models import Suppression
from muster.preparedness.plans.queries.nights import Night, last_nights, night, nights_of, said_at_night
from muster.preparedness.plans.queries.suppressed import all_suppressions, suppression
from muster.preparedness.plans.reading import version_or_404
from muster.preparedness.plans.shapes import DONE, SaidOut
from muster.preparedness.plans.suppression_errors import FindingUnknown

router = Router()


class NightOut(Schema):
    """What one night said of a version, as it was counted then; `new` and `gone` against the night before.

    Names of findings are rule:clause:subject.
    """

    plan: str
    version: str
    day: date
    at: datetime
    errors: int
    warnings: int
    notes: int
    suppressed: int
    new: list[str]
    gone: list[str]


class NightSaid(NightOut):
    """A night with its findings, and who answers for them today."""

    findings: list[SaidOut]


class SuppressionOut(Schema):
    """Somebody answers for leaving a finding silent; `speaks_again` once it has run out or was lifted."""

    id: int
    plan: str
    rule: str
    clause: str
    subject: str
    reason: str
    by: str
    since: date
    until: date
    lifted_at: datetime | None
    speaks_again: bool


class SuppressIn(Schema):
    """One finding as the checks say it now of the plan in force, or of `where`: "version:2.0" or "draft:3"."""

    plan: str
    rule: str
    clause: str = ""
    subject: str = ""
    where: str = ""
    reason: str
    until: date


@router.get("/checks", response=list[NightOut], url_name="plans_checks")
def get_nights(request: HttpRequest) -> list[dict[str, Any]]:
    """The last night of every plan in force."""
    return [_night_facts(one) for one in last_nights()]


@router.get("/checks/{code}", response=list[NightOut], url_name="plans_checks_of")
def get_nights_of(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """The last thirty nights of a released plan, the newest first."""
    version_or_404(code)
    return [_night_facts(one) for one in nights_of(code)]


@router.get("/checks/{code}/{day}", response=NightSaid, url_name="plans_night")
def get_night(request: HttpRequest, code: str, day: date) -> dict[str, Any]:
    """One night of a plan with all its findings."""
    found = night(code, day)
    if found is None:
        raise Http404
    return _night_facts(found) | {"findings": [said_facts(one) for one in said_at_night(found.row)]}


@router.get("/suppressions", response=list[SuppressionOut], url_name="plans_suppressions")
def get_suppressions(request: HttpRequest, plan: str = "") -> list[dict[str, Any]]:
    """The last 200 suppressions, of one plan or of all, the newest first; also those that are over."""
    return [_suppression_facts(one, clock.today()) for one in all_suppressions(plan)]


@router.post("/suppressions", response=DONE, url_name="plans_suppressions")
def post_suppression(request: HttpRequest, asked: SuppressIn) -> HttpResponse:
    """Leave a finding silent. Errors: FindingUnknown, SuppressionTooLong, WordMissing, DoneAlready, NobodyKnown."""
    place = place_of(asked.plan, asked.where)
    key = ":".join((asked.rule, asked.clause, asked.subject))
    found = told_there(place, key)
    if found is None:
        raise FindingUnknown(asked.plan, key)
    by, stated = actor_behind(request), content_of(place, found)
    made = services.finding_suppress.receive(by=by, code=asked.plan, reason=asked.reason, until=asked.until, **stated)
    return receipt_response(made)


@router.post("/suppressions/{pk}/lift", response=DONE, url_name="plans_lift_suppression")
def post_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finding speak again before its time. Errors: DoneAlready."""
    found = suppression(pk)
    if found is None:
        raise Http404
    return receipt_response(services.suppression_lift.receive(by=actor_behind(request), suppression=found))


def _night_facts(found: Night) -> dict[str, Any]:
    row = found.row
    counts = {name: getattr(row, name) for name in ("errors", "warnings", "notes", "suppressed", "new", "gone")}
    return {"plan": row.version.plan.code, "version": row.version.version, "day": row.day, "at": row.at, **counts}


def _suppression_facts(one: Suppression, today: date) -> dict[str, Any]:
    named = {name: getattr(one, name) for name in ("rule", "clause", "subject", "reason", "since", "until")}
    state = {"lifted_at": one.lifted_at, "speaks_again": one.speaks_again(today)}
    return {"id": one.pk, "plan": one.code, "by": one.who, **named, **state}
