"""The second of two people: approve exactly what was shown, refuse, take a recommendation up, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.events import Event, PlaceOpened
from muster.engines.plan.types import Text
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.organisation.models import Site
from muster.preparedness.plans.queries import plan_of
from muster.preparedness.plans.services import review_call
from muster.response.operations import errors
from muster.response.operations.models import (
    Decision,
    LevelPeriod,
    LogEntry,
    Operation,
    PlaceOpening,
    Proposal,
)
from muster.response.operations.permits import decides_proposal
from muster.response.operations.queries.difference import difference_of, event_of, standing_places
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.services.authority import (
    require_a_person,
    require_another,
    require_authority,
    require_rank,
)
from muster.response.operations.services.follow import follow, hold
from muster.response.operations.services.proposing import (
    TOPIC,
    declared_level,
    level_propose,
    refuse_second_live,
    require_active,
    require_stated,
    stand_down_propose,
)
from muster.response.operations.services.recording import decision_of
from muster.response.operations.services.texts import Log, said, sound, what

DECIDED: Final = {
    Proposal.Kind.ACTIVATE: Decision.Kind.ACTIVATED,
    Proposal.Kind.CHANGE_LEVEL: Decision.Kind.LEVEL_CHANGED,
    Proposal.Kind.STAND_DOWN: Decision.Kind.STOOD_DOWN,
}


@command("operations.proposal_approve", policy=decides_proposal)
def proposal_approve(*, by: Actor, proposal: Proposal, reason: str | Text, seen: str) -> Proposal:
    """Confirm a person's proposal as another person; it takes force at once.

    `seen` is the mark of the difference that the approver was shown: if anything else would happen by now, nothing
    does. Raises RecordIncomplete, NotForTheSystem, PersonUnknown, SamePerson, LevelReserved, DecidedAlready,
    AuthorityMissing, DifferenceChanged, LiveOperationRuns.
    """
    require_stated({"reason": reason})
    proposal = _held(proposal)
    operation = proposal.operation
    hold(operation)
    if proposal.kind != Proposal.Kind.ACTIVATE:
        require_active(operation)
    require_a_person(by, operation, operation.mode)
    if proposal.source == Proposal.Source.SYSTEM:
        raise _only_advice(operation)
    require_another(by, proposal)
    plan = plan_of(operation.plan_version)
    require_rank(by, plan, proposal.level)
    if proposal.kind == Proposal.Kind.ACTIVATE:
        refuse_second_live(operation.plan, operation.area, operation.mode)
    known = known_at(operation=operation, at=by.now)
    government = declared_level(proposal.government_level, known)
    require_authority(plan, proposal.level, government, proposal.written_order, proposal.government_consent)
    now = difference_of(proposal=proposal, at=by.now)
    if now.mark != seen:
        raise errors.difference_changed()
    proposal.confirmed = now.as_json()
    proposal.government_level = government
    _close(proposal, by, Proposal.Outcome.APPROVED, reason)
    decision = _decide(by, proposal, DECIDED[Proposal.Kind(proposal.kind)], reason)
    _carry_out(by, proposal, decision)
    return proposal


@command("operations.proposal_refuse", policy=decides_proposal)
def proposal_refuse(*, by: Actor, proposal: Proposal, reason: str | Text) -> Proposal:
    """Refuse a proposal or a recommendation, with the reason. Raises RecordIncomplete, SamePerson, DecidedAlready."""
    require_stated({"reason": reason})
    proposal = _held(proposal)
    require_a_person(by, proposal.operation, proposal.operation.mode)
    require_another(by, proposal)
    _close(proposal, by, Proposal.Outcome.REFUSED, reason)
    _decide(by, proposal, Decision.Kind.REFUSED, reason)
    _end_if_never_begun(proposal)
    return proposal


@command("operations.proposal_withdraw", policy=decides_proposal)
def proposal_withdraw(*, by: Actor, proposal: Proposal) -> Proposal:
    """Take back what one has proposed oneself. Raises DecidedAlready, SamePerson when it is another's."""
    proposal = _held(proposal)
    if by.principal != proposal.proposed_by:
        raise errors.SamePerson(
            what=_("Only the person who proposed this can withdraw it."), mend=_("Refuse it, with the reason.")
        )
    proposal.outcome, proposal.decided_at = Proposal.Outcome.WITHDRAWN, by.now
    proposal.save(update_fields=["outcome", "decided_at"])
    log = Log(proposal.operation, by)
    log.add(LogEntry.Kind.PROPOSAL, _("The proposal was withdrawn."))
    log.store()
    _end_if_never_begun(proposal)
    announce(proposal.operation.topic, {"operation": proposal.operation.code})
    return proposal


@command("operations.recommendation_take_up", policy=decides_proposal)
def recommendation_take_up(
    *,
    by: Actor,
    proposal: Proposal,
    reason: str | Text,
    ground: str = "",
    government_level: int | None = None,
    written_order: str = "",
    government_consent: str = "",
) -> Proposal:
    """Make a recommendation of the system one's own proposal, which another person then decides.

    Raises as `level_propose`, and DecidedAlready.
    """
    require_stated({"reason": reason})
    advice = _held(proposal)
    require_a_person(by, advice.operation, advice.operation.mode)
    _close(advice, by, Proposal.Outcome.TAKEN_UP, reason)
    if advice.kind == Proposal.Kind.STAND_DOWN:
        own = stand_down_propose(
            by=by,
            operation=advice.operation,
            reason=reason,
            ground=ground,
            government_level=government_level,
            government_consent=government_consent,
        )
    else:
        own = level_propose(
            by=by,
            operation=advice.operation,
            level=advice.level,
            reason=reason,
            ground=ground,
            government_level=government_level,
            written_order=written_order,
            government_consent=government_consent,
        )
    own.recommended_by, own.rule = advice, advice.rule
    own.save(update_fields=["recommended_by", "rule"])
    _decide(by, advice, Decision.Kind.TAKEN_UP, reason)
    return own


def _held(proposal: Proposal) -> Proposal:
    """The row as it is now, held until the transaction ends: it is decided once. Raises DecidedAlready."""
    own = Proposal.objects.select_for_update(of=("self",)).select_related("operation__plan_version", "operation__area")
    found = own.get(pk=proposal.pk)
    if found.outcome != Proposal.Outcome.WAITING:
        raise errors.DecidedAlready(
            what=_("This proposal waits no longer."),
            where=f"{found.operation.code}: {found.get_outcome_display()}",
            mend=_("Look at the operation as it is now."),
        )
    return found


def _only_advice(operation: Operation) -> errors.NotForTheSystem:
    return errors.NotForTheSystem(
        what=_("This is a recommendation of the system, not a person's proposal."),
        where=operation.code,
        mend=_("Take it up as your own proposal; another person then approves it."),
    )


def _close(proposal: Proposal, by: Actor, outcome: str, reason: str | Text) -> None:
    proposal.outcome, proposal.decided_at, proposal.decided_by = outcome, by.now, by.principal
    why = said(reason)
    proposal.decided_person_id, proposal.because_zh, proposal.because_en = by.person_id, why.zh, why.en
    sound(proposal).save()


def _decide(by: Actor, proposal: Proposal, kind: str, reason: str | Text) -> Decision:
    """The decision with what was known, and its line in the log."""
    decision = decision_of(by, proposal.operation, kind, reason)
    decision.proposal, decision.level, decision.ground = proposal, proposal.level, proposal.ground
    sound(decision).save()
    log = Log(proposal.operation, by)
    ended = kind == Decision.Kind.STOOD_DOWN
    line = _("%(decided)s. %(reason)s") if ended else _("%(decided)s: %(what)s. %(reason)s")
    asked = what(proposal.kind, proposal.level)
    log.add(LogEntry.Kind.DECISION, line, decided=Decision.Kind(kind).label, what=asked, reason=said(reason))
    log.store()
    record(operation=proposal.operation.code, decision=kind, level=proposal.level)
    announce(TOPIC, {"operation": proposal.operation.code})
    return decision


def _carry_out(by: Actor, proposal: Proposal, decision: Decision) -> None:
    """The operation takes the level, and the engine says what follows."""
    operation = proposal.operation
    _set_level(operation, proposal, decision)
    events: list[Event] = []
    if proposal.kind == Proposal.Kind.ACTIVATE:
        events += _open_standing(by, operation)
    events.append(event_of(proposal.kind, proposal.level, by.now))
    follow(operation, events, by)
    if proposal.kind == Proposal.Kind.STAND_DOWN and operation.is_live:
        review_call(by=by, plan=operation.plan, reason="operation", source=operation.code)


def _set_level(operation: Operation, proposal: Proposal, decision: Decision) -> None:
    at = decision.at
    LevelPeriod.objects.filter(operation=operation, to_at__isnull=True).update(to_at=at)
    operation.level, operation.level_since = proposal.level, at
    operation.government_level = proposal.government_level
    if proposal.kind == Proposal.Kind.STAND_DOWN:
        operation.state, operation.closed_at = Operation.State.STOOD_DOWN, at
    else:
        operation.state, operation.opened_at = Operation.State.ACTIVE, operation.opened_at or at
        LevelPeriod.objects.create(operation=operation, level=proposal.level, from_at=at, decision=decision)
    operation.save()
    advice = Proposal.objects.filter(operation=operation, source="system", outcome="waiting")
    advice.update(outcome=Proposal.Outcome.OVERTAKEN, decided_at=at)


def _open_standing(by: Actor, operation: Operation) -> Sequence[PlaceOpened]:
    """The places that are open at all times belong to the operation from its beginning."""
    events = standing_places(operation, by.now)
    keys = dict(Site.objects.filter(code__in=[event.place for event in events]).values_list("code", "pk"))
    PlaceOpening.objects.bulk_create(
        PlaceOpening(operation=operation, site_id=keys[event.place], opened_at=by.now, opened_by=by.principal)
        for event in events
    )
    return events


def _end_if_never_begun(proposal: Proposal) -> None:
    if proposal.kind == Proposal.Kind.ACTIVATE:
        proposal.operation.state = Operation.State.REFUSED
        proposal.operation.save(update_fields=["state"])
