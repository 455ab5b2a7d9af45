"""Whatever page or answer shows a name, the log knew before (invariant I7): every route, every role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from muster.kernel.access import personal
from muster.kernel.access.purposes import TABLES
from muster.kernel.access.roles import ADMINISTRATORS, COMMANDER, PARTNER_LIAISON, ROLES
from muster.kernel.access.statements import is_read
from muster.kernel.audit.models import Leaf
from muster.kernel.organisation.models import Person
from tests.kernel.organisation import town

from .cells import addresses

NAMES = [row.name_zh.encode() for row in town.PEOPLE]
REAL = {
    r"/people/no-such": "/people/P0001",
    r"/units/no-such": "/units/ST-001",
    r"/sites/no-such": "/sites/CP-01",
    r"/roles/no-such/no-such": "/roles/R-STATION/ST-001",
}
Open = Callable[[str], Client]


@dataclass
class Tap:
    """What was seen on the connection: reads of personal data, and those before which no entry was written."""

    served: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)


@pytest.fixture
def a_town(db: None) -> None:
    town.build()


def entries() -> int:
    return Leaf.objects.filter(kind="read").count()


@contextmanager
def tap(name: str, into: Tap) -> Iterator[None]:
    """Watches one request."""
    known = entries()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if any(table in sql and is_read(sql, table, entry.columns) for table, entry in TABLES.items()):
            into.served.append(name)
            if entries() <= known:
                into.unrecorded.append(name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def real(path: str) -> str:
    """The address with arguments that name something in the town."""
    for pattern, replacement in REAL.items():
        path = re.sub(pattern, replacement, path)
    return path


def visit_everything(browser: Client, role: str) -> Tap:
    """Every address by GET and by POST; a name that comes back must have been recorded in that very request.

    What is refused is left out here: the matrix shows that it is the page of "not found".
    """
    seen = Tap()
    for address in addresses():
        if address.name == "account_logout":
            continue  # the visit would end there
        for method in ("GET", "POST"):
            if address.policy is None or not address.policy.permits(method, {role}):
                continue
            before = entries()
            with tap(f"{role}: {method} {address.name}", seen):
                answer = browser.generic(method, real(address.path))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            if any(name in body for name in NAMES) and entries() == before:
                seen.unrecorded.append(f"{role}: {method} {address.name} shows a name")
    return seen


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_route_shows_personal_data_that_the_log_does_not_know(reader: Open, a_town: None, role: str) -> None:
    seen = visit_everything(reader(role), role)
    assert seen.unrecorded == []
    if role in {*ADMINISTRATORS, PARTNER_LIAISON}:
        assert seen.served == []
    if role == COMMANDER:
        assert seen.served, "the commander reaches people; a visit that saw nothing proves nothing"


def test_a_reading_without_its_entry_is_noticed(reader: Open, a_town: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(personal, "_leave_entry", lambda *_: None)
    assert visit_everything(reader(COMMANDER), COMMANDER).unrecorded


def test_a_name_shown_past_the_guard_is_noticed(reader: Open, a_town: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "__str__", lambda person: "张一")
    monkeypatch.setattr("muster.kernel.ui.views.phases_for", lambda request: [{"title": str(Person())}])
    assert visit_everything(reader(COMMANDER), COMMANDER).unrecorded


def test_while_the_log_is_down_no_route_shows_anybody(reader: Open, a_town: None) -> None:
    def down(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if "INSERT INTO" in sql and "audit_leaf" in sql:
            raise OperationalError("the disk of the log is full")
        return execute(sql, params, many, context)

    browser = reader(COMMANDER)
    with connection.execute_wrapper(down):
        for address in addresses():
            if address.name == "account_logout":
                continue
            answer = browser.generic("POST", real(address.path))
            assert not any(name in answer.content for name in NAMES), address.name
