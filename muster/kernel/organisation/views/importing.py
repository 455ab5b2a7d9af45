"""The pages of an import: choose a file, look at what it would do, confirm."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.base import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.errors import DomainError
from muster.kernel.organisation import forms, services
from muster.kernel.organisation.imports import KINDS, columns_of
from muster.kernel.organisation.models import ImportPreview
from muster.kernel.organisation.seals import fresh_key
from muster.kernel.organisation.views.reading import UNPROCESSABLE, now_of, status_of
from muster.kernel.progress import Stopped
from muster.kernel.tables import TableRefused, write_csv
from muster.kernel.tables.reading import LIMITS, shown_name
from muster.kernel.tables.types import MIB
from muster.kernel.ui.waiting import shows_progress

FROM_A_PAGE = "page.csv"  # what a row that somebody typed is called among the imports
WHERE = {"units": "organisation:units", "people": "organisation:people", "areas": "organisation:areas"}


@shows_progress
def choose(request: HttpRequest) -> HttpResponse:
    """The form for a file; sent, it answers with what the file would do. Nothing of it is done yet."""
    if request.method != "POST":
        return _form(request, forms.Upload(initial={"key": fresh_key(), "kind": request.GET.get("kind", "")}))
    form = forms.Upload(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=UNPROCESSABLE)
    given = dict(form.cleaned_data)
    file = given.pop("file")
    try:
        content = content_of(file)
        found = services.import_prepare(by=actor_behind(request), content=content, file_name=file.name, **given)
    except DomainError as problem:
        return _form(request, form, problem, status_of(problem))
    return _preview(request, found, given["key"])


def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What an import would do or did; without its key it can be read and not confirmed."""
    return _preview(request, get_object_or_404(ImportPreview, pk=pk), "")


@shows_progress
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do what the preview showed."""
    found = get_object_or_404(ImportPreview, pk=pk)
    form = forms.Confirmation(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else ""
    try:
        counts = services.import_confirm(by=actor_behind(request), preview=pk, key=key)
    except DomainError as problem:
        return _preview(request, found, key if isinstance(problem, Stopped) else "", problem)
    said = _("%(added)d added, %(changed)d changed, %(same)d as before.") % counts
    if ended := counts.get("roles_ended", 0) + counts.get("loans_ended", 0):
        said += " " + _("%(count)d roles and loans ended with it.") % {"count": ended}
    messages.success(request, said)
    return HttpResponseRedirect(reverse(WHERE.get(found.kind, "organisation:sites")))


def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table with the headings of a kind, in the reader's language, for Excel."""
    if kind not in KINDS:
        raise Http404
    chinese = getattr(request, "LANGUAGE_CODE", "").startswith("zh")
    headings = [
        column.synonyms[0] if chinese and column.synonyms else column.name for column in columns_of(KINDS[kind])
    ]
    response = HttpResponse(write_csv(headings, []), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


def content_of(file: File[bytes]) -> bytes:
    """The bytes of an upload; one that is too large is refused unread. Raises TableRefused."""
    if file.size > LIMITS.file_bytes:
        raise TableRefused("file_too_large", shown_name(file.name or ""), limit=LIMITS.file_bytes // MIB)
    content: bytes = file.read()
    return content


def _form(
    request: HttpRequest, form: forms.Upload, problem: DomainError | None = None, status: int = 200
) -> HttpResponse:
    kinds = [
        {"name": kind.name, "title": kind.title, "columns": [column.synonyms[:1] for column in columns_of(kind)]}
        for kind in KINDS.values()
    ]
    confirmed = ImportPreview.objects.filter(confirmed_at__isnull=False).exclude(file_name=FROM_A_PAGE)
    recent = confirmed.order_by("-confirmed_at")[:5]
    context = {"form": form, "problem": problem, "kinds": kinds, "recent": recent}
    return render(request, "organisation/import.html", context, status=status)


def _preview(request: HttpRequest, found: ImportPreview, key: str, problem: DomainError | None = None) -> HttpResponse:
    context = {
        "preview": found,
        "title": KINDS[found.kind].title,
        "outcome": found.outcome,
        "rows": found.outcome["added"] + found.outcome["changed"],
        "form": forms.confirmation_of(found, key),
        "is_open": found.is_open(now_of(request)),
        "problem": problem,
    }
    response = render(request, "organisation/preview.html", context, status=status_of(problem))
    response["Cache-Control"] = "no-store"
    return response
