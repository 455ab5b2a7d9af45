"""What no answer may tell. Each check yields what an answer tells nevertheless; the tests want none of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.http import HttpResponseBase
from django.test import AsyncClient, Client
from django.urls import Resolver404, resolve

from muster.kernel.access.policy import Reader
from muster.kernel.commands import NotPermitted
from muster.kernel.notices.topics import policy_of_topic, topic_routes

from .cells import Address, missing_like
from .objects import ASKED, Objects, there

Face = tuple[int, bytes, dict[str, str], str]
LOGOUT = "account_logout"  # a visit would end there
OTHER_TOPICS = ("nothing", "")


def face(response: HttpResponseBase) -> Face:
    """Everything of an answer that its receiver can see."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, body, dict(response.items()), str(response.cookies)


def routes_told(
    browser: Client, held: frozenset[str], methods: Iterable[str], where: Iterable[Address]
) -> Iterator[str]:
    """What a reader may not use is, byte for byte, what does not exist."""
    for method in methods:
        missing = {path: face(browser.generic(method, path)) for path in {address.missing for address in where}}
        assert {status for status, *_ in missing.values()} == {404}
        for address in where:
            if address.permits(method, held):
                continue
            if face(browser.generic(method, address.path)) != missing[address.missing]:
                yield f"{method} {address.path}"


def neighbours_told(browser: Client, where: Iterable[Address]) -> Iterator[str]:
    """An address with a slash too many or too few leads nowhere."""
    for address in where:
        path = address.path.removesuffix("/") if address.path.endswith("/") else f"{address.path}/"
        if not _is_route(path) and face(browser.get(path)) != face(browser.get(missing_like(path))):
            yield f"GET {path}"


def _is_route(path: str) -> bool:
    try:
        return bool(resolve(path or "/"))
    except Resolver404:
        return False


def objects_told(
    browser: Client, held: frozenset[str], objects: Objects, refused: set[str], where: Iterable[Address]
) -> Iterator[str]:
    """Whatever a service refuses, and every other 404, is the answer for what does not exist; of things that exist too.

    Names of routes at which something was refused are added to `refused`.
    """
    for method in ("GET", "POST"):
        missing = {path: face(_sent(browser, method, path)) for path in {address.missing for address in where}}
        for address in where:
            if address.name == LOGOUT or not (address.names_something or address.permits(method, held)):
                continue  # what is refused of a whole route is looked at by `routes_told`
            for path in {address.path, there(address.path, objects)}:
                with refusals() as seen:
                    answer = face(_sent(browser, method, path))
                if seen and address.permits(method, held):
                    refused.add(address.name)
                hidden = seen or answer[0] in {403, 404} or not address.permits(method, held)
                if hidden and answer != missing[address.missing]:
                    yield f"{method} {path}: {answer[0]}"


def _sent(browser: Client, method: str, path: str) -> HttpResponseBase:
    if method == "GET":
        return browser.get(path)
    if path.startswith("/api/"):
        return browser.post(path, ASKED, "application/json")
    answer = browser.post(path, ASKED)
    if answer.status_code == 302:
        browser.get("/")  # reads the message that waits for the next page
    return answer


@contextmanager
def refusals() -> Iterator[list[str]]:
    """What services refused meanwhile."""
    seen: list[str] = []
    honest = NotPermitted.__init__

    def note(self: NotPermitted, where: str = "") -> None:
        seen.append(where)
        honest(self, where)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NotPermitted, "__init__", note)
        yield seen


def strangers_told(method: str, where: Iterable[Address]) -> Iterator[str]:
    """Whoever has not logged in is sent to the door from everywhere."""
    stranger = Client(raise_request_exception=False)
    for address in where:
        if address.policy is not None and address.policy.reader is Reader.ANYBODY:
            continue
        answer, missing = (_at_the_door(stranger, method, path) for path in (address.path, address.missing))
        if answer != missing or answer[0] != (401 if address.is_api else 302):
            yield f"{method} {address.path}"


def _at_the_door(stranger: Client, method: str, path: str) -> Face:
    status, body, headers, cookies = face(stranger.generic(method, path))
    asked_for = f"?next={quote(path, safe='')}"
    return status, body, {**headers, "Location": headers.get("Location", "").replace(asked_for, "")}, cookies


def topics_told(browser: Client, held: frozenset[str]) -> Iterator[str]:
    """A topic that this reader may not follow is one that does not exist."""
    follower = AsyncClient(raise_request_exception=False)
    follower.cookies = browser.cookies
    get = async_to_sync(follower.get)
    missing = face(get("/no/such/address/"))
    for kind in (*topic_routes(), *OTHER_TOPICS):
        policy = policy_of_topic(f"{kind}:1")
        answer = get("/events/", {"topic": f"{kind}:1"})
        if policy is not None and policy.permits("GET", held):
            assert answer.status_code == 200, kind
        elif answer.streaming or face(answer) != missing:
            yield f"{kind}:1"
