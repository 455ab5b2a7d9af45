"""Teams: who is in them, drawing people together, letting them go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.errors import DomainError, Text
from muster.kernel.organisation import forms, queries, services
from muster.kernel.organisation.queries import TeamView
from muster.kernel.organisation.views.reading import UNPROCESSABLE, may_write, now_of, say, status_of


def teams(request: HttpRequest) -> HttpResponse:
    """All teams with how many are in each, and the form for a new one."""
    form = forms.NewTeam(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = form.row()
        return _done(
            request,
            lambda by: services.teams_add(by=by, rows=[row]),
            _("The team is formed."),
            reverse("organisation:team", args=[row.code]),
            lambda problem: _list(request, form, problem),
        )
    return _list(request, form)


def _list(request: HttpRequest, form: forms.NewTeam, problem: DomainError | None = None) -> HttpResponse:
    context = {
        "teams": queries.teams(now_of(request)),
        "units": queries.unit_names(),
        "form": form if may_write(request, "organisation:teams") else None,
        "problem": problem,
    }
    status = UNPROCESSABLE if form.errors else status_of(problem)
    return render(request, "organisation/teams.html", context, status=status)


def team(request: HttpRequest, code: str) -> HttpResponse:
    """One team with its members, and the form that draws more people into it."""
    found = _team_of(request, code)
    form = forms.Members(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            lambda by: services.secondments_start(by=by, people=form.numbers(), team=code),
            _("They are in the team from now on."),
            reverse("organisation:team", args=[code]),
            lambda problem: _page(request, found, form, problem),
        )
    return _page(request, found, form)


def _page(
    request: HttpRequest, found: TeamView, form: forms.Members, problem: DomainError | None = None
) -> HttpResponse:
    keeps = may_write(request, "organisation:team")
    context = {"view": found, "unit": queries.unit(found.unit), "form": form if keeps else None, "problem": problem}
    status = UNPROCESSABLE if form.errors else status_of(problem)
    return render(request, "organisation/team.html", context, status=status)


def release(request: HttpRequest, code: str) -> HttpResponse:
    """One member leaves the team."""
    _team_of(request, code)
    people = [request.POST.get("person", "")]
    here = reverse("organisation:team", args=[code])
    return _done(request, lambda by: services.secondments_end(by=by, people=people, team=code), _("Released."), here)


def close(request: HttpRequest, code: str) -> HttpResponse:
    """The team is dissolved."""
    _team_of(request, code)

    def dissolve(by: Actor) -> None:  # a team may be dissolved although nobody is in it
        services.team_close(by=by, team=code)

    return _done(request, dissolve, _("The team is dissolved."), reverse("organisation:teams"))


def _team_of(request: HttpRequest, code: str) -> TeamView:
    found = next((view for view in queries.teams(now_of(request)) if view.team.code == code), None)
    if found is None:
        raise Http404
    return found


def _done(
    request: HttpRequest,
    do: Callable[[Any], object],
    said: Text,
    target: str,
    again: Callable[[DomainError], HttpResponse] | None = None,
) -> HttpResponse:
    try:
        done = do(actor_behind(request))
    except DomainError as problem:
        if again is None or isinstance(problem, NotPermitted):
            raise
        return again(problem)
    say(request, done, said)
    return HttpResponseRedirect(target)
