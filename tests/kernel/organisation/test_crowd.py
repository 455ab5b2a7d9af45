"""Two people who change the same thing at the same moment, on PostgreSQL: one of them does it, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from muster.kernel import clock
from muster.kernel.commands import Actor, Overtaken
from muster.kernel.organisation import services
from muster.kernel.organisation.codes import CodeTaken
from muster.kernel.organisation.models import Appointment, Team
from muster.kernel.organisation.rows import TeamRow
from tests.kernel.organisation import town

ROUNDS = 12
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def officer() -> Actor:
    return Actor("account:1", frozenset({"duty_officer"}), now=clock.now())


def both(*work: object) -> list[object]:
    """Does both at the same moment; what each came to."""
    start = Barrier(len(work))

    def one(do: object) -> object:
        start.wait()
        try:
            return do()  # type: ignore[operator]
        except (Overtaken, CodeTaken) as refused:  # on the way, or at once where the other was done before it looked
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def test_a_role_that_two_fill_at_once_is_held_by_one_and_nobody_sees_a_fault() -> None:
    town.build()
    for _ in range(ROUNDS):
        services.role_fill(by=officer(), role="R-CHIEF", unit="PSB", people=[])
        outcomes = both(
            lambda: services.role_fill(by=officer(), role="R-CHIEF", unit="PSB", people=["P0001"]),
            lambda: services.role_fill(by=officer(), role="R-CHIEF", unit="PSB", people=["P0005"]),
        )
        assert any(outcome == 1 for outcome in outcomes)
        assert Appointment.objects.filter(role__code="R-CHIEF", ends_at=None).count() == 1


def test_a_code_that_two_give_at_once_is_given_once() -> None:
    town.build()
    for number in range(ROUNDS):
        row = TeamRow(f"T-{number}", "队", "Team", "PSB")
        outcomes = both(*[lambda row=row: services.teams_add(by=officer(), rows=[row])] * 2)  # type: ignore[misc]
        assert len([one for one in outcomes if one == 1]) == 1
        assert Team.objects.filter(code=row.code).count() == 1
