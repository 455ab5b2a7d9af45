"""Forms that change people, units and roles: parse, one command, back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError, Text
from muster.kernel.organisation import forms, services
from muster.kernel.organisation.queries import pages
from muster.kernel.organisation.views.people import person_page
from muster.kernel.organisation.views.reading import (
    UNPROCESSABLE,
    may_write,
    now_of,
    person_of,
    say,
    status_of,
    unit_of,
)
from muster.kernel.organisation.views.units import unit_page


def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """Move a person to another unit for good."""
    form = forms.Transfer(request.POST)
    if not form.is_valid():
        return _again(request, code, transfer=form)
    unit = form.cleaned_data["unit"].code
    return _done(request, code, lambda by: services.person_transfer(by=by, person=code, unit=unit), _("Transferred."))


def lend(request: HttpRequest, code: str) -> HttpResponse:
    """Lend a person to a team or to another unit."""
    form = forms.Loan(request.POST)
    if not form.is_valid():
        return _again(request, code, loan=form)
    place = form.place()
    return _done(request, code, lambda by: services.secondments_start(by=by, people=[code], **place), _("Lent."))


def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    """End a loan; the button says of which team or unit."""
    place = {name: request.POST.get(name, "") for name in ("team", "unit")}
    return _done(request, code, lambda by: services.secondments_end(by=by, people=[code], **place), _("Returned."))


def leave(request: HttpRequest, code: str) -> HttpResponse:
    """A person leaves the service."""
    return _done(request, code, lambda by: services.people_leave(by=by, people=[code]), _("Entered as having left."))


def _done(request: HttpRequest, code: str, do: Callable[[Any], object], said: Text) -> HttpResponse:
    person_of(code, now_of(request))
    try:
        done = do(actor_behind(request))
    except NotPermitted:
        raise
    except DomainError as problem:
        return person_page(request, code, problem)
    say(request, done, said)
    return HttpResponseRedirect(reverse("organisation:person", args=[code]))


def _again(request: HttpRequest, code: str, **form: Any) -> HttpResponse:
    response = person_page(request, code, **form)
    response.status_code = UNPROCESSABLE
    return response


def close_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Close a unit that has nobody and nothing left."""
    unit_of(code)
    try:
        services.unit_close(by=actor_behind(request), unit=code)
    except NotPermitted:
        raise
    except DomainError as problem:
        return unit_page(request, code, problem)
    messages.success(request, _("The unit is closed."))
    return HttpResponseRedirect(reverse("organisation:unit", args=[code]))


def role(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    """Who holds a role for a unit, and the form that fills it."""
    line = next((one for one in pages.role_lines(now_of(request), role=code) if one.unit == unit), None)
    if line is None:
        raise Http404
    held = [holder.person for holder in (line.holder, *line.deputies) if holder is not None]
    form = forms.Filling(request.POST or None, initial={"people": "\n".join(held)})
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            services.role_fill(by=actor_behind(request), role=code, unit=unit, people=form.numbers())
        except NotPermitted:
            raise
        except DomainError as wrong:
            problem = wrong
        else:
            messages.success(request, _("The role is filled as stated."))
            return HttpResponseRedirect(reverse("organisation:role", args=[code, unit]))
    context = {
        "line": line,
        "form": form if may_write(request, "organisation:role") else None,
        "problem": problem,
    }
    status = UNPROCESSABLE if form.errors else status_of(problem)
    return render(request, "organisation/role.html", context, status=status)
