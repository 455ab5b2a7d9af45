"""Pages: every draft, a new one, and one as cards."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.engines.plan.editing import clause_moved, clause_removed
from muster.engines.plan.words import ROMAN
from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.kernel.texts import clean
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Draft
from muster.preparedness.plans.reading import draft_or_404, may
from muster.preparedness.plans.refusals import FileUnreadable
from muster.preparedness.plans.studio.desk import UNPROCESSABLE, frame, save
from muster.preparedness.plans.studio.opening import decoded
from muster.preparedness.plans.studio.opening import frame as empty_frame
from muster.preparedness.plans.studio.sheets import Card, Sheet, sheet_of
from muster.preparedness.plans.studio.word import clauses_in_word, with_clauses
from muster.preparedness.plans.wording import PHASES

A_PAGE: Final = 40  # cards


def studio(request: HttpRequest) -> HttpResponse:
    """Every open draft; a new one is opened with a frame, from a released version, or from a file."""
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            draft = _opened(request)
            return HttpResponseRedirect(reverse("plans:studio_draft", args=[draft.pk]))
        except DomainError as refused:
            problem = refused
    context = {
        "drafts": queries.drafts(),
        "versions": [row.latest for row in queries.plans()],
        "may_write": may(request, "plans:studio"),
        "problem": problem,
        "entered": request.POST,
    }
    return render(request, "plans/studio/list.html", context, status=UNPROCESSABLE if problem else 200)


def _opened(request: HttpRequest) -> Draft:
    by, code = actor_behind(request), clean(request.POST.get("code", ""))
    chosen = request.POST.get("version", "")
    if file := request.FILES.get("file"):
        return services.draft_open(by=by, code=code, text=_of_file(request, code, file))
    if chosen:
        based_on = next((row.latest for row in queries.plans() if str(row.latest.pk) == chosen), None)
        if based_on is not None:
            return services.draft_open(by=by, code=code or based_on.plan.code, based_on=based_on)
    return services.draft_open(by=by, code=code, text=_frame(request, code))


def _frame(request: HttpRequest, code: str) -> str:
    return empty_frame(code, *(clean(request.POST.get(f"title-{half}", "")) for half in ("zh", "en")))


def _of_file(request: HttpRequest, code: str, file: Any) -> str:
    """A plan's text as it is, or a Word document's headings and lists as clauses in a frame."""
    content = file.read()
    if file.name.lower().endswith(".docx"):
        return with_clauses(_frame(request, code), clauses_in_word(content, file.name))
    text = decoded(content, file.name)
    if "\x00" in text:
        raise FileUnreadable(file.name, text[: text.index("\x00")].count("\n") + 1)
    return text


def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft as cards by phase, each with its findings; `level` and `wrong` leave only some of them."""
    draft = draft_or_404(pk)
    sheet = sheet_of(draft)
    if sheet.broken:
        return HttpResponseRedirect(reverse("plans:studio_text", args=[pk]))
    level, wrong = request.GET.get("level", ""), bool(request.GET.get("wrong"))
    kept = [card for card in sheet.cards if _asked(card, level, wrong)]
    start = _number(request.GET.get("start", ""))
    shown = kept[start : start + A_PAGE]
    context = frame(
        request,
        draft,
        sheet,
        "cards",
        blocks=_blocks(shown),
        levels=[*reversed(ROMAN)],
        level=level,
        wrong=wrong,
        shown=len(kept),
        start=start or "",
        onward=start + A_PAGE if start + A_PAGE < len(kept) else "",
        **side(sheet),
    )
    return render(request, "plans/studio/cards.html", context)


def side(sheet: Sheet, key: str = "", most: int = 30) -> dict[str, Any]:
    """The list beside the work: mistakes of the text, then findings, those of one clause first, silent ones last."""
    problems = sorted(sheet.problems, key=lambda one: one.clause != key) if key else list(sheet.problems)
    findings = sorted(sheet.findings, key=lambda one: (not one.speaks, one.finding.clause != key if key else False))
    left = max(0, len(problems) - most) + max(0, len(findings) - most)
    return {"problems": problems[:most], "findings": findings[:most], "left": left, "key": key}


def act(request: HttpRequest, pk: int) -> HttpResponse:
    """A clause is moved one place up or down, or removed."""
    draft = draft_or_404(pk)
    key, what = (request.POST.get(name, "") for name in ("key", "what"))
    other = request.POST.get(f"other-{what}", "")
    onward = reverse("plans:studio_draft", args=[pk])
    try:
        if what == "remove":
            return save(request, draft, lambda text: clause_removed(text, key), onward)
        return save(request, draft, lambda text: _moved(text, key, what, other), f"{onward}#{key}")
    except DomainError as refused:
        context = frame(request, draft, sheet_of(draft), "cards", problem=refused)
        return render(request, "plans/studio/refused.html", context, status=UNPROCESSABLE)


def _moved(text: str, key: str, what: str, other: str) -> str:
    if what == "up":
        return clause_moved(text, key, before=other)
    return clause_moved(text, key, after=other)


def _blocks(shown: list[Card]) -> list[tuple[str, list[Card]]]:
    """By phase, in the order of the cycle; a phase that is none stands with the response."""
    blocks: dict[str, list[Card]] = {code: [] for code in PHASES}
    for card in shown:
        phase = card.said.get("phase", "response")
        blocks[phase if phase in blocks else "response"].append(card)
    return [(str(PHASES[code]), found) for code, found in blocks.items() if found]


def _asked(card: Card, level: str, wrong: bool) -> bool:
    levels = card.said.get("levels")
    fits = not level or (isinstance(levels, list) and level in levels)
    return fits and (not wrong or bool(card.findings or card.problems))


def _number(asked: str) -> int:
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 0
