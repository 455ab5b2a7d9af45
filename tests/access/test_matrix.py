"""Route by reader by method by object: what is refused is, byte for byte, what does not exist (invariant I9)."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Final

import pytest
from django.test import Client
from django.urls import resolve

from muster.kernel.access.models import Account
from muster.kernel.access.roles import (
    AUDITOR,
    COMMANDER,
    EXERCISE_CONTROLLER,
    FIELD_OFFICER,
    PARTNER_LIAISON,
    ROLES,
    SECURITY_ADMINISTRATOR,
    STATION_CHIEF,
)
from muster.kernel.access.table import policy_table, route_names
from muster.kernel.organisation.models import Person

from . import objects
from .cells import METHODS, addresses
from .checks import face, neighbours_told, objects_told, routes_told, strangers_told, topics_told
from .conftest import EXPIRED, NO_ROLE, READERS, roles_of
from .leaks import LEAKS
from .objects import Objects, there

Open = Callable[[str], Client]
EVERY_CELL = bool(os.environ.get("MUSTER_EVERY_CELL"))
RARE_METHODS_FOR = (EXPIRED,)  # the other methods are refused in the same place; MUSTER_EVERY_CELL=1 tries them all
AT_OBJECTS = (PARTNER_LIAISON, EXERCISE_CONTROLLER, STATION_CHIEF, SECURITY_ADMINISTRATOR)
REFUSED_BY_A_SERVICE: Final = {
    EXERCISE_CONTROLLER: {"operations:change_level", "api:operation_level", "situation:move_signal"},  # it is real
    STATION_CHIEF: {
        "organisation:reach_person",
        "operations:begin_task",
        "api:operation_task_begin",
    },  # of another unit
}


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
def test_what_a_reader_may_not_use_looks_like_what_does_not_exist(reader: Open, kind: str) -> None:
    assert list(routes_told(reader(kind), roles_of(kind), methods_for(kind), addresses())) == []


def test_no_neighbour_of_an_address_gives_it_away(reader: Open) -> None:
    assert list(neighbours_told(reader(NO_ROLE), addresses())) == []


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_learns_nothing_from_any_address(db: None, method: str) -> None:
    assert list(strangers_told(method, addresses())) == []


@pytest.fixture
def things(db: None) -> Objects:
    return objects.build()


def test_there_is_something_at_every_address_that_names_something(reader: Open, things: Objects) -> None:
    named = [address for address in addresses() if address.names_something]
    assert [address.path for address in named if there(address.path, things) == address.path] == []
    readers = {role: reader(role) for role in ROLES}
    liaison = Person.objects.get(code=objects.LIAISON)  # what is his partner's is there for him alone
    Account.objects.filter(login=f"T-{PARTNER_LIAISON}").update(person=liaison)
    for one in named:
        may = [role for role in ROLES if one.permits("GET", roles_of(role))]
        if may:
            assert readers[may[0]].get(there(one.path, things)).status_code != 404, one.path


@pytest.mark.parametrize("kind", ROLES if EVERY_CELL else AT_OBJECTS)
def test_what_is_refused_of_a_thing_that_exists_looks_as_if_it_did_not(
    reader: Open, things: Objects, kind: str
) -> None:
    refused: set[str] = set()
    assert list(objects_told(reader(kind), roles_of(kind), things, refused, addresses())) == []
    assert refused >= REFUSED_BY_A_SERVICE.get(kind, set()), "these services have nothing left that they refuse"


@pytest.mark.parametrize("kind", [*AT_OBJECTS, COMMANDER, AUDITOR])
def test_a_topic_that_is_refused_is_one_that_nobody_announces(reader: Open, kind: str) -> None:
    assert list(topics_told(reader(kind), roles_of(kind))) == []


@pytest.mark.parametrize("kind", [NO_ROLE, FIELD_OFFICER, SECURITY_ADMINISTRATOR])
def test_the_api_is_described_to_each_reader_as_far_as_he_may_use_it(reader: Open, kind: str) -> None:
    described = reader(kind).get("/api/openapi.json").json()
    told = {
        (resolve(re.sub(r"{\w+}", "1", path)).view_name, method.upper())
        for path, operations in described["paths"].items()
        for method in operations
    }
    routes = [one for one in addresses() if one.name.startswith("api:")]
    assert told == {
        (one.name, method) for one in routes for method in METHODS[:2] if one.permits(method, roles_of(kind))
    }
    spoken_of = set(re.findall(r"schemas/(\w+)", str(described)))
    assert spoken_of == set(described["components"]["schemas"])


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
def test_a_route_without_a_policy_is_refused_to_everybody(reader: Open, forgotten: str, kind: str) -> None:
    browser = reader(kind)
    assert "new" in route_names()
    assert face(browser.get(forgotten)) == face(browser.get("/no/such/address/"))


def test_a_route_without_a_policy_fails_the_build(forgotten: str) -> None:
    with pytest.raises(AssertionError, match="new"):
        test_every_route_has_a_policy_and_a_name()


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(reader: Open, name: str) -> None:
    some, held = addresses()[::12], roles_of(EXERCISE_CONTROLLER)
    over, controller = reader(EXPIRED), reader(EXERCISE_CONTROLLER)

    def at_an_operation() -> Iterator[str]:
        levels = [one for one in addresses() if one.path.endswith(("no-such/level", "no-such/level/"))]
        return objects_told(controller, held, objects.build(), set(), levels)

    checks = (
        lambda: routes_told(over, frozenset(), METHODS, some),
        lambda: strangers_told("GET", some),
        lambda: topics_told(over, frozenset()),
        lambda: neighbours_told(over, some),
        at_an_operation,
        lambda: routes_told(controller, held, ["POST"], addresses()),
    )
    with pytest.MonkeyPatch.context() as patch:
        LEAKS[name](patch)
        assert any(told for check in checks for told in check())
