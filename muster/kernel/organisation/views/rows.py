"""One unit, person, area or site, added or changed on a page: the same rules as an import of one row."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError
from muster.kernel.organisation import services
from muster.kernel.organisation.choices import AreaKind, PersonKind, SiteKind, UnitKind
from muster.kernel.organisation.imports import KINDS, Kind, cells
from muster.kernel.organisation.models import ImportPreview
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.organisation.templatetags.organisation import FIELDS
from muster.kernel.organisation.views.importing import FROM_A_PAGE, WHERE
from muster.kernel.organisation.views.reading import UNPROCESSABLE
from muster.kernel.ui.fields import PlainText

CHOICES: Final[dict[str, type[TextChoices]]] = {
    "units": UnitKind,
    "people": PersonKind,
    "areas": AreaKind,
    "sites": SiteKind,
}
PERSONAL: Final = "people"  # of whom nothing is shown here: what is stored is read on a page of its own, for a purpose
YES_NO: Final = [("", "–"), ("yes", _("yes")), ("no", _("no"))]
CODE: Final = pgettext_lazy("organisation", "Code")


def row(request: HttpRequest, kind: str) -> HttpResponse:
    """The form for one row of a kind; the code says whether it is a new one or one that exists."""
    if kind not in KINDS:
        raise Http404
    rules, code = KINDS[kind], request.GET.get("code", "")[:64]
    form = _form_of(rules, request, {} if "\0" in code else _stored(rules, code))
    problem = None
    if form.is_bound and form.is_valid():
        try:
            preview = _prepared(request, rules, form.cleaned_data)
            if not preview.outcome["problems"]:
                return _done(request, rules)
            for wrong in preview.problems:
                told = " ".join(str(wrong[part]) for part in ("what", "expected", "mend") if wrong[part])
                form.add_error(wrong["column"] if wrong["column"] in form.fields else None, told)
        except NotPermitted:
            raise
        except DomainError as found:
            problem = found
    status = UNPROCESSABLE if problem is not None or form.errors else 200
    context = {"form": form, "title": rules.title, "problem": problem, "back": _where(rules), "kind": kind}
    return render(request, "organisation/row.html", context, status=status)


def _prepared(request: HttpRequest, rules: Kind, facts: dict[str, str]) -> ImportPreview:
    """The row looked at as a file of one row would be, and loaded if nothing is wrong with it."""
    by, key = actor_behind(request), fresh_key()
    file = StringIO(newline="")
    csv.writer(file).writerows([list(facts), list(facts.values())])
    found: ImportPreview = services.import_prepare(
        by=by.at(by.now), kind=rules.name, content=file.getvalue().encode(), file_name=FROM_A_PAGE, key=key
    )
    if not found.outcome["problems"]:
        services.import_confirm(by=by.at(by.now), preview=found.pk, key=key)
    return found


def _done(request: HttpRequest, rules: Kind) -> HttpResponse:
    messages.success(request, _("Stored."))
    return HttpResponseRedirect(_where(rules))


def _where(rules: Kind) -> str:
    return reverse(WHERE.get(rules.name, "organisation:sites"))


def _stored(rules: Kind, code: str) -> dict[str, Any]:
    """What the form begins with: what is stored, or the code alone."""
    if not code:
        return {}
    before = {} if rules.name == PERSONAL else rules.existing([code]).get(code, {})
    return {"code": code, **{name: _shown(value) for name, value in before.items()}}


def _shown(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _form_of(rules: Kind, request: HttpRequest, initial: dict[str, Any]) -> forms.Form:
    form = forms.Form(request.POST if request.method == "POST" else None, initial=initial)
    for field in rules.fields:
        form.fields[field.name] = _field(rules.name, field.name, field.parse is cells.truth)
    return form


def _field(kind: str, name: str, is_truth: bool) -> forms.Field:
    label, required = str(FIELDS.get(name, CODE)), name == "code"
    if is_truth:
        return forms.ChoiceField(label=label, choices=YES_NO, required=required)
    if name == "kind":
        return forms.ChoiceField(label=label, choices=[("", "–"), *CHOICES[kind].choices], required=required)
    return PlainText(label=label, max_length=200, required=required)
