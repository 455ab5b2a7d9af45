"""The first of two people: to activate, to change the level, to stand down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.types import Text
from muster.engines.plan.words import NO_LEVEL
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.organisation.models import Area
from muster.kernel.ui.wording import level_title
from muster.preparedness.plans.queries import ContingencyPlan, PlanVersion, plan_of
from muster.response.operations import errors
from muster.response.operations.models import EngineState, LogEntry, Mode, Operation, Proposal
from muster.response.operations.permits import commands_operation, opens_operations
from muster.response.operations.queries.difference import difference
from muster.response.operations.queries.knowledge import Known, known_at, province_level
from muster.response.operations.services.authority import (
    require_a_person,
    require_authority,
    require_level,
    steps_above,
)
from muster.response.operations.services.texts import Log, said, sound, what

TOPIC = "operations"
LETTERS = {Mode.LIVE: "L", Mode.EXERCISE: "E", Mode.REPLAY: "R"}


@command("operations.activation_propose", policy=opens_operations)
def activation_propose(
    *,
    by: Actor,
    plan_version: PlanVersion,
    mode: str,
    area: Area,
    level: int,
    matter_zh: str,
    matter_en: str = "",
    expected_until: date | None,
    measures: str,
    legal_basis: str,
    reason: str | Text,
    government_level: int = NO_LEVEL,
    written_order: str = "",
    government_consent: str = "",
    feed: str = "",
) -> Proposal:
    """Propose to activate a plan version; nothing begins before another person approves it.

    Every statement that the law wants is required (Emergency Response Law, article 72). `government_level` is the level
    that the government declared, 0 for none; the province's is known from the situation and counts where it is higher.
    `feed` names the counts of an exercise or a replay; one of its own if empty; a live operation has the live ones.
    Raises RecordIncomplete, LevelNotInPlan, AuthorityMissing, PersonUnknown, LiveOperationRuns.
    """
    stated = {
        "matter": matter_zh,
        "duration": expected_until,
        "measures": measures,
        "legal_basis": legal_basis,
        "reason": reason,
    }
    require_stated(stated)
    assert expected_until is not None, "it is stated"
    require_a_person(by, None, mode)
    plan = plan_of(plan_version)
    require_level(plan, level)
    refuse_second_live(plan_version.plan, area, mode)
    operation = Operation(
        code=_next_code(Mode(mode)),
        mode=mode,
        plan=plan_version.plan,
        plan_version=plan_version,
        area=area,
        matter_zh=matter_zh.strip(),
        matter_en=matter_en.strip() or matter_zh.strip(),
        measures=measures.strip(),
        legal_basis=legal_basis.strip(),
        expected_until=expected_until,
        created_at=by.now,
    )
    operation.feed = "live" if mode == Mode.LIVE else feed or f"{mode}:{operation.code}"
    operation.clock_at = by.now if mode == Mode.REPLAY else None
    sound(operation).save()
    EngineState.objects.create(operation=operation)
    papers = {"written_order": written_order, "government_consent": government_consent, "ground": legal_basis}
    return _propose(by, operation, Proposal.Kind.ACTIVATE, level, reason, government_level, papers)


@command("operations.level_propose", policy=commands_operation)
def level_propose(
    *,
    by: Actor,
    operation: Operation,
    level: int,
    reason: str | Text,
    ground: str = "",
    government_level: int | None = None,
    written_order: str = "",
    government_consent: str = "",
) -> Proposal:
    """Propose another level for an active operation; what it would change is kept with the proposal.

    `government_level` None: as it was when the present level was set. Raises RecordIncomplete, WrongState,
    LevelUnchanged, LevelNotInPlan, AuthorityMissing, ProposalWaits, PersonUnknown.
    """
    require_stated({"reason": reason})
    require_a_person(by, operation, operation.mode)
    require_active(operation)
    require_level(plan_of(operation.plan_version), level)
    if level == operation.level:
        raise errors.LevelUnchanged(
            what=_("The operation is at this level already."),
            where=f"{operation.code}: {level_title(level)}",
            mend=_("Choose another level."),
        )
    papers = {"written_order": written_order, "government_consent": government_consent, "ground": ground}
    return _propose(by, operation, Proposal.Kind.CHANGE_LEVEL, level, reason, government_level, papers)


@command("operations.stand_down_propose", policy=commands_operation)
def stand_down_propose(
    *,
    by: Actor,
    operation: Operation,
    reason: str | Text,
    ground: str = "",
    government_level: int | None = None,
    government_consent: str = "",
) -> Proposal:
    """Propose to end an active operation. Raises RecordIncomplete, WrongState, AuthorityMissing, ProposalWaits."""
    require_stated({"reason": reason})
    require_a_person(by, operation, operation.mode)
    require_active(operation)
    papers = {"written_order": "", "government_consent": government_consent, "ground": ground}
    return _propose(by, operation, Proposal.Kind.STAND_DOWN, NO_LEVEL, reason, government_level, papers)


def require_stated(stated: dict[str, Any]) -> None:
    """Raises RecordIncomplete, naming everything that is empty."""
    empty = [name for name, value in stated.items() if not (value.strip() if isinstance(value, str) else value)]
    if empty:
        raise errors.record_incomplete(empty)


def require_active(operation: Operation) -> None:
    """Raises WrongState."""
    if operation.state != Operation.State.ACTIVE:
        raise errors.WrongState(
            what=_("The operation is not active."),
            where=f"{operation.code}: {operation.get_state_display()}",
            expected=str(Operation.State.ACTIVE.label),
        )


def declared_level(stated: int, known: Known) -> int:
    """The government's level: what was stated, or the province's where that is higher."""
    province = province_level(known)
    return province if steps_above(province, stated) > 0 else stated


def _propose(
    by: Actor,
    operation: Operation,
    kind: str,
    level: int,
    reason: str | Text,
    government_level: int | None,
    papers: dict[str, str],
) -> Proposal:
    _refuse_second_proposal(operation)
    why = said(reason)
    known = known_at(operation=operation, at=by.now)
    government = declared_level(operation.government_level if government_level is None else government_level, known)
    require_authority(
        plan_of(operation.plan_version), level, government, papers["written_order"], papers["government_consent"]
    )
    proposal = Proposal(
        operation=operation,
        kind=kind,
        level=level,
        from_level=operation.level,
        government_level=government,
        reason_zh=why.zh,
        reason_en=why.en,
        **papers,
        seen=known,
        difference=difference(operation=operation, kind=kind, level=level, at=by.now).as_json(),
        proposed_at=by.now,
        proposed_by=by.principal,
        proposed_person_id=by.person_id,
    )
    sound(proposal).save()
    log = Log(operation, by)
    log.add(LogEntry.Kind.PROPOSAL, _("Proposed: %(what)s. %(reason)s"), what=what(kind, level), reason=why)
    log.store()
    record(operation=operation.code, kind=kind, level=level, government_level=government)
    announce(TOPIC, {"operation": operation.code})
    announce(operation.topic, {"operation": operation.code, "proposal": proposal.pk})
    return proposal


def _refuse_second_proposal(operation: Operation) -> None:
    if Proposal.objects.filter(operation=operation, source="person", outcome="waiting").exists():
        raise errors.ProposalWaits(
            what=_("Another proposal of this operation waits for its decision."),
            where=operation.code,
            mend=_("Decide or withdraw it first."),
        )


def refuse_second_live(plan: ContingencyPlan, area: Area, mode: str) -> None:
    """Raises LiveOperationRuns; the database holds the same."""
    running = Operation.objects.filter(plan=plan, area=area, mode=Mode.LIVE, state=Operation.State.ACTIVE).first()
    if mode == Mode.LIVE and running is not None:
        raise errors.LiveOperationRuns(
            what=_("This plan is active in this area already."),
            where=running.code,
            mend=_("Change the level of that operation."),
        )


def _next_code(mode: Mode) -> str:
    """The next free code of a mode; the plans are held so that two proposals at once get two codes."""
    list(ContingencyPlan.objects.select_for_update().order_by("pk").values_list("pk", flat=True)[:1])
    letter = LETTERS[mode]
    numbers = (int(code.rpartition("-")[2]) for code in _codes(letter))
    return f"{letter}-{max(numbers, default=0) + 1:03d}"


def _codes(letter: str) -> list[str]:
    return list(Operation.objects.filter(code__regex=rf"^{letter}-[0-9]+$").values_list("code", flat=True))
