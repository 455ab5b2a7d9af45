"""An operation and a replay under a lower plan: what it inherits, narrows and adds is one plan."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from muster.cli import main
from muster.preparedness.plans import services as plans
from muster.preparedness.plans.models import PlanVersion
from muster.response.operations.models import Operation, Task
from tests.engines.plan.lower_plans import lower_text
from tests.response.operations import bureau


def text() -> str:
    own = lower_text(["clause: C01, due: 1h"], plan="S-NORTH-01", unit="SB-NORTH", higher="S-SMALL-01", above="1.0")
    return own.replace("levels: [I, II]", "levels: [I, II, III]").replace("action: patrol", "action: report")


@pytest.fixture
def north(db: None) -> PlanVersion:
    bureau.build()
    return plans.version_release(by=bureau.muster(bureau.NOON - bureau.HOUR), text=text(), name="north.yaml")


def test_a_lower_plan_is_activated_with_what_it_inherits_narrows_and_adds(north: PlanVersion) -> None:
    operation = bureau.activated(north, level=3)
    tasks = {task.clause_id: task for task in Task.objects.filter(operation=operation)}
    assert {"C01", "C03", "DH01"} <= set(tasks)
    assert tasks["C01"].due_at == bureau.NOON + timedelta(hours=1)  # two hours in the higher plan
    assert tasks["DH01"].unit is not None
    assert tasks["DH01"].unit.code == "SB-NORTH"


def test_a_lower_plan_is_replayed_upon_the_released_higher_one(
    north: PlanVersion, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "north.yaml").write_text(text(), "utf-8")
    rows = "".join(f"2020-01-{day:02d},{count}\n" for day, count in enumerate([0, 1, 3, 5], start=10))
    (tmp_path / "cases.csv").write_text("date,new_confirmed\n" + rows, "utf-8")
    files = ["--plan", str(tmp_path / "north.yaml"), "--cases", str(tmp_path / "cases.csv")]
    assert main(["replay", *files, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["plan_hash"] == north.hash
    assert Operation.objects.get().plan_version == north
