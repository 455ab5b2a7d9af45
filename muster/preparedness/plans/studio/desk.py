"""What every page of the studio does: fetch the draft, edit its text, save it so that nobody's work is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from muster.engines.plan import PlanInvalid
from muster.engines.plan.editing import EditRefused
from muster.engines.plan.editing.merging import HEAD as PART
from muster.engines.plan.editing.merging import Apart, apart, merged
from muster.engines.plan.editing.writing import flow
from muster.engines.plan.reading import read
from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import Actor
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.choices import WRITABLE
from muster.preparedness.plans.errors import DraftMoved
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.reading import may
from muster.preparedness.plans.refusals import EditImpossible
from muster.preparedness.plans.studio.sheets import Sheet, Values, text_of
from muster.preparedness.plans.wording import FIELDS, HEAD

NAMES: Final = {**HEAD, **FIELDS}
Edit = Callable[[str], str]
UNPROCESSABLE: Final = 422
CONFLICT: Final = 409


def frame(request: HttpRequest, draft: Draft, sheet: Sheet, tab: str, **more: Any) -> dict[str, Any]:
    """What the head of every page of a draft needs."""
    writable = draft.state in WRITABLE and may(request, "plans:studio_clause")
    title = text_of(sheet.head.get("title"))
    where = f"draft:{draft.pk}"
    return {
        "draft": draft,
        "where": where,
        "sheet": sheet,
        "tab": tab,
        "may_write": writable,
        "draft_title": title,
        **more,
    }


def base_of(request: HttpRequest, draft: Draft) -> int:
    """The revision that the page was made from; the present one if it does not say."""
    asked = request.POST.get("base_revision", "")
    return int(asked) if asked.isdecimal() and len(asked) < 9 else draft.revision


def text_at(draft: Draft, revision: int) -> str:
    """The text of a revision. Raises Http404 for one that there is not."""
    if revision == draft.revision:
        return draft.text
    kept = queries.draft_revision(draft, revision)
    if kept is None:
        raise Http404
    return kept.text


def edited(draft: Draft, text: str, edit: Edit) -> str:
    """The text after an edit. Raises EditImpossible."""
    try:
        read(text, draft.code)
        return edit(text)
    except EditRefused as refused:
        raise EditImpossible(draft.code, refused) from refused
    except PlanInvalid as invalid:
        first = invalid.problems[0]
        told = EditRefused(*first.texts)
        raise EditImpossible(f"{draft.code}:{first.line}", told) from invalid


def save(
    request: HttpRequest,
    draft: Draft,
    edit: Edit,
    onward: str,
    *,
    renamed: Mapping[str, str] | None = None,
    whole: bool = False,
) -> HttpResponse:
    """Save an edit of the revision that the page was made from, and go on; or show what both have written.

    Where somebody saved in between and touched other clauses only, both are kept. `whole`: the edit gives a text of
    its own, so that it cannot be made again upon another one. Raises whatever saving does but DraftMoved.
    """
    base = base_of(request, draft)
    before = text_at(draft, base)
    mine = edited(draft, before, edit) if not whole else edit(before)
    try:
        keep(actor_behind(request), draft, base, mine, renamed)
    except DraftMoved as moved:
        differing = _apart(before, moved.text, mine)
        if not differing or any(not (one.mine_only or one.theirs_only) for one in differing):
            return conflict(request, draft, base, moved, mine)
        both = merged(moved.text, mine, {one.key for one in differing if one.mine_only})
        joined = both if whole else edited(draft, moved.text, edit)
        keep(actor_behind(request), draft, moved.revision, joined, renamed)
        messages.info(request, _("Somebody else saved other clauses in between; both are kept."))
    return HttpResponseRedirect(onward)


def keep(by: Actor, draft: Draft, base: int, text: str, renamed: Mapping[str, str] | None = None) -> None:
    """Save a text, with the comments of clauses that have another id."""
    if renamed:
        services.clauses_rename(by=by, draft=draft, base_revision=base, text=text, renamed=dict(renamed))
    else:
        services.draft_save(by=by, draft=draft, base_revision=base, text=text)


def conflict(request: HttpRequest, draft: Draft, base: int, moved: DraftMoved, mine: str) -> HttpResponse:
    """Both texts, what differs, and a choice for each clause."""
    rows = [_row(one) for one in _apart(text_at(draft, base), moved.text, mine)]
    context = {"draft": draft, "problem": moved, "base": base, "mine": mine, "theirs": moved.text, "rows": rows}
    return render(request, "plans/studio/conflict.html", context | {"revision": moved.revision}, status=CONFLICT)


def _row(one: Apart) -> dict[str, Any]:
    words = list(dict.fromkeys([*(one.theirs or {}), *(one.mine or {})]))
    fields = [(str(NAMES.get(word, word)), _value(one.theirs, word), _value(one.mine, word)) for word in words]
    return {
        "key": one.key,
        "label": _label(one.key),
        "title": text_of((one.mine or one.theirs or {}).get("title")),
        "fields": [row for row in fields if row[1] != row[2]],
        "theirs": one.theirs is not None,
        "mine": one.mine is not None,
        "take_mine": one.mine_only or not one.theirs_only,
    }


def _label(key: str) -> str:
    """What a clause or a part of the head is called: "K03", "Levels II"."""
    word, _slash, entry = key.removeprefix(PART).partition("/")
    return f"{NAMES.get(word, word)} {entry}".strip() if key.startswith(PART) else key


def _value(values: Values | None, word: str) -> str:
    value = (values or {}).get(word)
    return "" if value is None else value if isinstance(value, str) else flow(value)


def _apart(base: str, theirs: str, mine: str) -> list[Apart]:
    """What differs, clause by clause; nothing where one of the texts cannot be told apart into clauses."""
    try:
        for text in (base, theirs, mine):
            read(text, "")
        return apart(base, theirs, mine)
    except (PlanInvalid, EditRefused):
        return []
