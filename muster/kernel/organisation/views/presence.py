"""Days away, and numbers that were tried: parse, one command, back to the page of the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError, Text
from muster.kernel.organisation import forms, services
from muster.kernel.organisation.models import Absence
from muster.kernel.organisation.views.people import person_page, today_of
from muster.kernel.organisation.views.reading import UNPROCESSABLE, now_of, person_of


def away(request: HttpRequest, code: str) -> HttpResponse:
    """A person is away from a day on."""
    form = forms.Away(request.POST)
    if not form.is_valid():
        response = person_page(request, code, absence=form)
        response.status_code = UNPROCESSABLE
        return response
    days = form.cleaned_data
    return _done(request, code, lambda by: services.absence_enter(by=by, person=code, **days), _("Entered as away."))


def back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A person is at work again today."""
    absence = Absence.objects.filter(pk=pk, person__code=code).first()
    if absence is None:
        raise Http404
    last = today_of(request) - timedelta(days=1)
    return _done(request, code, lambda by: services.absence_end(by=by, absence=absence, last=last), _("Is back."))


def reached(request: HttpRequest, code: str) -> HttpResponse:
    """The number of a liaison was tried, and somebody answered."""
    return _done(request, code, lambda by: services.contact_confirm(by=by, person=code), _("The number is confirmed."))


def _done(request: HttpRequest, code: str, do: Callable[[Any], object], said: Text) -> HttpResponse:
    person_of(code, now_of(request))
    try:
        do(actor_behind(request))
    except NotPermitted:
        raise
    except DomainError as problem:
        return person_page(request, code, problem)
    messages.success(request, str(said))
    return HttpResponseRedirect(reverse("organisation:person", args=[code]))
