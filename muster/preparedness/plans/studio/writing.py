"""Pages: one clause as a form, the head, the whole text, and what somebody else wrote meanwhile."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.engines.plan import PlanInvalid
from muster.engines.plan.editing import (
    EditRefused,
    clause_added,
    clause_changed,
    clause_renamed,
    clauses_of,
    head_changed,
)
from muster.engines.plan.editing.merging import merged, renamed
from muster.engines.plan.reading import read
from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.preparedness.plans import queries
from muster.preparedness.plans.errors import DraftMoved
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.refusals import EditImpossible
from muster.preparedness.plans.studio import entries
from muster.preparedness.plans.studio.desk import (
    UNPROCESSABLE,
    base_of,
    conflict,
    edited,
    frame,
    keep,
    save,
    text_at,
)
from muster.preparedness.plans.studio.drafts import side
from muster.preparedness.plans.studio.head_forms import PARTS as PART_FORMS
from muster.preparedness.plans.studio.head_forms import written as part_written
from muster.preparedness.plans.studio.heads import overview, subject_of
from muster.preparedness.plans.studio.options import options
from muster.preparedness.plans.studio.parts import PARTS, part_of, parts_said, parts_shown
from muster.preparedness.plans.studio.sheets import Sheet, Values, sheet_of

NEW: Final = "new"
ALL: Final = 10_000  # findings
FIRST: Final[Values] = {"title": {}, "action": "command", "due": "2h"}  # where a new clause begins


def clause(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One clause as a form; `new` is one that there is not yet, behind the clause `after`."""
    draft = draft_or_404(pk)
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            return _saved(request, draft, key)
        except DomainError as refused:
            problem = refused
    base = base_of(request, draft)
    sheet = sheet_of(draft, text_at(draft, base))
    said = _present(sheet, key, request.GET.get("copy", ""))
    entry = entries.shown(entries.said(request.POST, said) if problem else said)
    context = frame(
        request,
        draft,
        sheet,
        "cards",
        card=sheet.card(key),
        entry=entry,
        options=options(sheet, entry),
        base=base,
        after=request.POST.get("behind", request.GET.get("after", "")),
        problem=problem,
        threads=queries.threads(draft, key) if key != NEW else [],
        **side(sheet, key),
    )
    return render(request, "plans/studio/clause.html", context, status=UNPROCESSABLE if problem else 200)


def _present(sheet: Sheet, key: str, copy: str = "") -> Values:
    if key == NEW:
        copied = sheet.card(copy)
        return {name: one for name, one in copied.said.items() if name != "id"} if copied else dict(FIRST)
    card = sheet.card(key)
    if card is None:
        raise Http404
    return card.said


def _saved(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    sheet = sheet_of(draft, text_at(draft, base_of(request, draft)))
    said = entries.said(request.POST, _present(sheet, key) if key != NEW else {})
    name = str(said.get("id") or "")
    onward = f"{reverse('plans:studio_draft', args=[draft.pk])}#{name}"
    if key == NEW:
        behind = request.POST.get("behind", "")
        return save(request, draft, lambda text: clause_added(text, said, after=behind), onward)
    another = {key: name} if name and name != key and not key.startswith("#") else None
    return save(request, draft, lambda text: written(text, key, said), onward, renamed=another)


def written(text: str, key: str, said: Values) -> str:
    """The text with the clause as the form has it, under its new id if it has one."""
    name = str(said.get("id") or "")
    if name and name != key and not key.startswith("#"):
        text, key = clause_renamed(text, key, name), name
    return clause_changed(text, key, said)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be found in the whole plan if this form were saved; nothing is."""
    draft = draft_or_404(pk)
    try:
        text = _tried(request, draft)
    except DomainError as refused:
        return render(request, "plans/studio/_side.html", {"refused": refused, "draft": draft})
    sheet = sheet_of(draft, text, whole=True)
    key = request.POST.get("id", "") or request.POST.get("key", "")
    if (name := request.POST.get("part", "")) in PART_FORMS:
        key = subject_of(PART_FORMS[name], key)
    return render(
        request, "plans/studio/_side.html", {"sheet": sheet, "draft": draft, "live": True, **side(sheet, key)}
    )


def _tried(request: HttpRequest, draft: Draft) -> str:
    """The text that the form would give."""
    base = text_at(draft, base_of(request, draft))
    key = request.POST.get("key")
    if "text" in request.POST:
        return request.POST["text"]
    if (name := request.POST.get("part", "")) in PART_FORMS:
        form = PART_FORMS[name]
        return edited(draft, base, lambda text: part_written(text, form, key or NEW, request.POST))
    if key is None:
        return edited(draft, base, lambda text: head_changed(text, parts_said(draft.code, request.POST, text)))
    said = entries.said(request.POST, dict(clauses_of(base)).get(key, {}))
    if key == NEW:
        behind = request.POST.get("behind", "")
        return edited(draft, base, lambda text: clause_added(text, said, after=behind))
    return edited(draft, base, lambda text: written(text, key, said))


def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that the checks say of a draft, also of one that is too long to be checked with every page."""
    draft = draft_or_404(pk)
    sheet = sheet_of(draft, whole=True)
    return render(
        request,
        "plans/studio/_side.html",
        {"sheet": sheet, "draft": draft, "where": f"draft:{pk}", **side(sheet, most=ALL)},
    )


def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of people or supplies as they are filled in, and one more."""
    draft = draft_or_404(pk)
    name = request.POST.get("rows", "")
    if name not in entries.ROWS:
        raise Http404
    entry = entries.shown(entries.said(request.POST, {}), blank_rows=2)
    context = {"entry": entry, "options": options(sheet_of(draft), entry), "draft": draft, "may_write": True}
    return render(request, f"plans/studio/_{name}.html", context)


def head(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan says outside its clauses: fields, and each larger part as text of its own."""
    draft = draft_or_404(pk)
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            return save(
                request,
                draft,
                lambda text: head_changed(text, parts_said(draft.code, request.POST, text)),
                reverse("plans:studio_head", args=[pk]),
            )
        except DomainError as refused:
            problem = refused
    base = base_of(request, draft)
    sheet = sheet_of(draft, text_at(draft, base))
    if sheet.broken:
        return HttpResponseRedirect(reverse("plans:studio_text", args=[pk]))
    shown = parts_shown(sheet.head) | ({name: request.POST.get(name, "") for name in PARTS} if problem else {})
    parts = [part_of(name, shown[name]) for name in PARTS]
    context = frame(request, draft, sheet, "head", parts=parts, shown=shown, base=base, problem=problem, **side(sheet))
    context |= {"entries": overview(sheet), "forms": PART_FORMS}
    return render(request, "plans/studio/head.html", context, status=UNPROCESSABLE if problem else 200)


def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text; what cannot be read is kept too, with its mistakes by line."""
    draft = draft_or_404(pk)
    problem: DomainError | None = None
    if request.method == "POST":
        mine = request.POST.get("text", "").replace("\r\n", "\n")
        mine = mine.replace("\n", "\r\n") if "\r\n" in draft.text else mine
        try:
            before = text_at(draft, base_of(request, draft))
            return save(
                request,
                draft,
                lambda _text: mine,
                reverse("plans:studio_text", args=[pk]),
                renamed=_renamed(before, mine),
                whole=True,
            )
        except DomainError as refused:
            problem = refused
    base = base_of(request, draft)
    shown = request.POST.get("text") if problem else None
    sheet = sheet_of(draft, text_at(draft, base) if shown is None else shown)
    context = frame(request, draft, sheet, "text", base=base, problem=problem, **side(sheet))
    return render(request, "plans/studio/text.html", context, status=UNPROCESSABLE if problem else 200)


def _renamed(before: str, after: str) -> dict[str, str] | None:
    """Clauses that got another id in the text and say the same."""
    try:
        read(before, "")
        read(after, "")
        return renamed(before, after) or None
    except (PlanInvalid, EditRefused):
        return None


def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """One text out of two, as somebody chose clause by clause; once more if somebody saved again meanwhile."""
    draft = draft_or_404(pk)
    base, mine = base_of(request, draft), request.POST.get("mine", "").replace("\r\n", "\n")
    seen = request.POST.get("revision", "")
    theirs = text_at(draft, int(seen) if seen.isdecimal() and len(seen) < 9 else draft.revision)
    chosen = {key.removeprefix("take:") for key, value in request.POST.items() if value == "mine"}
    try:
        joined = mine if request.POST.get("whole") else edited(draft, theirs, lambda text: merged(text, mine, chosen))
        keep(actor_behind(request), draft, int(seen or draft.revision), joined, _renamed(theirs, joined))
    except DraftMoved as moved:
        return conflict(request, draft, base, moved, mine)
    except EditImpossible:  # what was chosen does not go together
        return conflict(request, draft, base, DraftMoved(draft.code, draft.revision, draft.text), mine)
    return HttpResponseRedirect(reverse("plans:studio_draft", args=[pk]))
