"""Importing a file: looked at first, received as a whole or, when a person says so, without the rejected rows."""

from __future__ import annotations

import hashlib
from typing import Any, Final
from uuid import uuid4

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from muster.kernel import clock, progress
from muster.kernel.errors import DomainError
from muster.kernel.organisation import seals
from muster.kernel.tables.types import MIB
from muster.kernel.ui.waiting import shows_progress
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.forms import ImportForm
from muster.prevention.situation.importing import Reading, read_counts
from muster.prevention.situation.models import LIVE
from muster.prevention.situation.queries import counts_preview
from muster.prevention.situation.services import counts_receive
from muster.prevention.situation.views.reading import actor, named

UNPROCESSABLE: Final = 422
KEPT_SECONDS: Final = 3600  # a preview that nobody confirms is forgotten
LARGEST: Final = 20 * MIB
SHOWN: Final = 100


@shows_progress
def import_file(request: HttpRequest) -> HttpResponse:
    """The form; then what receiving the file would do."""
    if request.method != "POST":
        return render(request, "situation/import.html", {"form": ImportForm()})
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "situation/import.html", {"form": form}, status=UNPROCESSABLE)
    try:
        return _preview(request, form)
    except DomainError as problem:
        return render(request, "situation/import.html", {"form": form, "problem": problem}, status=UNPROCESSABLE)


def _preview(request: HttpRequest, form: ImportForm) -> HttpResponse:
    content: bytes = form.cleaned_data["file"].read(LARGEST + 1)
    kept = {**form.options(), "file_name": form.cleaned_data["file"].name}
    with progress.part(0.0, 0.6):
        reading = _reading(kept, content)
    with progress.part(0.6, 1.0):
        preview = counts_preview(rows=reading.rows, moment=clock.now(), mode=kept["mode"])
    token, key = str(uuid4()), seals.fresh_key()
    cache.set(_place(request, token), {**kept, "sealed": seals.seal(content, key, token)}, KEPT_SECONDS)
    context = {
        "reading": reading,
        "preview": preview,
        "rejected": named(preview.rejected[:SHOWN]),
        "noticed": named(preview.noticed[:SHOWN]),
        "more": len(preview.noticed) > SHOWN,
        "token": token,
        "key": key,
        "source": kept["source"],
    }
    return render(request, "situation/preview.html", context)


@require_POST
@shows_progress
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Receive what the preview showed, and erase the kept file. Sent twice it is one report."""
    token = request.POST.get("command_id", "")
    kept = cache.get(_place(request, token), {})
    if "batch" in kept:
        return HttpResponseRedirect(reverse("situation:report", args=[kept["batch"]]))
    content = seals.unseal(kept.get("sealed", b""), request.POST.get("key", ""), token)
    if content is None:
        raise ReportInvalid(
            what=_("This import cannot be confirmed any more."),
            expected=_("the preview of the last hour, confirmed once, on the page that showed it"),
            mend=_("Upload the file again."),
        )
    with progress.part(0.0, 0.3):
        reading = _reading(kept, content)
    with progress.part(0.3, 1.0):
        batch = counts_receive(
            by=actor(request),
            rows=reading.rows,
            source=kept["source"],
            feed=LIVE,
            mode=kept["mode"],
            file_name=reading.file_name,
            file_sha256=hashlib.sha256(content).hexdigest(),
        )
    cache.set(_place(request, token), {"batch": batch.pk}, KEPT_SECONDS)
    return HttpResponseRedirect(reverse("situation:report", args=[batch.pk]))


def _reading(kept: dict[str, Any], content: bytes) -> Reading:
    return read_counts(content, file_name=kept["file_name"], mode=kept["mode"], area=kept["area"])


def _place(request: HttpRequest, token: str) -> str:
    """Where a preview is kept: for its own reader alone; the file in it is locked with a key that only his page has."""
    return f"situation-import:{actor(request).principal}:{hashlib.sha256(token.encode()).hexdigest()}"
