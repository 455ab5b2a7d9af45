"""Pages: a draft as cards, and what is done to one of them."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from muster.engines.plan.editing import clause_moved, clause_removed
from muster.engines.plan.words import ROMAN
from muster.kernel.errors import DomainError
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.said import Said
from muster.preparedness.plans.studio.desk import UNPROCESSABLE, frame, save
from muster.preparedness.plans.studio.sheets import Card, Sheet, sheet_of
from muster.preparedness.plans.wording import PHASES

A_PAGE: Final = 40  # cards


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
    findings = sorted(sheet.findings, key=lambda one: (not one.speaks, bool(key) and not _is_about(one, key)))
    left = max(0, len(problems) - most) + max(0, len(findings) - most)
    return {"problems": problems[:most], "findings": findings[:most], "left": left, "key": key}


def _is_about(said: Said, key: str) -> bool:
    return key in (said.finding.clause, said.finding.subject)


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
