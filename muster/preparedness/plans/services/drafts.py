"""A plan is written: a draft is opened, saved over and over, and perhaps withdrawn."""

from __future__ import annotations

import re
from typing import Final

from django.db import IntegrityError, transaction

from muster.engines.plan import Plan
from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.content import content_hash
from muster.kernel.organisation.models import Unit
from muster.preparedness.plans.choices import OVER, WRITABLE, DraftState
from muster.preparedness.plans.errors import (
    DraftCodeWrong,
    DraftExists,
    DraftMoved,
    DraftTooLarge,
    DraftUnreadable,
)
from muster.preparedness.plans.models import Draft, DraftRevision, PlanVersion
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.queries.drafts import draft_plan
from muster.preparedness.plans.services.consulting import consult_again
from muster.preparedness.plans.services.stages import locked, move, signed, told

LARGEST: Final = 1_000_000  # bytes in UTF-8; a plan of 80 clauses has 60,000
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,63}")


@command("plans.open_draft", policy=writes_plans)
def draft_open(
    *, by: Actor, code: str, unit: Unit | None = None, based_on: PlanVersion | None = None, text: str = ""
) -> Draft:
    """Open a draft of the plan with this code; without a text it begins with the one of `based_on`.

    Raises DraftCodeWrong, DraftTooLarge, DraftUnreadable, and DraftExists while another draft of the plan is open.
    """
    if not _CODE.fullmatch(code):
        raise DraftCodeWrong(code)
    text = text or (based_on.text if based_on else "")
    refuse_what_cannot_be_kept(code, text)
    stated = {"opened_by": by.principal, "opened_at": by.now, "changed_at": by.now}
    try:
        with transaction.atomic():
            draft = Draft.objects.create(code=code, unit=unit, based_on=based_on, text=text, **stated)
    except IntegrityError as taken:
        raise DraftExists(code) from taken
    _keep(by, draft)
    return draft


@command("plans.save_draft", policy=writes_plans)
def draft_save(*, by: Actor, draft: Draft, base_revision: int, text: str) -> Draft:
    """Save a text that was made from revision `base_revision`; the same text again makes no new revision.

    Raises DraftMoved where somebody saved in between (nothing is overwritten: the error has his text and revision, the
    caller has his own), DraftAtAnotherStage once the text lies with the lawyers or later, what opening raises, and
    while partners are asked PlanTextInvalid, PlanCodeDiffers, PartnerNotRegistered: they must always see a plan.
    """
    refuse_what_cannot_be_kept(draft.code, text)
    draft = locked(draft, *WRITABLE)
    if base_revision != draft.revision:
        raise DraftMoved(draft.code, draft.revision, draft.text)
    if text != draft.text:
        draft.text, draft.revision, draft.changed_at = text, draft.revision + 1, by.now
        draft.unit = _whose(draft)
        draft.save(update_fields=["text", "revision", "changed_at", "unit"])
        _keep(by, draft)
        if draft.state == DraftState.CONSULTATION:
            consult_again(by, draft)
    return draft


@command("plans.withdraw_draft", policy=writes_plans)
def draft_withdraw(*, by: Actor, draft: Draft, reason: str = "") -> Draft:
    """Give a draft up; its texts stay readable. Raises DraftAtAnotherStage for one that is over already."""
    draft = locked(draft, *(state for state in DraftState if state not in OVER))
    move(by, draft, DraftState.WITHDRAWN)
    record(reason=content_hash(reason))
    return draft


def _whose(draft: Draft) -> Unit | None:
    """The unit whose plan the text says that it is; while the text is no plan it stays whose it was."""
    plan = draft_plan(draft)
    return Unit.objects.filter(code=plan.unit).first() if isinstance(plan, Plan) else draft.unit


def refuse_what_cannot_be_kept(code: str, text: str) -> None:
    """Raises DraftTooLarge, and DraftUnreadable for the zero byte, which no database holds in a text."""
    if (found := text.find("\x00")) >= 0:
        raise DraftUnreadable(code, text.count("\n", 0, found) + 1)
    size = len(text.encode())
    if size > LARGEST:
        raise DraftTooLarge(code, size, LARGEST)


def _keep(by: Actor, draft: Draft) -> None:
    DraftRevision.objects.create(draft=draft, revision=draft.revision, text=draft.text, **signed(by))
    record(draft=draft.pk, plan=draft.code, revision=draft.revision, text=content_hash(draft.text))
    told(draft)
