"""The event stream alone: long-lived connections must not hold the threads that serve pages."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any, Final

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.settings")

from django.core.asgi import get_asgi_application

EVENTS: Final = "/events/"
Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

_django = get_asgi_application()


async def application(scope: Any, receive: Receive, send: Send) -> None:
    """Serves `/events/` and nothing else: a page here would stop every stream while it is made."""
    if scope["type"] == "http" and scope["path"] == EVENTS:
        await _django(scope, receive, send)  # type: ignore[arg-type]
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})
