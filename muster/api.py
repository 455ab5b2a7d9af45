"""The same services and queries over HTTP: the areas' routers under /api/, described to each reader as far as he may.

Access is decided before any of this runs, by the policy table; what a reader may not use does not exist here either.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Router
from ninja.security import django_auth

from muster import __version__
from muster.kernel.access.actors import actor_behind
from muster.kernel.access.denials import not_found
from muster.kernel.access.middleware import policy_of
from muster.kernel.commands import CommandConflict, CommandGone, NotPermitted, Overtaken
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

api = NinjaAPI(
    title="Muster", version=__version__, urls_namespace="api", docs_url=None, openapi_url=None, auth=django_auth
)


def collect_routers() -> None:
    """Each area's `api.router`, under the area's name."""
    for prefix, area in AREAS.items():
        if find_spec(f"{area}.api"):
            router: Router = import_module(f"{area}.api").router
            api.add_router(f"/{prefix}/", router, tags=[prefix])


@api.exception_handler(Http404)
@api.exception_handler(NotPermitted)
def conceal(request: HttpRequest, problem: Exception) -> HttpResponse:
    """What is not there and what is refused are one answer."""
    return not_found(request)


@api.exception_handler(DomainError)
def explain(request: HttpRequest, problem: DomainError) -> HttpResponse:
    """What is wrong, where, what was expected, how to mend it, in the language of the reader."""
    status = {CommandConflict: CONFLICT, CommandGone: GONE, Overtaken: CONFLICT}.get(type(problem), UNPROCESSABLE)
    facts = {
        "code": type(problem).__name__,
        "what": str(problem.what),
        "where": str(problem.where),
        "expected": str(problem.expected),
        "mend": str(problem.mend),
    }
    return api.create_response(request, facts, status=status)


def described(request: HttpRequest) -> HttpResponse:
    """The API as OpenAPI 3.1: the operations that this reader may use, and the shapes that they speak of."""
    schema = api.get_openapi_schema()
    schema["paths"] = dict(_open_paths(schema["paths"], actor_behind(request).roles))
    shapes, known = schema["components"]["schemas"], set[str]()
    while fresh := _shapes_in([schema["paths"], *(shapes[name] for name in known)]) - known:
        known |= fresh
    schema["components"]["schemas"] = {name: shapes[name] for name in sorted(known)}
    return JsonResponse(schema)


def _open_paths(paths: dict[str, dict[str, Any]], held: frozenset[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, operations in paths.items():
        policy = policy_of(re.sub(r"{\w+}", "1", path))
        usable = {
            method: operation
            for method, operation in operations.items()
            if policy is not None and policy.permits(method.upper(), held)
        }
        if usable:
            yield path, usable


def _shapes_in(parts: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(parts)))


collect_routers()
