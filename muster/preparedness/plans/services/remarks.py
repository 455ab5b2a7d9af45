"""Comments at the clauses of a draft, which stay with a clause when it gets another id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor, command, record
from muster.kernel.commands.content import content_hash
from muster.kernel.texts import stated
from muster.preparedness.plans.choices import OVER
from muster.preparedness.plans.choices import DraftState as State
from muster.preparedness.plans.models import Draft, Remark
from muster.preparedness.plans.permits import comments_drafts, writes_plans
from muster.preparedness.plans.refusals import RemarkEmpty
from muster.preparedness.plans.services.drafts import draft_save
from muster.preparedness.plans.services.stages import locked, signed, told

LONGEST: Final = 2000  # characters
_OPEN: Final = tuple(state for state in State if state not in OVER)


@command("plans.comment_clause", policy=comments_drafts)
def remark_write(*, by: Actor, draft: Draft, text: str, clause: str = "", answers: Remark | None = None) -> Remark:
    """Say something to a clause, to the whole draft (no clause), or to another comment; an answer opens its thread.

    Raises RemarkEmpty, TextUnreadable, DraftAtAnotherStage for a draft that is over.
    """
    said = stated(text, where=_("Comment"), longest=LONGEST)
    if not said:
        raise RemarkEmpty(draft.code)
    draft = locked(draft, *_OPEN)
    thread = _thread(draft, answers)
    place = thread.clause if thread else clause
    written = Remark.objects.create(draft=draft, clause=place, answers=thread, text=said, **signed(by))
    if thread is not None and thread.settled_at is not None:
        _settle(thread, by, settled=False)
    record(draft=draft.pk, clause=place, remark=written.pk, text=content_hash(said))
    told(draft)
    return written


@command("plans.settle_comment", policy=comments_drafts)
def remark_settle(*, by: Actor, remark: Remark, settled: bool) -> Remark:
    """A thread is settled, or open again. Raises DraftAtAnotherStage for a draft that is over."""
    draft = locked(remark.draft, *_OPEN)
    thread = _thread(draft, remark)
    assert thread is not None, "a remark is in a thread"
    _settle(thread, by, settled=settled)
    record(draft=draft.pk, remark=thread.pk, settled=settled)
    told(draft)
    return thread


@command("plans.rename_clauses", policy=writes_plans)
def clauses_rename(*, by: Actor, draft: Draft, base_revision: int, text: str, renamed: Mapping[str, str]) -> Draft:
    """Save a text in which clauses have other ids, before by now; their comments go with them.

    Raises whatever `draft_save` does.
    """
    saved = draft_save(by=by, draft=draft, base_revision=base_revision, text=text)
    moved = list(Remark.objects.filter(draft=saved, clause__in=renamed))
    for one in moved:
        one.clause = renamed[one.clause]
    Remark.objects.bulk_update(moved, ["clause"])
    record(draft=saved.pk, renamed=dict(renamed), remarks=len(moved))
    return saved


def _thread(draft: Draft, remark: Remark | None) -> Remark | None:
    """The comment with which a thread began."""
    if remark is None:
        return None
    assert remark.draft_id == draft.pk, "a thread stays in its draft"
    return Remark.objects.select_for_update().get(pk=remark.answers_id or remark.pk)


def _settle(thread: Remark, by: Actor, *, settled: bool) -> None:
    thread.settled_at, thread.settled_by = (by.now, by.principal) if settled else (None, "")
    thread.save(update_fields=["settled_at", "settled_by"])
