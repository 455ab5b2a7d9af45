"""What people do on the pages of an operation: write, record, open, close, withdraw, take up; only where they may."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from muster.response.operations import services
from muster.response.operations.models import Decision, LogEntry, Operation, PlaceOpening, Proposal, Task
from muster.response.operations.queries.difference import Release, release_at
from tests.kernel.organisation.browser import reader
from tests.response.operations import bureau
from tests.response.operations.bureau import DAY, HOUR, NOON


def page(client: Client, path: str) -> str:
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def chip(text: str, title: str) -> str:
    """The figure on a chip."""
    return re.search(rf">{title} <strong[^>]*>(\d+)<", text)[1]  # type: ignore[index]


def test_whoever_works_in_the_operation_writes_in_its_log(operation: Operation) -> None:
    client = reader("station_chief", person="P-STATION")
    path = f"/operations/{operation.code}/log/"
    assert "A line of your own" in page(client, path)
    assert client.post(path, {"text": "Media at gate 3"}).status_code == 302
    line = LogEntry.objects.get(kind="note")
    assert (line.text_zh, line.author) == ("Media at gate 3", "P-STATION")
    assert "Media at gate 3" in page(client, path)


def test_who_only_reads_is_offered_nothing_to_write(operation: Operation) -> None:
    client = reader("auditor")
    for part, offered in (("log", "A line of your own"), ("decisions", "Record a decision"), ("places", "Open this")):
        path = f"/operations/{operation.code}/{part}/"
        assert offered not in page(client, path)
        assert client.post(path, {"text": "x"}).status_code == 404
    assert not LogEntry.objects.filter(kind="note").exists()


def test_a_decision_is_recorded_with_its_ground_or_not_at_all(operation: Operation) -> None:
    client = reader("commander", person="P-CHIEF")
    path = f"/operations/{operation.code}/decisions/"
    said = {"subject": "Close the night market", "reason": "Crowds", "ground": ""}
    refused = client.post(path, said)
    assert refused.status_code == 422
    assert "Close the night market" in refused.content.decode(), "what was typed is not lost"
    assert client.post(path, said | {"ground": "Emergency Response Law 73"}).status_code == 302
    assert Decision.objects.get(kind="other").subject_zh == "Close the night market"


def test_a_place_is_opened_and_closed_on_its_page_and_only_open_ones_are_shown(operation: Operation) -> None:
    client = reader("duty_officer", person="P-DUTY")
    path = f"/operations/{operation.code}/places/"
    assert client.post(path, {"do": "open", "site": "CC-001"}).status_code == 302
    assert client.post(path, {"do": "open", "site": "CC-001"}).status_code == 422, "it is open"
    shown = page(client, path)
    assert (chip(shown, "Open now"), chip(shown, "Closed community")) == ("2", "1")
    assert client.post(path, {"do": "close", "site": "CC-001"}).status_code == 302
    assert PlaceOpening.objects.get(site__code="CC-001").closed_at is not None
    assert '<span class="m-muted">CC-001' not in page(client, path)
    assert '<span class="m-muted">CC-001' in page(client, f"{path}?closed=1")


def test_a_proposer_withdraws_his_own_proposal(operation: Operation) -> None:
    client = reader("duty_officer", person="P-DUTY")
    level = f"/operations/{operation.code}/level/"
    client.post(level, {"level": 2, "reason": "x", "government_level": 2})
    proposal = Proposal.objects.get(kind="change_level")
    path = f"/operations/proposals/{proposal.pk}/"
    assert "Withdraw the proposal" in page(client, path)
    other = reader("commander", person="P-CHIEF")
    assert "Withdraw the proposal" not in page(other, path)
    assert other.post(path, {"outcome": "withdraw"}).status_code == 422
    assert client.post(path, {"outcome": "withdraw"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.outcome == "withdrawn"


def test_a_recommendation_above_the_governments_level_is_taken_up_with_the_order(operation: Operation) -> None:
    bureau.watch_from(date(2020, 1, 10))
    for day in range(10, 21):
        bureau.report_cases(date(2020, 1, day), 2)
    services.tick(by=bureau.muster(NOON + 9 * HOUR), operation=operation)
    advice = Proposal.objects.get(source="system")
    client = reader("duty_officer", person="P-DUTY")
    path = f"/operations/proposals/{advice.pk}/"
    said = {"outcome": "take_up", "take_up-reason": "as the figures say", "take_up-government_level": 3}
    refused = client.post(path, said)
    assert refused.status_code == 422
    assert "Name the written order" in refused.content.decode()
    assert client.post(path, said | {"take_up-written_order": "S-PSB 17"}).status_code == 302
    own = Proposal.objects.get(source="person", kind="change_level")
    assert (own.written_order, own.level, own.recommended_by) == ("S-PSB 17", 2, advice)


@pytest.mark.parametrize("outcome", ["", "approve", "reopen"])
def test_an_answer_that_is_none_is_no_page(operation: Operation, outcome: str) -> None:
    client = reader("commander", person="P-CHIEF")
    proposal = operation.proposals.get()
    assert client.post(f"/operations/proposals/{proposal.pk}/", {"outcome": outcome}).status_code == 404


def test_the_list_begins_with_what_is_overdue_or_else_with_what_is_to_do(operation: Operation) -> None:
    client = reader("duty_officer")
    path = f"/operations/{operation.code}/"
    late = page(client, path)
    raised = operation.tasks.count()
    assert f'aria-current="true">Overdue <strong class="m-number">{raised}<' in late, "it is years ago"
    open_then = page(client, f"{path}?as_of=2020-01-20T12:30")
    assert f'aria-current="true">To do <strong class="m-number">{raised}<' in open_then


def test_the_tasks_of_ones_own_unit_are_one_step_away_and_the_figures_are_its_own(operation: Operation) -> None:
    client = reader("station_chief", person="P-PLANS")
    path = f"/operations/{operation.code}/"
    shown = page(client, path)
    way = re.search(r'href="([^"]+)">My unit: Command Centre<', shown)
    assert way is not None
    mine = page(client, way[1].replace("&amp;", "&"))
    owed = operation.tasks.filter(unit__code="CMD", withdrawn_at=None)
    assert chip(mine, "All") == str(owed.count())
    assert int(chip(shown, "All")) > owed.count()
    assert ">Review of level III</a>" in shown
    assert ">Review of level III</a>" not in mine


def test_a_level_that_the_plan_does_not_leave_yet_says_so_to_whoever_lowers_it(operation: Operation) -> None:
    client = reader("duty_officer", person="P-DUTY")
    lower = page(client, f"/operations/{operation.code}/stand-down/")
    assert "The plan does not call for leaving Level III response yet." in lower
    assert "held for 0 of 14 days" in lower
    assert "local cases of 14 days = 0" in lower
    assert "The plan does not call" not in page(client, f"/operations/{operation.code}/level/?level=1"), (
        "up is no leaving"
    )


def test_the_days_that_a_release_has_held_are_counted_and_a_day_without_a_look_breaks_them(
    operation: Operation,
) -> None:
    bureau.watch_from(date(2020, 1, 1))
    for day in range(1, 24):
        bureau.report_cases(date(2020, 1, day), 0)
    for day in range(3):
        services.tick(by=bureau.muster(NOON + day * DAY + 9 * HOUR), operation=operation)
    looked = NOON + 2 * DAY + 10 * HOUR
    assert release_at(operation=operation, at=looked) == Release("local_cases_14d == 0", 3, 14)
    late = release_at(operation=operation, at=looked + 2 * DAY)
    assert late is not None
    assert (late.held, late.is_reached) == (0, False)


def test_what_comes_in_is_entered_on_the_page_and_its_task_is_shown(operation: Operation) -> None:
    client = reader("duty_officer", person="P-DUTY")
    path = f"/operations/{operation.code}/"
    assert "Enter what came in" in page(client, path)
    said = {"kind": "transfer", "ref": "T-7", "unit": "ST-NORTH-01"}
    answer = client.post(path, said)
    assert answer.status_code == 302
    assert "tasks of its clause" in page(client, answer["Location"])
    task = Task.objects.get(occurrence="T-7")
    assert (task.clause_id, task.place_code) == ("K05", "ST-NORTH-01")
    for wrong in (said, said | {"ref": ""}, said | {"kind": "conflict"}, said | {"ref": "T-8", "unit": "ATLANTIS"}):
        assert client.post(path, wrong).status_code == 422
    assert Task.objects.filter(clause_id="K05").count() == 1
    assert "Enter what came in" not in page(reader("auditor"), path)


def test_a_place_is_named_as_the_list_names_it(operation: Operation) -> None:
    client = reader("duty_officer", person="P-DUTY")
    path = f"/operations/{operation.code}/places/"
    assert '<option value="Estate 1 · CC-001">Closed community</option>' in page(client, path)
    wrong = client.post(path, {"do": "open", "site": "Atlantis"})
    assert wrong.status_code == 422
    assert "Choose a place from the list." in wrong.content.decode()
    assert client.post(path, {"do": "open", "site": "Estate 1 · CC-001"}).status_code == 302
    assert "Estate 1 · CC-001" not in page(client, path), "it is open"
    lines = LogEntry.objects.filter(kind="place", text_en__contains="Estate 1")
    assert [(line.text_zh, line.text_en) for line in lines] == [
        ("封控小区 一号小区 已启用。", "Closed community Estate 1 is open.")
    ]
