"""Pages of the log: its entries, one entry with its proof, its checkpoints."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.audit import queries
from muster.kernel.audit.wording import fact_title, fact_value, role_title

LARGEST_KEY = 2**63 - 1


def log(request: HttpRequest) -> HttpResponse:
    """The newest entries, and how the log stands."""
    asked = {name: _text(request, name) for name in ("kind", "action", "principal")}
    if asked["principal"].isdigit():  # people type the number alone
        asked["principal"] = f"account:{asked['principal']}"
    found = queries.entries(before=_number(request, "before"), **asked)
    context = {
        "state": queries.state(),
        "found": found,
        "asked": asked,
        "searching": any(asked.values()),
        "paged": "before" in request.GET,
    }
    return render(request, "audit/log.html", context)


def entry(request: HttpRequest, key: int) -> HttpResponse:
    """One entry, what it says, and the proof that it is in the log."""
    detail = queries.entry(key) if key <= LARGEST_KEY else None
    if detail is None:
        raise Http404
    facts = detail.facts.get("facts", {})
    context = {
        "detail": detail,
        "roles": [role_title(code) for code in detail.facts.get("roles", ())],
        "device_time": fact_value("at", detail.facts.get("device_time")),
        "facts": [(fact_title(name), fact_value(name, value)) for name, value in facts.items()],
    }
    return render(request, "audit/entry.html", context)


def checkpoints(request: HttpRequest) -> HttpResponse:
    """The sealed states of the log, the newest first."""
    rows, older = queries.checkpoints(before=_number(request, "before"))
    context = {"state": queries.state(), "rows": rows, "older": older, "paged": "before" in request.GET}
    return render(request, "audit/checkpoints.html", context)


def _text(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:80]


def _number(request: HttpRequest, name: str) -> int | None:
    """A positive number, or nothing where somebody typed something else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:19]) > 0 and len(text) < 19 else None
