"""Pages: one part of the plan's head as a form: a role, a level, a legal ground, the authority."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.engines.plan import words
from muster.engines.plan.checks.titles import VOCABULARIES, in_words
from muster.engines.plan.world import YARDSTICKS
from muster.kernel.errors import DomainError
from muster.kernel.organisation import queries as organisation
from muster.preparedness.plans.queries.words import in_readers_language, title
from muster.preparedness.plans.reading import draft_or_404
from muster.preparedness.plans.studio.desk import UNPROCESSABLE, base_of, frame, save, text_at
from muster.preparedness.plans.studio.drafts import side
from muster.preparedness.plans.studio.fields import AMOUNTS, BOXES, CHOICE, CONDITION, Field, shown
from muster.preparedness.plans.studio.head_forms import NEW, PARTS, PartForm, applied, entry_of, without, written
from muster.preparedness.plans.studio.options import Option
from muster.preparedness.plans.studio.sheets import Sheet, Values, sheet_of, text_of

_SUBJECTS: Final = {"roles": "role", "levels": "level", "legal_basis": "ground"}


def part(request: HttpRequest, pk: int, name: str, key: str) -> HttpResponse:
    """An entry of a part as a form; `new` is one that there is not yet, "-" the part that is one form."""
    draft, form = draft_or_404(pk), part_or_404(name)
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            return _saved(request, draft, form, key)
        except DomainError as refused:
            problem = refused
    base = base_of(request, draft)
    sheet = sheet_of(draft, text_at(draft, base))
    said = {} if key == NEW else entry_of(sheet.head, form, key)
    if said is None:
        raise Http404
    context = frame(
        request,
        draft,
        sheet,
        "head",
        part=form,
        entry_key=key,
        entry=request.POST.get("entry", "") if key == NEW else key,
        names=_options(sheet, form.names) if form.names else [],
        rows=_rows(sheet, form, applied(form, request.POST, said) if problem else said),
        called=text_of(said.get(form.called)),
        indicators=[(code, title(code, "indicator")) for code in words.INDICATORS],
        base=base,
        problem=problem,
        **side(sheet, subject_of(form, key)),
    )
    return render(request, "plans/studio/part.html", context, status=UNPROCESSABLE if problem else 200)


def _saved(request: HttpRequest, draft: Any, form: PartForm, key: str) -> HttpResponse:
    onward = f"{reverse('plans:studio_head', args=[draft.pk])}#{form.name}"
    if request.POST.get("what") == "remove" and not form.is_whole:
        return save(request, draft, lambda text: without(text, form, key), onward)
    return save(request, draft, lambda text: written(text, form, key, request.POST), onward)


def part_or_404(name: str) -> PartForm:
    """The form of a part. Raises Http404."""
    if name not in PARTS:
        raise Http404
    return PARTS[name]


def subject_of(form: PartForm, key: str) -> str:
    """What findings about the entry are about."""
    return f"{_SUBJECTS[form.name]}:{key}" if form.name in _SUBJECTS else form.name


def _rows(sheet: Sheet, form: PartForm, said: Values) -> list[dict[str, Any]]:
    return [_row(sheet, field, said.get(field.name)) for field in form.fields]


def _row(sheet: Sheet, field: Field, value: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"field": field, "value": shown(field, value, 3 if field.kind == AMOUNTS else 1)}
    if field.choices:
        row["options"] = _with(_options(sheet, field.choices), field, row["value"])
    if field.kind == CONDITION and row["value"]:
        row["in_words"] = in_readers_language(in_words(row["value"]))
    return row


def _with(found: list[Option], field: Field, value: Any) -> list[Option]:
    """With what the text says now, even where nothing defines it."""
    known = {code for code, _name in found}
    stated = [value] if field.kind == CHOICE else value if field.kind == BOXES else [one["item"] for one in value]
    more = [(code, f"{code} ?") for code in stated if code and code not in known]
    return [*([("", "–")] if field.kind != BOXES else []), *found, *more]


def _options(sheet: Sheet, name: str) -> list[Option]:
    if name in ("warning_colour", "duty_grade"):
        return _grades(sheet, name)
    if name == "roles":
        return [(code, called(one, "title") or code) for code, one in _entries(sheet, "roles")]
    if name == "units":
        return [(unit.code, f"{unit.name} {unit.code}") for unit in organisation.unit_tree() if unit.is_active]
    if name == "missing_levels":
        return [(roman, roman) for roman in words.ROMAN if roman not in dict(_entries(sheet, "levels"))]
    return _FIXED[name]()


_FIXED: Final[dict[str, Callable[[], list[Option]]]] = {
    "per": lambda: [("sub_bureau", _("each sub-bureau")), ("station", _("each station"))],
    "qualification": lambda: [(code, title(code, "qualification")) for code in words.QUALIFICATIONS],
    "item": lambda: [(code, title(code, "item")) for code in VOCABULARIES["item"]],
    "record": lambda: [(code, _RECORD[code]()) for code in YARDSTICKS.record],
    "system_may": lambda: [("recommend", _("recommend, never decide"))],
}
_RECORD: Final[dict[str, Callable[[], str]]] = {
    "matter": lambda: _("what it is about"),
    "level": lambda: _("the level"),
    "area": lambda: _("the area"),
    "expected_duration": lambda: _("how long it is expected to last"),
    "measures": lambda: _("the measures"),
    "legal_basis": lambda: _("the legal basis"),
}


def _grades(sheet: Sheet, scale: str) -> list[Option]:
    gradings = sheet.head.get("gradings")
    rows = gradings.get(scale) if isinstance(gradings, dict) else None
    found = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return [(str(one.get("id") or ""), called(one, "name") or str(one.get("id"))) for one in found]


def _entries(sheet: Sheet, part_name: str) -> list[tuple[str, Any]]:
    whole = sheet.head.get(part_name)
    return list(whole.items()) if isinstance(whole, dict) else []


def called(value: Any, word: str) -> str:
    """What an entry is called in the reader's language."""
    return in_readers_language(text_of(value.get(word))) if isinstance(value, dict) else ""


def overview(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """The entries of each part for the page of the head: key, name, what is said in a line, findings."""
    about = [one.finding.subject for one in sheet.findings if one.speaks]
    return {
        form.name: [
            {"key": key, "called": called(one, form.called), "line": _line(form, one),
             "findings": about.count(subject_of(form, key))}
            for key, one in _entries(sheet, form.name)
        ]
        for form in PARTS.values()
        if not form.is_whole
    }  # fmt: skip


def _line(form: PartForm, value: Any) -> str:
    """The most telling words of an entry."""
    if not isinstance(value, dict):
        return ""
    if form.name == "roles":
        deputies = value.get("deputies")
        names = [value.get("holder"), *(deputies if isinstance(deputies, list) else [])]
        return " › ".join(str(one) for one in names if one)
    if form.name == "levels":
        return in_readers_language(in_words(str(value.get("trigger") or "")))
    if form.name == "legal_basis":
        return " ".join(str(value[word]) for word in ("articles", "until") if value.get(word))
    items = value.get("items")
    return ", ".join(f"{title(k, 'item')} {v}" for k, v in items.items()) if isinstance(items, dict) else ""
