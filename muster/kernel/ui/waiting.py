"""Long work on a page: how far it is, shown while it is done, and a way to stop it.

The browser names its request with a number of its own (`progress`); while the request is at work, the page asks under
that number how far it is, and may ask to stop. The work is done in the request itself, in one transaction: stopped or
broken off, nothing of it is left. Without JavaScript the page waits as any page does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from muster.kernel import progress

BETWEEN: Final = 0.25  # s between two looks at the cache while the work goes on
KEPT: Final = 120  # s
Page = Callable[..., HttpResponseBase]


def shows_progress(page: Page) -> Page:
    """A page whose POST may take long: whoever sent it can ask how far it is."""

    @wraps(page)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        number = _number(request.POST.get("progress", "")) if request.method == "POST" else None
        if number is None:
            return page(request, *args, **kwargs)
        try:
            with progress.told_to(_listener(_place(request, number))):
                return page(request, *args, **kwargs)
        finally:
            cache.delete_many([_place(request, number), _stop(_place(request, number))])

    return watched


def how_far(request: HttpRequest, number: UUID) -> HttpResponse:
    """GET: the share that is done, of work that the reader began himself. POST: stop it."""
    place = _place(request, number)
    if request.method == "POST":
        cache.set(_stop(place), True, KEPT)
    return JsonResponse({"share": cache.get(place)}, headers={"Cache-Control": "no-store"})


def _listener(place: str) -> progress.Listener:
    looked = 0.0

    def listen(share: float) -> bool:
        nonlocal looked
        now = time.monotonic()
        if now - looked < BETWEEN:
            return True
        looked = now
        cache.set(place, share, KEPT)
        return not cache.get(_stop(place))

    return listen


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _place(request: HttpRequest, number: UUID) -> str:
    """Where the share is kept: for the reader who began the work, and nobody else."""
    return f"progress:{request.user.pk}:{number}"


def _stop(place: str) -> str:
    return f"{place}:stop"
