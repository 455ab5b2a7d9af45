"""Two people in one operation at the same moment, on PostgreSQL: what one was shown is what happens, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, connections, transaction

from muster.kernel.errors import DomainError
from muster.response.operations import errors, services
from muster.response.operations.models import Evidence, Operation, PlaceOpening, Proposal
from muster.response.operations.queries.difference import difference_of
from tests.response.operations import bureau

BRIEFLY = 1.0  # seconds; long enough for another statement to reach the database
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def apart(work: Callable[[], object]) -> object:
    """What some work in a connection of its own came to."""
    try:
        return work()
    except DomainError as refused:
        return type(refused)
    finally:
        connections.close_all()


def test_a_place_that_opens_while_a_level_is_approved_is_shown_first(operation: Operation) -> None:
    by, proposer, opener = bureau.chief(), bureau.duty(), bureau.deputy()
    proposal = services.level_propose(by=proposer, operation=operation, level=2, reason="x", government_level=2)
    mark, site = difference_of(proposal=proposal, at=by.now).mark, bureau.site("CC-001")
    opened, asked = Event(), Event()

    def open_slowly() -> object:
        with transaction.atomic():
            services.place_open(by=opener, operation=operation, site=site)
            opened.set()
            asked.wait(BRIEFLY)
        return None

    def approve() -> object:
        opened.wait()
        return services.proposal_approve(by=by, proposal=proposal, reason="x", seen=mark)

    with ThreadPoolExecutor(2) as pool:
        slow, other = pool.submit(apart, open_slowly), pool.submit(apart, approve)
        assert slow.result() is None
        assert other.result() is errors.DifferenceChanged
    assert Proposal.objects.get(pk=proposal.pk).outcome == "waiting"
    assert PlaceOpening.objects.filter(site=site).count() == 1


def test_a_task_that_two_complete_at_once_is_completed_by_one(operation: Operation) -> None:
    row = services.EvidenceRow("roster", "sheet 1")
    task, start = operation.tasks.get(clause_id="C01"), Barrier(2)

    def complete() -> object:
        by = bureau.plans_chief()
        start.wait()
        return services.task_complete(by=by, task=task, evidence=[row]).pk

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(apart, [complete, complete]))
    assert sorted(map(str, outcomes)) == sorted([str(task.pk), str(errors.TaskClosed)])
    assert Evidence.objects.count() == 1
