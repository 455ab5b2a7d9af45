"""An operation and what is reported to it, driven through every crash: the commands of the work areas."""

from __future__ import annotations

from datetime import date

from muster.kernel.access import services as access
from muster.preparedness.plans import services as plans
from muster.prevention.situation import services as situation
from muster.prevention.situation.rows import CountRow, InputRow
from muster.response.operations import services as operations
from muster.response.operations.models import Task
from muster.response.operations.queries.difference import difference_of
from tests.faults.scenarios import Prepared, account, scenario, security
from tests.kernel.organisation import town
from tests.response.operations import bureau


@scenario
def the_whole_town_is_divided_into_areas() -> Prepared:
    return town.services.areas_add, {"by": town.keeper(), "rows": town.AREAS}


@scenario
def somebody_is_moved_to_another_station() -> Prepared:
    town.build()
    return town.services.person_transfer, {"by": town.keeper(), "person": "P0004", "unit": "ST-003"}


@scenario
def an_unfinished_second_factor_is_reset() -> Prepared:
    return access.factors_reset, {"by": security(), "account": account(), "reason": "telephone lost"}


@scenario
def a_plan_is_released() -> Prepared:
    text = bureau.PLAN.read_text("utf-8")
    return plans.version_release, {"by": bureau.muster(), "text": text, "name": bureau.PLAN.name}


@scenario
def the_evening_s_counts_arrive() -> Prepared:
    town.build()
    by = bureau.muster()
    situation.counts_receive(by=by, rows=[CountRow("D-NORTH", date(2020, 1, 18), 2)], source="tests")
    rows = [CountRow(area, day, 3) for area in ("D-NORTH", "D-SOUTH") for day in ("2020-01-18", "2020-01-19")]
    return situation.counts_receive, {"by": by.again(), "rows": rows, "source": "health commission"}


@scenario
def the_province_declares_a_level() -> Prepared:
    town.build()
    row = InputRow("province_level", 2, bureau.NOON, kind="count", lasting=True, source="tests")
    return situation.inputs_record, {"by": bureau.muster(), "rows": [row]}


@scenario
def an_operation_is_proposed() -> Prepared:
    version = bureau.build()
    stated = {
        "matter_zh": "疫情",
        "matter_en": "Epidemic",
        "expected_until": date(2020, 4, 30),
        "measures": "值守",
        "legal_basis": "突发事件应对法第七十二条",
        "reason": "首例病例",
        "government_level": 3,
    }
    proposed = {"plan_version": version, "mode": "live", "area": bureau.city(), "level": 3, **stated}
    return operations.activation_propose, {"by": bureau.duty(), **proposed}


@scenario
def an_operation_is_approved_and_its_tasks_are_raised() -> Prepared:
    proposal = bureau.propose(bureau.build())
    by = bureau.chief()
    seen = difference_of(proposal=proposal, at=by.now).mark
    return operations.proposal_approve, {"by": by, "proposal": proposal, "reason": "同意", "seen": seen}


@scenario
def a_proposal_is_refused() -> Prepared:
    proposal = bureau.propose(bureau.build())
    return operations.proposal_refuse, {"by": bureau.chief(), "proposal": proposal, "reason": "不同意"}


@scenario
def a_place_is_opened() -> Prepared:
    operation = bureau.activated(bureau.build())
    site = bureau.site("QS-001")
    return operations.place_open, {"by": bureau.duty(bureau.NOON + bureau.HOUR), "operation": operation, "site": site}


@scenario
def a_task_is_acknowledged() -> Prepared:
    operation = bureau.activated(bureau.build())
    task = Task.objects.filter(operation=operation).order_by("pk")[0]
    return operations.task_acknowledge, {"by": bureau.duty(bureau.NOON + bureau.HOUR), "task": task}


@scenario
def a_line_is_written_in_the_log() -> Prepared:
    operation = bureau.activated(bureau.build())
    by = bureau.duty(bureau.NOON + bureau.HOUR)
    return operations.note_write, {"by": by, "operation": operation, "text_zh": "路口封闭", "text_en": "Road closed"}
