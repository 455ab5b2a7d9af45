"""What a plan asks for beside its clauses: that a level and a restriction are looked at again, and that it is reported.

Each obligation is a clause like any other, made from the level or from the measure that it is about. It has a task with
an owner and a due time, comes again in rounds, is late like any other, and is closed by its evidence: the record of the
decision, or the report. Its id has a point, which no clause of an author can have:

- `II.R`, review of level II: stands while the level does; due every `review`; owed by the role that sets the level.
- `II.S`, situation report at level II: the same with `report_every`; owed by the role whose clause of the plan reports
  at that level, else by the role that sets it.
- `K03.R`, review of the measure of clause K03: stands in each place from the moment when the measure is in place there
  until its clause ends there; due every `review` of the measure; owed by the role of the clause. A renewal is a review.

Source: Emergency Response Law (2024), articles 10 and 73: measures fit the danger, and end or change with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from muster.engines.plan.types import Clause, Level, Text

REVIEW, REPORT = ".R", ".S"
_NOTHING = Text("")
_LEVEL_REVIEW = Text(
    "依据当前指标、超期任务和缺口，决定维持、调整级别或终止响应，写明理由",
    "By the indicators, the overdue tasks and the shortfalls of now: the level stays, changes or ends, and why",
)
_REPORT = Text(
    "报送疫情、点位、警力、物资、超期任务和待决事项，注明每个数字的截止时间",
    "Epidemic, places, strength, stock, overdue tasks and what must be decided, each figure with its moment",
)
_MEASURE_REVIEW = Text(
    "措施是否仍有必要，范围能否缩小，有无影响更小的办法；写明维持、调整或解除",
    "Is it still needed, can it be smaller, is there a milder way: it stays, changes or ends, and why",
)


def of_levels(levels: Iterable[Level], clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Review and report of each level."""
    reports = [clause for clause in clauses if clause.action == "report" and clause.scales == "once"]
    for level in levels:
        owner = next((clause.actor for clause in reports if level.number in clause.levels), level.activated_by)
        if level.review:
            title = Text(f"响应级别复核（{level.id}级）", f"Review of level {level.id}")
            review = _obligation(level.id + REVIEW, title, _LEVEL_REVIEW, level.activated_by, level.review)
            yield replace(review, levels=frozenset({level.number}))
        if level.report_every:
            title = Text(f"情况报告（{level.id}级响应）", f"Situation report at level {level.id}")
            report = _obligation(level.id + REPORT, title, _REPORT, owner, level.report_every)
            yield replace(
                report,
                levels=frozenset({level.number}),
                action="report",
                evidence=("situation_report",),
                decision=False,
            )


def of_measures(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Review of each measure that lies in a place or in the whole area; what is done for one event has no term."""
    for clause in clauses:
        if clause.measure is not None and clause.measure.review and clause.scales in ("once", "site"):
            title = Text(f"措施复核：{clause.title.in_language('zh')}", f"Review: {clause.title.in_language('en')}")
            review = _obligation(clause.id + REVIEW, title, _MEASURE_REVIEW, clause.actor, clause.measure.review)
            yield replace(
                review,
                levels=clause.levels,
                phase=clause.phase,
                annex=clause.annex,
                scales=clause.scales,
                per=clause.per,
                ground=clause.ground,
                line=clause.line,
            )


def _obligation(name: str, title: Text, text: Text, actor: str, every: timedelta) -> Clause:
    """A review by decision of one role, once for the operation, due at the end of each of its rounds."""
    return Clause(
        id=name,
        title=title,
        text=text,
        phase="response",
        annex="",
        actor=actor,
        action="review",
        levels=frozenset(),
        on="",
        due=every,
        every=every,
        after=(),
        scales="once",
        per="",
        people=(),
        standard="",
        supplies=(),
        partners=(),
        evidence=("decision_record",),
        ends=_NOTHING,
        data_class="none",
        ground="",
        measure=None,
        renews="",
        decision=True,
    )
