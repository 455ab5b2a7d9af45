"""The tree of units, one unit, and the command roles."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.errors import DomainError
from muster.kernel.organisation import queries
from muster.kernel.organisation.queries import pages
from muster.kernel.organisation.queries.people import PAGE
from muster.kernel.organisation.views.reading import may_write, now_of, start_of, status_of


def units(request: HttpRequest) -> HttpResponse:
    """The tree with its strength; names of people stand nowhere."""
    now = now_of(request)
    lines = pages.unit_lines(now)
    tree = [line.node for line in lines]
    context = {
        "lines": lines,
        "skills": pages.skills_of(tree[0].code if tree else "", now, tree),
        "may_import": may_write(request, "organisation:import"),
    }
    return render(request, "organisation/units.html", context)


def unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit: what lies below it, its strength, people, roles, teams and sites."""
    return unit_page(request, code)


def unit_page(request: HttpRequest, code: str, problem: DomainError | None = None) -> HttpResponse:
    """The page of a unit, with what went wrong if something did."""
    now, start = now_of(request), start_of(request)
    lines = pages.unit_lines(now)
    line = next((line for line in lines if line.node.code == code), None)
    if line is None:
        raise Http404
    node, tree = line.node, [one.node for one in lines]
    people = queries.people_of_unit(code, now, start=start, limit=PAGE + 1)
    context = {
        "node": node,
        "path": pages.unit_path(code, tree),
        "lines": [line for line in lines if line.node.parent == code],
        "line": line,
        "skills": pages.skills_of(code, now, tree),
        "people": people[:PAGE],
        "next_start": start + PAGE if len(people) > PAGE else 0,
        "start": start,
        "posts": pages.posts_of_unit(code, now),
        "teams": queries.teams(now, code),
        "sites": pages.sites_of(code),
        "names": queries.qualification_names(),
        "places": queries.place_names(),
        "may_close": may_write(request, "organisation:close_unit") and node.is_active,
        "problem": problem,
    }
    return render(request, "organisation/unit.html", context, status=status_of(problem))


def roles(request: HttpRequest) -> HttpResponse:
    """Command roles with holders, deputies and what is missing."""
    incomplete = request.GET.get("show") == "incomplete"
    lines = pages.role_lines(now_of(request), incomplete=incomplete)
    context = {
        "lines": lines,
        "incomplete": incomplete,
        "vacant": sum(line.holder is None for line in lines),
        "short": sum(line.deputies_missing for line in lines),
    }
    return render(request, "organisation/roles.html", context)
