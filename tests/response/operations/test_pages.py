"""Pages of an operation at a past moment: they say so, show what was known then, and offer nothing to be changed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from muster.preparedness.plans.models import PlanVersion
from muster.response.operations import services
from muster.response.operations.board.moment import now_of
from muster.response.operations.models import Operation, Task
from muster.response.operations.queries.difference import Difference, difference
from muster.response.operations.views.board import running
from tests.kernel.organisation.browser import reader
from tests.response.operations import bureau
from tests.response.operations.bureau import HOUR, NOON

LATER = NOON + 6 * HOUR
PAST = "You are looking at the past"


def as_of(moment: datetime) -> str:
    return f"{moment.astimezone(settings.BUREAU_ZONE):%Y-%m-%dT%H:%M}"


def shown(client: Client, path: str, moment: datetime | None = None) -> str:
    """The page in one line, as of a moment."""
    response = client.get(path, {"as_of": as_of(moment)} if moment else {})
    assert response.status_code == 200, (path, response.content.decode()[:2000])
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def grown(operation: Operation) -> Operation:
    """Level III at NOON; two hours later level II and a closed community, which is opened again at LATER."""
    at = NOON + 2 * HOUR
    raised = services.level_propose(
        by=bureau.duty(at), operation=operation, level=2, reason="more cases", government_level=2
    )
    bureau.approve(raised, bureau.chief(at + HOUR))
    operation.refresh_from_db()
    estate = bureau.site("CC-001")
    services.place_open(by=bureau.duty(at + HOUR), operation=operation, site=estate)
    services.place_close(by=bureau.duty(LATER), operation=operation, site=estate)
    task = operation.tasks.get(clause_id="C01")
    row = services.EvidenceRow("roster", "no. 14")
    services.task_complete(by=bureau.plans_chief(LATER), task=task, evidence=[row])
    return operation


def pages_of(operation: Operation) -> list[str]:
    task, proposal = operation.tasks.get(clause_id="C01"), operation.proposals.get(kind="activate")
    address = f"/operations/{operation.code}/"
    parts = ["", "log/", "decisions/", "proposals/", "places/", "board/", f"tasks/{task.pk}/"]
    return [*(f"{address}{part}" for part in parts), f"/operations/proposals/{proposal.pk}/"]


def test_every_page_says_that_it_shows_the_past_and_leads_back_and_keeps_the_moment(grown: Operation) -> None:
    client, moment = reader("commander"), NOON + HOUR
    for path in pages_of(grown):
        page = shown(client, path, moment)
        assert PAST in page, path
        assert f'data-back-to-now href="{path}"' in page, path
        assert "Change the level" not in page, path
        kept = set(re.findall(r'href="(/operations/[^"]+)"', page)) - {path, "/operations/"}
        assert kept, path
        assert all(f"as_of={as_of(moment).replace(':', '%3A')}" in link for link in kept), (path, kept)
        assert PAST not in shown(client, path), path


def test_the_head_of_a_page_tells_the_level_of_the_moment(grown: Operation) -> None:
    client, path = reader("commander"), f"/operations/{grown.code}/log/"
    assert "Level III response</strong><small>since 2020-01-20 12:00" in shown(client, path, NOON + HOUR)
    assert "Level II response</strong><small>since 2020-01-20 15:00" in shown(client, path)


def test_a_place_that_was_closed_later_was_open_then(grown: Operation) -> None:
    client, path = reader("commander"), f"/operations/{grown.code}/places/"
    mark = '<span class="m-muted">CC-001'
    assert mark in shown(client, path, LATER - HOUR)
    assert mark not in shown(client, path)


def test_a_proposal_that_was_approved_later_waited_then_and_nobody_decides_it_in_the_past(grown: Operation) -> None:
    client, proposal = reader("commander", person="P-DEPUTY"), grown.proposals.get(kind="change_level")
    path = f"/operations/proposals/{proposal.pk}/"
    then, now = shown(client, path, NOON + 2 * HOUR), shown(client, path)
    assert ">Waiting<" in then
    assert "Decided by" not in then
    assert 'name="seen"' not in then
    assert ">Approved<" in now
    assert "Decided by</dt><dd>P-CHIEF · 2020-01-20 15:00" in now
    assert ">Waiting<" in shown(client, f"/operations/{grown.code}/proposals/", NOON + 2 * HOUR)


def test_a_task_shows_only_what_had_become_of_it(grown: Operation) -> None:
    client, task = reader("commander"), grown.tasks.get(clause_id="C01")
    path = f"/operations/{grown.code}/tasks/{task.pk}/"
    then, now = shown(client, path, NOON + HOUR), shown(client, path)
    assert "no. 14" in now
    assert "no. 14" not in then
    assert '"m-badge">Open<' in then
    assert '"m-badge">Done<' in now
    assert then.count("op-step-done") < now.count("op-step-done")


def test_what_was_not_there_yet_says_so(grown: Operation) -> None:
    client = reader("commander")
    later = Task.objects.filter(operation=grown, raised_at__gt=NOON).earliest("raised_at")
    response = client.get(f"/operations/{grown.code}/tasks/{later.pk}/", {"as_of": as_of(NOON + HOUR)})
    assert response.status_code == 422
    page = response.content.decode()
    assert "At this moment this was not there yet." in page
    assert "a moment from 2020-01-20 15:00 on" in page


def test_nothing_is_changed_in_the_past(grown: Operation) -> None:
    client = reader("commander")
    for page in ("level", "stand-down"):
        response = client.get(f"/operations/{grown.code}/{page}/", {"as_of": as_of(NOON + HOUR)})
        assert response.status_code == 422
        assert "The past can be looked at, not changed." in response.content.decode()


def test_an_operation_that_is_stood_down_goes_on_until_its_last_task_is_done(operation: Operation) -> None:
    end = NOON + 4 * HOUR
    ended = services.stand_down_propose(by=bureau.duty(end), operation=operation, reason="over", government_level=0)
    bureau.approve(ended, bureau.chief(end))
    operation.refresh_from_db()
    client = reader("commander", person="P-CHIEF")
    task = operation.tasks.get(clause_id="E01")
    path = f"/operations/{operation.code}/tasks/{task.pk}/"
    assert "Stood down</strong><small>since 2020-01-20 16:00" in shown(client, path)
    response = client.post(f"{path}complete/", {"acknowledgement": "signed by all"})
    assert response.status_code == 302
    assert "signed by all" in shown(client, path)


def test_the_now_of_an_operation_that_is_over_is_its_last_line(operation: Operation) -> None:
    end = NOON + 4 * HOUR
    ended = services.stand_down_propose(by=bureau.duty(end), operation=operation, reason="over", government_level=0)
    bureau.approve(ended, bureau.chief(end))
    operation.refresh_from_db()
    assert now_of(operation) > end + timedelta(days=365), "its winding up is not done, so time goes on"
    for clause, by, kind in (("E01", bureau.chief, "acknowledgement"), ("E02", bureau.plans_chief, "certificate")):
        end += HOUR
        task = operation.tasks.get(clause_id=clause)
        services.task_complete(by=by(end), task=task, evidence=[services.EvidenceRow(kind, "signed")])
    assert now_of(operation) == end


def test_a_difference_that_was_kept_is_read_back_as_it_was(operation: Operation) -> None:
    found = difference(operation=operation, kind="change_level", level=2, at=NOON)
    assert Difference.from_json(found.as_json()) == found


def test_the_board_is_that_of_the_real_operation_until_its_winding_up_is_done(operation: Operation) -> None:
    bureau.activated(operation.plan_version, mode="exercise", at=NOON + HOUR)
    client = reader("commander")
    assert running() == operation
    end = NOON + 4 * HOUR
    ended = services.stand_down_propose(by=bureau.duty(end), operation=operation, reason="over", government_level=0)
    bureau.approve(ended, bureau.chief(end))
    assert running() == operation, "its posts are not released yet"
    assert "Stood down" in shown(client, "/board/")
    operation.tasks.filter(done_at=None, withdrawn_at=None).update(withdrawn_at=end, withdrawn_because="level")
    assert running() == Operation.objects.get(mode="exercise")


def test_an_operation_that_was_refused_never_has_the_board(plan: PlanVersion) -> None:
    services.proposal_refuse(by=bureau.chief(), proposal=bureau.propose(plan), reason="no")
    assert running() is None
    assert "No operation is running" in shown(reader("commander"), "/board/")
