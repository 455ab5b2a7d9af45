"""The same services and queries over HTTP: the areas' routers under /api/, described by /api/openapi.json.

Access is decided before any of this runs, by the policy table; what a reader may not use does not exist here either.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.security import django_auth

from muster import __version__
from muster.kernel.access.denials import not_found
from muster.kernel.commands import CommandConflict, CommandGone, NotPermitted
from muster.kernel.errors import DomainError

AREAS: Final = {
    "audit": "muster.kernel.audit",
    "organisation": "muster.kernel.organisation",
    "access": "muster.kernel.access",
    "situation": "muster.prevention.situation",
    "logistics": "muster.preparedness.logistics",
    "plans": "muster.preparedness.plans",
    "operations": "muster.response.operations",
}
CONFLICT, GONE, UNPROCESSABLE = 409, 410, 422

api = NinjaAPI(title="Muster", version=__version__, urls_namespace="api", docs_url=None, auth=django_auth)


def collect_routers() -> None:
    """Each area's `api.router`, under the area's name."""
    for prefix, area in AREAS.items():
        if find_spec(f"{area}.api"):
            router: Router = import_module(f"{area}.api").router
            api.add_router(f"/{prefix}/", router, tags=[prefix])


@api.exception_handler(DomainError)
def explain(request: HttpRequest, problem: DomainError) -> HttpResponse:
    """What is wrong, where, what was expected, how to mend it, in the language of the reader."""
    if isinstance(problem, NotPermitted):
        return not_found(request)
    status = {CommandConflict: CONFLICT, CommandGone: GONE}.get(type(problem), UNPROCESSABLE)
    facts = {
        "code": type(problem).__name__,
        "what": str(problem.what),
        "where": str(problem.where),
        "expected": str(problem.expected),
        "mend": str(problem.mend),
    }
    return api.create_response(request, facts, status=status)


collect_routers()
