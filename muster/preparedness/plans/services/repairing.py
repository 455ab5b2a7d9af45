"""A repair that a stress test ranked goes into a draft: what the plan can say as an edit, the rest as a comment."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from muster.engines.plan.editing import EditRefused, clause_changed, clause_removed, clauses_of, head_changed, head_of
from muster.engines.stress import ClauseAnswer
from muster.kernel.commands import Actor, command, record
from muster.preparedness.plans.models import Draft, PlanVersion, StressRun
from muster.preparedness.plans.permits import writes_plans
from muster.preparedness.plans.queries.drafts import draft_of
from muster.preparedness.plans.queries.stress import Answered, answered
from muster.preparedness.plans.refusals import EditImpossible
from muster.preparedness.plans.services.drafts import draft_open, draft_save
from muster.preparedness.plans.services.remarks import remark_write
from muster.preparedness.plans.stress.wording import change_in_words
from muster.preparedness.plans.stress_errors import RepairUnknown

Change = Mapping[str, Any]
EDITS: Final = frozenset({"trigger", "more_stock", "deadline", "drop_clause"})  # what the plan language can say


@dataclass(frozen=True, slots=True)
class Split:
    """A repair as edits of the plan's text and as changes that no text can make."""

    edits: tuple[Change, ...]
    others: tuple[Change, ...]


@command("plans.take_repair", policy=writes_plans)
def repair_take(*, by: Actor, run: StressRun, repair: int) -> Draft:
    """Put the repair in this place of the ranking (from 0) into the plan's open draft, or into a new one.

    Raises RepairUnknown, EditImpossible where the draft's text cannot be edited, and whatever opening, saving and
    commenting a draft raise.
    """
    found = answered(run)
    if found is None or not 0 <= repair < len(found.repairs):
        raise RepairUnknown(str(run))
    chosen = found.repairs[repair]
    split = _split(chosen.changes)
    draft = draft_of(run.version.plan.code) or _opened(by, run.version)
    text = _edited(draft, split.edits)
    if text != draft.text:
        draft = draft_save(by=by.again(), draft=draft, base_revision=draft.revision, text=text)
    for clause, said in _remarks(found, split, draft, run):
        remark_write(by=by.again(), draft=draft, clause=clause, text=said)
    record(run=run.pk, draft=draft.pk, repair=repair, edits=len(split.edits), comments=len(split.others))
    return draft


def _opened(by: Actor, version: PlanVersion) -> Draft:
    return draft_open(by=by.again(), code=version.plan.code, unit=version.unit, based_on=version)


def _split(changes: Iterable[Change]) -> Split:
    kept = tuple(changes)
    return Split(
        tuple(one for one in kept if one["kind"] in EDITS), tuple(one for one in kept if one["kind"] not in EDITS)
    )


def _edited(draft: Draft, edits: Iterable[Change]) -> str:
    """The text with every edit; all of them or none."""
    text = draft.text
    try:
        for change in edits:
            text = _HOW[change["kind"]](text, change)
    except EditRefused as refused:
        raise EditImpossible(draft.code, refused) from refused
    return text


def _trigger(text: str, change: Change) -> str:
    levels = dict(head_of(text).get("levels") or {})
    level = dict(levels.get(change["level"]) or {})
    return head_changed(text, {"levels": levels | {change["level"]: level | {"trigger": change["trigger"]}}})


def _reserve(text: str, change: Change) -> str:
    """So many days more than the plan wants now."""
    reserve = dict(head_of(text).get("reserve_days") or {})
    now = str(reserve.get(change["item"]) or "0")
    days = (int(now) if now.isdecimal() else 0) + math.ceil(change["days"])
    return head_changed(text, {"reserve_days": reserve | {change["item"]: str(days)}})


def _deadline(text: str, change: Change) -> str:
    said = dict(clauses_of(text)).get(change["clause"], {})
    return clause_changed(text, change["clause"], dict(said) | {"due": change["due"]})


def _dropped(text: str, change: Change) -> str:
    return clause_removed(text, change["clause"])


_HOW: Final = {"trigger": _trigger, "more_stock": _reserve, "deadline": _deadline, "drop_clause": _dropped}


def _remarks(found: Answered, split: Split, draft: Draft, run: StressRun) -> list[tuple[str, str]]:
    """A comment for each change that no text can make, at the clause that it helps most; one for the edits."""
    written = {key for key, _said in clauses_of(draft.text)}
    said = [
        (at if (at := _helped(found, change)) in written else "", _sentence(run, change)) for change in split.others
    ]
    return said + [("", _sentence(run, change)) for change in split.edits]


def _sentence(run: StressRun, change: Change) -> str:
    """In the language of whoever takes the repair: the comment is his."""
    return f"{change_in_words(change)} ({run} · seed {run.seed})"


def _helped(found: Answered, change: Change) -> str:
    """The clause that is late most often for want of this qualification; else the one that is late most often."""
    late = sorted(found.outcome.base.clauses, key=lambda one: -one.p_late.mean)
    wanted = change.get("qualification")
    first = next((one for one in late if wanted and _lacks(one, wanted)), late[0] if late else None)
    return first.id if first is not None else ""


def _lacks(clause: ClauseAnswer, name: str) -> bool:
    return any(bound.name == name and bound.share > 0 for bound in clause.bindings)
