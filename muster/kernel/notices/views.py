"""The event stream."""

from __future__ import annotations

from typing import Final

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.denials import not_found
from muster.kernel.notices.address import is_pages_origin
from muster.kernel.notices.stream import standing_of, stream
from muster.kernel.notices.topics import may_follow

MOST_TOPICS: Final = 20


async def events(request: HttpRequest) -> HttpResponseBase:
    """What is announced on `?topic=operation:17&topic=logistics`, as server-sent events.

    Only from the process that is made for it: elsewhere an open stream would hold a thread. Topics that this reader
    may not follow, and topics that do not exist, are "not found" alike.
    """
    topics = request.GET.getlist("topic")
    origin = request.headers.get("Origin", "")
    if not isinstance(request, ASGIRequest) or not _may_open(request, topics, origin):
        return not_found(request)
    last = _number(request.headers.get("Last-Event-ID", request.GET.get("last", "")))
    response = StreamingHttpResponse(stream(topics, last, standing_of(request, topics)), "text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return with_origin(response, origin)


def _may_open(request: HttpRequest, topics: list[str], origin: str) -> bool:
    if len(topics) > MOST_TOPICS or (origin and not is_pages_origin(request, origin)):
        return False
    return may_follow(topics, actor_behind(request).roles)


def with_origin(response: StreamingHttpResponse, origin: str) -> StreamingHttpResponse:
    """Lets our own pages, on another port, read the stream with their cookie; nobody else."""
    response["Vary"] = "Origin, Cookie"
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Credentials"] = "true"
    return response


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
