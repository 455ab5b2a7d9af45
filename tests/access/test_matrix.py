"""Route by reader by method: what is refused is, byte for byte, what does not exist (invariant I9)."""

from __future__ import annotations

import os
from collections.abc import Callable
from types import ModuleType

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import resolve

from muster.kernel.access.policy import Reader
from muster.kernel.access.roles import COMMANDER
from muster.kernel.access.table import policy_table, route_names

from .cells import METHODS, Address, addresses, missing_like
from .conftest import EXPIRED, READERS, roles_of

EVERY_CELL = bool(os.environ.get("MUSTER_EVERY_CELL"))
RARE_METHODS_FOR = (EXPIRED,)  # the other methods are refused in the same place; MUSTER_EVERY_CELL=1 tries them all
OURS_TO_DIFFER = {"Server-Timing"}


def face(response: HttpResponseBase) -> tuple[int, bytes, dict[str, str]]:
    """Everything of an answer that its receiver can see."""
    headers = {name: value for name, value in response.items() if name not in OURS_TO_DIFFER}
    cookies = {f"Set-Cookie {name}": "" for name in response.cookies}
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, body, {**headers, **cookies}


def methods_for(kind: str) -> tuple[str, ...]:
    return METHODS if EVERY_CELL or kind in RARE_METHODS_FOR else METHODS[:2]


def test_every_route_has_a_policy_and_a_name() -> None:
    assert [name for name in route_names() if "<" in name] == [], "a route without a name cannot have a policy"
    assert sorted(set(route_names()) - set(policy_table())) == [], "give each of these a row in its area's policies.py"


def test_every_policy_is_of_a_route_that_exists() -> None:
    assert sorted(set(policy_table()) - set(route_names())) == []


def test_every_address_of_the_matrix_is_the_route_that_it_stands_for() -> None:
    found = addresses()
    assert {address.name for address in found} == set(route_names())
    assert [address for address in found if resolve(address.path).view_name != address.name] == []


@pytest.mark.parametrize("kind", READERS)
def test_what_a_reader_may_not_use_looks_like_what_does_not_exist(reader: Callable[[str], Client], kind: str) -> None:
    browser, held = reader(kind), roles_of(kind)
    leaks = []
    for method in methods_for(kind):
        nothing = {}
        for path in ("/no/such/address/", "/api/no/such/address"):
            nothing[path] = face(browser.generic(method, path))
            assert nothing[path][0] == 404
        for address in addresses():
            policy = address.policy
            if policy is not None and policy.permits(method, held):
                continue
            if face(browser.generic(method, address.path)) != nothing[missing_like(address.path)]:
                leaks.append(f"{method} {address.path}")
    assert leaks == []


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_learns_nothing_from_any_address(db: None, method: str) -> None:
    stranger = Client(raise_request_exception=False)
    for address in addresses():
        if _is_public(address):
            continue
        answer = stranger.generic(method, address.path)
        if address.is_api:
            assert face(answer) == face(stranger.generic(method, "/api/no/such/address"))
            assert answer.status_code == 401
        else:
            assert answer.status_code == 302
            assert answer["Location"].split("?")[0] == "/login/"
            there, missing = face(answer), face(stranger.generic(method, "/no/such/address/"))
            assert there[1] == missing[1]
            assert {**there[2], "Location": ""} == {**missing[2], "Location": ""}


def _is_public(address: Address) -> bool:
    return address.policy is not None and address.policy.reader is Reader.ANYBODY


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch, settings: object) -> str:
    """A route that somebody added without a policy."""
    from django.http import HttpResponse
    from django.urls import path

    import muster.urls

    conf = ModuleType("forgotten_urls")
    conf.urlpatterns = [*muster.urls.urlpatterns, path("forgotten/", lambda request: HttpResponse("x"), name="new")]  # type: ignore[attr-defined]
    for name in ("handler400", "handler403", "handler404", "handler500"):
        setattr(conf, name, getattr(muster.urls, name))
    monkeypatch.setitem(__import__("sys").modules, "forgotten_urls", conf)
    settings.ROOT_URLCONF = "forgotten_urls"  # type: ignore[attr-defined]
    return "/forgotten/"


@pytest.mark.parametrize("kind", READERS)
def test_a_route_without_a_policy_is_refused_to_everybody(
    reader: Callable[[str], Client], forgotten: str, kind: str
) -> None:
    browser = reader(kind)
    assert "new" in route_names()
    assert face(browser.get(forgotten)) == face(browser.get("/no/such/address/"))


def test_a_route_without_a_policy_fails_the_build(forgotten: str) -> None:
    with pytest.raises(AssertionError, match="new"):
        test_every_route_has_a_policy_and_a_name()


def test_an_answer_that_gives_a_route_away_is_noticed(
    reader: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison itself: one header, one byte or one status more is seen."""
    browser = reader(COMMANDER)
    missing = browser.get("/no/such/address/")
    plain = face(missing)
    missing["X-Hint"] = "1"
    assert face(missing) != plain
    assert face(browser.get("/access/")) == plain
