"""Areas and sites."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from muster.kernel.access.actors import actor_behind
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError
from muster.kernel.organisation import forms, queries, services
from muster.kernel.organisation.boundaries import boundaries_in
from muster.kernel.organisation.choices import AreaKind, SiteKind
from muster.kernel.organisation.codes import NUL
from muster.kernel.organisation.models import Site
from muster.kernel.organisation.queries import pages
from muster.kernel.organisation.queries.outline import outline
from muster.kernel.organisation.views.importing import content_of
from muster.kernel.organisation.views.reading import UNPROCESSABLE, may_write, start_of
from muster.kernel.tables.reading import shown_name

ROWS = 100


def areas(request: HttpRequest) -> HttpResponse:
    """Areas of one kind with inhabitants, sites and whether they have a boundary."""
    return _areas(request)


def _areas(
    request: HttpRequest, form: forms.Boundaries | None = None, problem: DomainError | None = None, status: int = 200
) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in AreaKind.values else AreaKind.DISTRICT.value
    start = start_of(request)
    found = queries.areas(kind)
    context = {
        "kind": kind,
        "kinds": AreaKind.choices,
        "outline": outline(found),
        "areas": found[start : start + ROWS],
        "start": start,
        "next_start": start + ROWS if len(found) > start + ROWS else 0,
        "counts": pages.sites_by_area(),
        "parents": queries.area_names(),
        "form": (form or forms.Boundaries()) if may_write(request, "organisation:set_boundaries") else None,
        "problem": problem,
    }
    return render(request, "organisation/areas.html", context, status=status if problem is None else UNPROCESSABLE)


def set_boundaries(request: HttpRequest) -> HttpResponse:
    """Set the boundaries of areas from a GeoJSON file."""
    form = forms.Boundaries(request.POST, request.FILES)
    if not form.is_valid():
        return _areas(request, form, status=UNPROCESSABLE)
    file = form.cleaned_data["file"]
    try:
        name = shown_name(file.name)
        rows = boundaries_in(content_of(file), file_name=name, datum=form.cleaned_data["datum"])
        count = services.area_boundaries_set(by=actor_behind(request), rows=rows)
    except NotPermitted:
        raise
    except DomainError as problem:
        return _areas(request, form, problem)
    messages.success(
        request, ngettext("%(count)d boundary is set.", "%(count)d boundaries are set.", count) % {"count": count}
    )
    return HttpResponseRedirect(reverse("organisation:areas"))


def sites(request: HttpRequest) -> HttpResponse:
    """Sites by code, of one kind and in one district if asked."""
    districts = {district.code: district.name for district in queries.districts()}
    kind, district, start = request.GET.get("kind", ""), request.GET.get("district", ""), start_of(request)
    found = queries.sites(kind if kind in SiteKind.values else None, district if district in districts else None)
    context = {
        "kind": kind,
        "district": district,
        "kinds": SiteKind.choices,
        "districts": districts,
        "sites": found[start : start + ROWS],
        "count": len(found),
        "start": start,
        "next_start": start + ROWS if len(found) > start + ROWS else 0,
        "units": queries.unit_names(),
        "may_import": may_write(request, "organisation:import"),
    }
    return render(request, "organisation/sites.html", context)


def site(request: HttpRequest, code: str) -> HttpResponse:
    """One site, and the form that changes its facts."""
    found = None if NUL in code else Site.objects.filter(code=code).select_related("area", "unit").first()
    if found is None:
        raise Http404
    facts = {"is_standing": found.is_standing, "is_active": found.is_active, "capacity": found.capacity}
    form = forms.SiteFacts(request.POST if request.method == "POST" else None, initial=facts)
    if request.method == "POST" and form.is_valid():
        services.site_set(by=actor_behind(request), site=code, **form.cleaned_data)
        messages.success(request, _("The site is changed."))
        return HttpResponseRedirect(reverse("organisation:site", args=[code]))
    context = {
        "site": found,
        "form": form if may_write(request, "organisation:site") else None,
    }
    return render(request, "organisation/site.html", context, status=UNPROCESSABLE if form.errors else 200)
