"""Content-Security-Policy: nothing is loaded from another machine, no script runs that is not ours."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from muster.kernel.notices.address import events_origin

Respond = Callable[[HttpRequest], HttpResponse]
PERMISSIONS = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


class Nonce:
    """A nonce that exists only if a template asked for it; most pages have none."""

    def __init__(self) -> None:
        self.value = ""

    def __str__(self) -> str:
        self.value = self.value or secrets.token_urlsafe(16)
        return self.value


class ContentSecurityPolicyMiddleware:
    """Sets the policy on every answer and `request.csp_nonce` for the rare inline script."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = Nonce()
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", content_security_policy(events_origin(request), nonce.value)
        )
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def content_security_policy(events: str = "", nonce: str = "") -> str:
    """The header's value; `events` is the origin of the event stream, a process of its own.

    Style attributes are allowed: charts position their tooltips with them.
    """
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {script}",
            "style-src 'self'",
            "style-src-attr 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            f"connect-src 'self' {events}".rstrip(),
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )
