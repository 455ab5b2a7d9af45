"""A lower plan of the shipped one, written as people write it, and ways to load plans that extend one another."""

from __future__ import annotations

from collections.abc import Sequence

from muster.engines.plan import Plan
from muster.engines.plan.together import Source, Together
from tests.engines.plan.faults import PLANS, shipped

HEAD = """\
schema: muster-plan/1
plan: {plan}
version: {version}
title: {{zh: {plan}预案, en: Plan {plan}}}
unit: {unit}
extends: {{plan: {higher}, version: {above}}}
reviewed_on: 2019-12-02
roles:
  own_chief: {{title: {{zh: 本单位值班长, en: Own watch chief}}, unit: {unit}, holder: 值班长 / chief, deputies: [副值班长 / deputy]}}
"""  # noqa: E501
OWN_CLAUSE = """\
clauses:
  - id: {id}
    title: {{zh: 本地 {id}, en: Local {id}}}
    levels: [I, II]
    actor: own_chief
    action: patrol
    due: 4h
    evidence: [patrol_log]
    ends: {{zh: 响应终止, en: The response has ended}}
"""


def lower_text(
    narrows: Sequence[str] = (),
    *,
    plan: str = "S-PHE-SB",
    version: str = "1.0",
    unit: str = "SB-ONE",
    higher: str = "S-PHE-01",
    above: str = "3.0",
    own: str = "DH01",
    more: str = "",
) -> str:
    """The text of a lower plan with these lines in `narrows` and one clause of its own."""
    head = HEAD.format(plan=plan, version=version, unit=unit, higher=higher, above=above)
    lines = "narrows:\n" + "".join(f"  - {{{one}}}\n" for one in narrows) if narrows else ""
    return head + more + lines + (OWN_CLAUSE.format(id=own) if own else "")


def shipped_source(name: str = "S-PHE-01.yaml") -> Source:
    return Source((PLANS / name).read_text("utf-8"), name)


def of_shipped(code: str, number: str, below: object = ()) -> Plan | None:
    """The shipped plan to whoever extends it; read once for all tests."""
    return shipped() if (code, number) == ("S-PHE-01", "3.0") else None


def together(*texts: str) -> list[Plan]:
    """Plans that extend one another or the shipped one."""
    sources = [Source(text, f"{place}.yaml") for place, text in enumerate(texts)]
    return Together(sources, of_shipped).plans()


def lower(narrows: Sequence[str] = (), **words: str) -> Plan:
    (plan,) = together(lower_text(narrows, **words))
    return plan
