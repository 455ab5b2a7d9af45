"""Where a page finds the event stream: a process of its own, one port above the pages, or behind the same proxy."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def events_url(request: HttpRequest) -> str:
    """The address of the stream under the host name that the reader uses, so that his cookie goes there too."""
    if settings.MUSTER_EVENTS_URL:
        return str(settings.MUSTER_EVENTS_URL)
    host = _host(request)
    return f"{request.scheme}://{host}:{settings.MUSTER_EVENTS_PORT}/events/" if host else ""


def events_origin(request: HttpRequest) -> str:
    """Its origin for the content security policy; empty when it is the page's own."""
    parts = urlsplit(events_url(request))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_pages_origin(request: HttpRequest, origin: str) -> bool:
    """Is this the origin of our own pages, seen from the stream?"""
    own = {f"{request.scheme}://{request.get_host()}"}
    if not settings.MUSTER_EVENTS_URL:
        own.add(f"{request.scheme}://{_host(request)}:{settings.MUSTER_EVENTS_PORT - 1}")
    return origin in own


def _host(request: HttpRequest) -> str:
    """The name without the port; an IPv6 address keeps its brackets; empty for a host that is not ours."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    return host if host.endswith("]") else host.rsplit(":", 1)[0]
