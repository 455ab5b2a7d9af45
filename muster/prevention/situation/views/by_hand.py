"""What nobody sends by machine: levels, alerts, clusters, and where the counting began."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from muster.kernel.errors import DomainError
from muster.prevention.situation.forms import InputForm, StartForm
from muster.prevention.situation.services import inputs_record, surveillance_start_state
from muster.prevention.situation.views.reading import actor

UNPROCESSABLE: Final = 422


def by_hand(request: HttpRequest) -> HttpResponse:
    """The forms; a value that was entered is recorded."""
    if request.method != "POST":
        return _page(request, InputForm(), StartForm())
    form, by = InputForm(request.POST), actor(request)
    if not form.is_valid():
        return _page(request, form, StartForm(), status=UNPROCESSABLE)
    try:
        inputs_record(by=by, rows=[form.row(by.now)])
    except DomainError as problem:
        return _page(request, form, StartForm(), problem, UNPROCESSABLE)
    return _done(request, _("The value has been recorded."))


@require_POST
def state_start(request: HttpRequest) -> HttpResponse:
    """A source says that there was no case before a day."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, InputForm(), form, status=UNPROCESSABLE)
    try:
        surveillance_start_state(by=actor(request), **form.cleaned_data)
    except DomainError as problem:
        return _page(request, InputForm(), form, problem, UNPROCESSABLE)
    return _done(request, _("The statement has been recorded."))


def _page(
    request: HttpRequest,
    form: InputForm,
    start: StartForm,
    problem: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "start": start, "problem": problem}
    return render(request, "situation/by_hand.html", context, status=status)


def _done(request: HttpRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return HttpResponseRedirect(reverse("situation:overview"))
