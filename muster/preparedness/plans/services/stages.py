"""What the steps of a draft have in common: hold it, ask whether it may go on, move it, tell."""

from __future__ import annotations

from typing import Any, Final

from muster.engines.plan import Plan
from muster.kernel.commands import Actor, announce, record
from muster.kernel.errors import Text
from muster.kernel.texts import stated
from muster.preparedness.plans.choices import DraftState
from muster.preparedness.plans.errors import DraftAtAnotherStage, PlanTextInvalid
from muster.preparedness.plans.models import Draft, DraftRevision
from muster.preparedness.plans.queries.drafts import draft_plan
from muster.preparedness.plans.refusals import NobodyKnown, OwnDraft, PlanCodeDiffers, TextMoved, WordMissing

DRAFTS: Final = "plan-drafts"
CONSULTATIONS: Final = "plan-consultations"
REASON: Final = 1000  # characters
OPINION: Final = 20_000


def locked(draft: Draft, *states: DraftState) -> Draft:
    """The draft as it is now, held until the command is done. Raises DraftAtAnotherStage unless in one of `states`."""
    now = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if now.state not in states:
        raise DraftAtAnotherStage(now.code, DraftState(now.state))
    return now


def move(by: Actor, draft: Draft, state: DraftState, **changed: Any) -> None:
    """Bring a locked draft to another stage, with other fields that change, and tell its followers."""
    record(draft=draft.pk, plan=draft.code, revision=draft.revision, was=draft.state, state=state)
    for name, value in {"state": state, "changed_at": by.now, **changed}.items():
        setattr(draft, name, value)
    draft.save(update_fields=["state", "changed_at", *changed])
    told(draft)


def told(draft: Draft) -> None:
    """Tell whoever follows drafts that this one changed."""
    announce(DRAFTS, {"draft": draft.pk, "plan": draft.code, "state": draft.state, "revision": draft.revision})


def readable(draft: Draft) -> Plan:
    """The plan that the draft says. Raises PlanTextInvalid, and PlanCodeDiffers where it is another plan."""
    plan = draft_plan(draft)
    if not isinstance(plan, Plan):
        raise PlanTextInvalid(plan)
    if plan.id != draft.code:
        raise PlanCodeDiffers(draft.code, plan.id)
    return plan


def refuse_other_text(draft: Draft, plan: Plan, seen: str) -> None:
    """Raises TextMoved unless `seen`, the hash of the plan that was read, is that of the draft's text now."""
    if plan.hash != seen:
        raise TextMoved(draft.code)


def refuse_nobody(by: Actor) -> None:
    """Raises NobodyKnown for an account that is bound to no person."""
    if by.person_id is None:
        raise NobodyKnown(by.principal)


def refuse_author(by: Actor, draft: Draft) -> None:
    """Raises OwnDraft for whoever wrote any text of the draft, by person and by account."""
    mine = DraftRevision.objects.filter(draft=draft)
    if mine.filter(person=by.person_id).exists() or mine.filter(by=by.principal).exists():
        raise OwnDraft(draft.code)


def said(text: str, where: Text, longest: int = REASON) -> str:
    """What somebody wrote, fit to be kept. Raises WordMissing for nothing, TextUnreadable."""
    found = stated(text, where=where, longest=longest)
    if not found:
        raise WordMissing(where)
    return found


def signed(by: Actor) -> dict[str, Any]:
    """Who writes a row, and when."""
    return {"by": by.principal, "person_id": by.person_id, "at": by.now}
