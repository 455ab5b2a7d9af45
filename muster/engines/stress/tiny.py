"""The smallest plan, bureau and scenario that touch every part of the kernel: what it is compiled with."""

from __future__ import annotations

from datetime import date
from typing import Final

from muster.engines.plan.loading import load_plan
from muster.engines.plan.types import Plan
from muster.engines.rostering import Pool
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.scenario import Recorded, Scenario

_TEXT: Final = """
schema: muster-plan/1
plan: T-TINY-01
version: "1.0"
title: {zh: 最小预案, en: The smallest plan}
legal_basis: {law: {title: {zh: 突发事件应对法, en: Emergency Response Law}, articles: "1"}}
reviewed_on: 2026-01-01
review_months: 36
exercise_months: 12
authority: {declared_by: government, system_may: recommend, above_government: 1, above_needs: order,
  below_needs: consent, persons: 2, record: [matter, level, area, expected_duration, measures, legal_basis]}
gradings:
  event_grade: [{id: a, name: {zh: 甲, en: a}}]
  warning_colour: [{id: a, name: {zh: 甲, en: a}}]
  duty_grade: [{id: a, name: {zh: 甲, en: a}}]
levels:
  I: {name: {zh: 一级, en: I}, colour: a, duty_grade: a, activated_by: chief, trigger: "local_cases_7d >= 1",
    release: "local_cases_7d == 0", held_days: 3, review: 72h, report_every: 24h}
roles: {chief: {title: {zh: 长, en: Chief}, unit: U, holder: 长 / chief, deputies: [副 / deputy]}}
standards: {}
reserve_days: {}
clauses:
  - {id: A01, title: {zh: 甲, en: a}, levels: [I], actor: chief, action: command, due: 4h,
     people: [{qualification: patrol, count: 1, shifts: 1, from: "unit:U"}], evidence: [activity_log],
     ends: {zh: 终止, en: ended}}
"""


def plan() -> Plan:
    """Read anew: nobody needs it often."""
    return load_plan(_TEXT, name="tiny")


BUREAU: Final = Bureau("U", {"U": "bureau"}, (Pool("U", frozenset({"patrol"}), 2),), 1000)
SCENARIO: Final = Scenario(date(2026, 1, 1), 3, Recorded((1, 1, 1)))
