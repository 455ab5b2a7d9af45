"""Documents of a version to take away; the API gives the same answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from muster.preparedness.plans import queries
from muster.preparedness.plans.documents.clauses import clauses_csv
from muster.preparedness.plans.documents.package import package_of
from muster.preparedness.plans.reading import version_or_404


def clauses(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The clauses as a table in both languages."""
    found = version_or_404(code, number)
    return _file(clauses_csv(queries.plan_of(found)), "text/csv; charset=utf-8", f"{code}-{number}-clauses.csv")


def package(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """The package of the version."""
    return _file(package_of(version_or_404(code, number)), "application/zip", f"{code}-{number}.zip")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
