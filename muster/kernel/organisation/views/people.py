"""People by service number; what they are called is shown on its own request, for a stated purpose, and recorded."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.purposes import EMERGENCY_RESPONSE, KEEP_ORGANISATION, PURPOSES
from muster.kernel.access.roles import STATION_CHIEF
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError
from muster.kernel.organisation import forms, queries
from muster.kernel.organisation.queries import PersonView, pages
from muster.kernel.organisation.queries.details import details_of
from muster.kernel.organisation.queries.people import PAGE
from muster.kernel.organisation.views.reading import may_write, now_of, person_of, start_of, status_of

ROUTES: Final = {EMERGENCY_RESPONSE: "organisation:reach_person", KEEP_ORGANISATION: "organisation:correct_person"}


def people(request: HttpRequest) -> HttpResponse:
    """People whose service number begins with what was typed; there is no search by name."""
    number, start = request.GET.get("number", "").strip()[:64], start_of(request)
    found = queries.people_search(number, now_of(request), start=start, limit=PAGE + 1)
    context = {
        "number": number,
        "people": found[:PAGE],
        "start": start,
        "next_start": start + PAGE if len(found) > PAGE else 0,
        "names": queries.qualification_names(),
        "places": queries.place_names(),
    }
    return render(request, "organisation/people.html", context)


def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person: where he serves, what he is qualified for, which roles and loans he has and had."""
    return person_page(request, code)


def reach(request: HttpRequest, code: str) -> HttpResponse:
    """The same page with name and telephone, to reach the person in an emergency; the reading is recorded first."""
    return _with_details(request, code, EMERGENCY_RESPONSE)


def correct(request: HttpRequest, code: str) -> HttpResponse:
    """The same page with name and telephone, to keep the bureau's record correct; the reading is recorded first."""
    return _with_details(request, code, KEEP_ORGANISATION)


def _with_details(request: HttpRequest, code: str, purpose: str) -> HttpResponse:
    found = person_of(code, now_of(request))
    if not may_reach(request, found):
        raise NotPermitted()
    details = details_of(by=actor_behind(request), people=[found.id], purpose=purpose).get(found.id)
    response = person_page(request, code, details=details, shown_for=PURPOSES[purpose].title)
    response["Cache-Control"] = "no-store"
    return response


def may_reach(request: HttpRequest, found: PersonView) -> bool:
    """A station chief reaches the people of his own unit; who reads for the whole bureau reaches everybody."""
    actor = actor_behind(request)
    wider = PURPOSES[EMERGENCY_RESPONSE].readers - {STATION_CHIEF}
    return not wider.isdisjoint(actor.roles) or found.unit in pages.station_reach(actor.unit_id)


def today_of(request: HttpRequest) -> date:
    """The day of the request in the bureau's zone."""
    return now_of(request).astimezone(settings.BUREAU_ZONE).date()


def person_page(request: HttpRequest, code: str, problem: DomainError | None = None, **more: Any) -> HttpResponse:
    """The page of a person, with what went wrong if something did."""
    found = person_of(code, now_of(request))
    allowed = may_reach(request, found)
    keeps = may_write(request, "organisation:transfer_person")
    unit = queries.unit(found.unit) if found.unit else None
    context = {
        "person": found,
        "unit": unit,
        "partner": queries.partner_names().get(found.partner, found.partner),
        "names": queries.qualification_names(),
        "posts": pages.posts_of_person(code),
        "loans": pages.loans_of_person(code),
        "purposes": [
            {"route": route, "title": PURPOSES[purpose].title}
            for purpose, route in ROUTES.items()
            if allowed and may_write(request, route)
        ],
        "transfer": forms.Transfer() if keeps and found.active and found.unit else None,
        "loan": forms.Loan() if keeps and found.active and found.unit else None,
        "may_leave": keeps and found.active,
        "absence": forms.Away() if keeps and found.active and found.unit else None,
        "absences": queries.absences_of_person(code, today_of(request)),
        "reached": queries.last_confirmed(code) if found.partner else None,
        "problem": problem,
        **more,
    }
    return render(request, "organisation/person.html", context, status=status_of(problem))
