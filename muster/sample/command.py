"""Who commands in S City: command roles with a holder and two deputies in order, and teams drawn from many units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from muster.kernel.organisation.rows import AppointmentRow, PersonRow, RoleRow, TeamRow
from muster.sample.bureau import BUREAU
from muster.sample.people import by_unit

DEPUTIES: Final = 2
ROLE_ROWS: Final = (
    RoleRow("commander", "指挥长", "Commander", BUREAU),
    RoleRow("duty_chief", "值班长", "Watch commander", "CMD"),
    RoleRow("plans_chief", "预案研判组组长", "Chief of plans", "CMD"),
    RoleRow("order_chief", "社会面防控组组长", "Chief of public order", "ORDER"),
    RoleRow("community_chief", "社区防控组组长", "Chief of communities", "ORDER"),
    RoleRow("traffic_chief", "交通查控组组长", "Chief of traffic", "TRAFFIC"),
    RoleRow("logistics_chief", "后勤保障组组长", "Chief of logistics", "LOGISTICS"),
    RoleRow("health_chief", "健康防护组组长", "Chief of health protection", "MEDICAL"),
    RoleRow("data_chief", "数据核查组组长", "Chief of data", "INFO"),
    RoleRow("case_chief", "流调侦办组组长", "Chief of cases", "CRIMINAL"),
    RoleRow("cyber_chief", "网络舆情组组长", "Chief of cyber security", "CYBER"),
    RoleRow("custody_chief", "监所管控组组长", "Chief of custody", "CUSTODY"),
    RoleRow("border_chief", "口岸涉外组组长", "Chief of exit and entry", "EXITENTRY"),
    RoleRow("publicity_chief", "宣传引导组组长", "Chief of publicity", "POLITICAL"),
    RoleRow("liaison_chief", "联动协调组组长", "Chief of liaison", "GENERAL"),
    RoleRow("legal_chief", "法制保障组组长", "Chief of legal affairs", "LEGAL"),
    RoleRow("inspection_chief", "督察检查组组长", "Chief of inspection", "INSPECTION"),
    RoleRow("training_chief", "防护训练组组长", "Chief of training", "TRAINING"),
    RoleRow("sub_bureau_chief", "分局局长", "Sub-bureau chief", BUREAU, "sub_bureau", DEPUTIES),
    RoleRow("station_chief", "派出所所长", "Station chief", BUREAU, "station", DEPUTIES),
)


@dataclass(frozen=True, slots=True)
class TeamPlan:
    """A team of `unit`: `members` people with one qualification, taken in turn from `units` (codes, or SB and ST)."""

    code: str
    zh: str
    en: str
    unit: str
    qualification: str
    members: int
    units: tuple[str, ...]


TEAMS: Final = (
    TeamPlan("TEAM-TRACING", "流调协查专班", "Joint tracing team", "CRIMINAL", "tracing", 84,
             ("CRIMINAL", "SB", "ECON")),
    TeamPlan("TEAM-TRANSFER", "转运护送专班", "Transfer escort team", "TRAFFIC", "escort", 96, ("TRAFFIC", "SWAT")),
    TeamPlan("TEAM-VERIFY", "名单核查专班", "Verification cell", "INFO", "verification", 72,
             ("INFO", "SB", "EXITENTRY")),
    TeamPlan("TEAM-RUMOUR", "网络谣言处置专班", "Rumour desk", "CYBER", "cyber", 30, ("CYBER", "INFO")),
    TeamPlan("TEAM-CRIME", "涉疫犯罪侦办专班", "Epidemic crime team", "FOODDRUG", "investigation", 60,
             ("FOODDRUG", "CRIMINAL", "ECON")),
    TeamPlan("TEAM-LANGUAGE", "外语服务队", "Language service", "EXITENTRY", "language", 40,
             ("EXITENTRY", "ST", "CMD")),
    TeamPlan("TEAM-NEGOTIATE", "谈判队", "Negotiators", "SWAT", "negotiator", 24, ("SWAT", "CRIMINAL", "ORDER", "SB")),
    TeamPlan("TEAM-PROTECT", "防护教官队", "Protection instructors", "TRAINING", "protection_instructor", 36,
             ("TRAINING", "MEDICAL", "ST", "SB")),
    TeamPlan("TEAM-RESERVE", "机动处突队", "Mobile reserve", "SWAT", "patrol", 120, ("SWAT", "ORDER", "SB")),
    TeamPlan("TEAM-DATA", "疫情数据组", "Epidemic data group", "INFO", "data_analysis", 30, ("INFO", "CYBER", "CMD")),
    TeamPlan("TEAM-CUSTODY-A", "监所封闭一组", "Closed custody team A", "CUSTODY", "custody", 110, ("CUSTODY",)),
    TeamPlan("TEAM-CUSTODY-B", "监所封闭二组", "Closed custody team B", "CUSTODY", "custody", 110, ("CUSTODY",)),
)  # fmt: skip
APART: Final = ("TEAM-CUSTODY-A", "TEAM-CUSTODY-B")  # closed teams never share a member
KIND_PREFIX: Final = {"SB": "SB-", "ST": "ST-"}
MOST_OF_A_UNIT: Final = 0.5  # no team takes more than this share of a unit's holders


def appointments(people: Sequence[PersonRow], at: datetime) -> list[AppointmentRow]:
    """A holder and two deputies for every role in every unit where it is held; nobody commands twice."""
    free = {unit: iter(officers) for unit, officers in by_unit(people).items()}
    return [
        AppointmentRow(role.code, unit, next(free[unit]).code, rank, at)
        for role in ROLE_ROWS
        for unit in _units_of(role, free)
        for rank in range(1 + DEPUTIES)
    ]


def _units_of(role: RoleRow, units: Mapping[str, object]) -> list[str]:
    prefix = {"sub_bureau": "SB-", "station": "ST-"}.get(role.scope)
    return [unit for unit in units if unit.startswith(prefix)] if prefix else [role.unit]


def teams(people: Sequence[PersonRow], commanders: frozenset[str], size: float, seed: int) -> list[TeamRow]:
    """Teams at `size` times their full strength; one person may be in several, but commanders are in none."""
    chance = np.random.default_rng([seed, 5])
    officers = by_unit(person for person in people if person.code not in commanders)
    taken: set[str] = set()
    made = []
    for plan in TEAMS:
        members = tuple(_members(plan, officers, max(2, round(plan.members * size)), taken, chance))
        if plan.code in APART:
            taken.update(members)
        made.append(TeamRow(plan.code, plan.zh, plan.en, plan.unit, members))
    return made


def _members(
    plan: TeamPlan,
    officers: Mapping[str, Sequence[PersonRow]],
    wanted: int,
    taken: set[str],
    chance: np.random.Generator,
) -> Iterator[str]:
    barred = taken if plan.code in APART else set()
    ranks = []
    for unit in _sources(plan, officers):
        able = [p.code for p in officers[unit] if plan.qualification in p.qualifications and p.code not in barred]
        most = max(1, int(len(able) * MOST_OF_A_UNIT)) if able else 0
        ranks += [(turn, unit, able[place]) for turn, place in enumerate(chance.permutation(len(able))[:most].tolist())]
    yield from sorted(code for _turn, _unit, code in sorted(ranks)[:wanted])


def _sources(plan: TeamPlan, officers: Mapping[str, object]) -> list[str]:
    return [u for source in plan.units for u in officers if u.startswith(KIND_PREFIX.get(source, source))]
