"""A small released plan that is put to the test: what is asked, and an answer such as the engine gives."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from muster.engines.stress import (
    Absence,
    Answers,
    Binding,
    ClauseAnswer,
    Difference,
    Estimate,
    Fan,
    Force,
    MorePeople,
    Outcome,
    RankedRepair,
    Recorded,
    Scenario,
    ShortfallAnswer,
    Swing,
    Variant,
)
from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.rows import PersonRow, QualificationRow
from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion, StressRun
from tests.engines.plan.faults import PLANS
from tests.preparedness.plans import office

CODE = "S-PHE-01"
FIRST = date(2020, 1, 12)
DAYS = 6
AS_OF = office.NOON.date()
NONE = Estimate(0.0, 0.0)
VARIANT = Variant("20 more", (MorePeople("patrol", 20),))
REPAIRS: tuple[dict[str, Any], ...] = (
    {"kind": "more_people", "qualification": "patrol", "count": 20, "units": [], "cross_train": True},
    {"kind": "more_stock", "item": "kn95", "days": 9.5},
    {"kind": "trigger", "level": "II", "trigger": "local_cases_7d >= 5"},
)


def scenario(**changed: Any) -> Scenario:
    return Scenario(FIRST, changed.pop("days", DAYS), changed.pop("cases", Recorded((0, 1, 3, 8))), **changed)


def released() -> PlanVersion:
    """The office with patrols, and a plan in force without faults: that of S City."""
    office.build()
    start = Actor.system("tests", office.NOON - office.DAY)
    second = start.at(start.now)
    organisation.qualifications_add(by=start, rows=[QualificationRow("patrol", "巡逻", "Patrol")])
    people = [PersonRow(f"P-PATROL-{n}", "officer", "某人", unit="CMD", qualifications=("patrol",)) for n in range(9)]
    organisation.people_add(by=second, rows=people)
    text = (PLANS / "S-PHE-01.yaml").read_text("utf-8")
    return services.version_release(by=office.author(), text=text, name="S-PHE-01.yaml")


def asked(version: PlanVersion | None = None, **changed: Any) -> StressRun:
    """A run that waits."""
    stated: dict[str, Any] = {
        "version": version or released(),
        "scenario": scenario().to_plain(),
        "variants": [VARIANT.to_plain()],
        "data_date": AS_OF,
        "replications": 20,
        "seed": 7,
        "title": "第一次",
    }
    return services.stress_request(by=office.author(), **stated | changed)


def begun(version: PlanVersion | None = None) -> StressRun:
    run = asked(version)
    return services.stress_begin(by=office.muster(), run=run)


def done(version: PlanVersion | None = None, content: str = "") -> StressRun:
    run = begun(version)
    return services.stress_finish(by=office.muster(), run=run, content=content or answer(run), engine=1)


def answer(run: StressRun) -> str:
    """It breaks on day 4 at K02 for want of patrols; three repairs are ranked."""
    base, more = answers("", "open", 0.8), answers(VARIANT.name, "open", 0.1)
    outcome = Outcome("S", run.plan_hash, "b", "s", FIRST, DAYS, run.replications, run.seed, 1, (base, more))
    lost = Estimate(-14.0, 1.5)
    difference = Difference(
        VARIANT.name, 20.0, lost, lost, NONE, Estimate(-0.1, 0.3), NONE, {"K02": Estimate(-0.7, 0.1)}
    )
    ranked = [
        RankedRepair(f"repair {n}", 2.0 + n, Estimate(14.0 - n, 1.5), 7.0 - n, (change,))
        for n, change in enumerate(REPAIRS)
    ]
    swing = Swing("absence.peak", 0.1, 0.3, Estimate(-2.0, 0.5), Estimate(6.0, 0.7))
    said = {
        "outcome": outcome.to_plain(),
        "differences": [difference.to_plain()],
        "repairs": [one.to_plain() for one in ranked],
        "tornado": [swing.to_plain()],
    }
    return json.dumps(said, ensure_ascii=False)


def answers(name: str, mode: str, late: float) -> Answers:
    clause = ClauseAnswer(
        "K02", Estimate(late, 0.05), Estimate(4.0, 0.1), Estimate(2.0, 0.1), 0.5, {"0.05": 2, "0.5": 3, "0.95": 4},
        Estimate(120.0, 3.0), Estimate(30.0, 2.0), (Binding("staff", "patrol", 0.9), Binding("time", "", 0.1)),
    )  # fmt: skip
    short = ShortfallAnswer(
        "", "patrol", Estimate(0.8, 0.1), Estimate(2.0, 0.2), Estimate(11.0, 1.0), {"0.5": 3}, (0, 0, 4, 12, 0, 0, 4)
    )
    fan = Fan(
        "posts_lacking",
        {band: (0, 0, n, n + 2, 1, 0) for n, band in enumerate(("0.05", "0.25", "0.5", "0.75", "0.95"))},
    )
    two = Estimate(2.0, 0.4)
    return Answers(
        name, 0.0, Estimate(20.0, 1.0), Estimate(16.0, 1.0), Estimate(4.0, 0.5), (clause,),
        ((0.0, 0.0, late / 2, late, 0.1, 0.0),), (short,), (short,), (), (),
        Force(mode, two, two, two, two, two), (fan,),
        {"0.05": 2, "0.5": 3, "0.95": 4}, (Binding("clause", "K02", 0.8),), (),
    )  # fmt: skip


def impossible() -> Scenario:
    return scenario(absence=Absence(normal=0.3, peak=0.1))
