"""What the people of S City can do: for each kind of unit, the share of its people who hold each qualification.

The everyday ones are common, the scarce ones (languages, negotiation, instructors of protection, medicine) are held by
a few, as in a real force; a plan that needs more of them than there are is told so by its check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from muster.kernel.organisation.rows import QualificationRow

Shares = Mapping[str, float]

QUALIFICATION_ROWS: Final = (
    QualificationRow("patrol", "巡逻防控", "Patrol"),
    QualificationRow("checkpoint", "卡口查控", "Checkpoint duty"),
    QualificationRow("community", "社区警务", "Community policing"),
    QualificationRow("guard", "守卫值守", "Guard duty"),
    QualificationRow("escort", "转运护送", "Escort"),
    QualificationRow("verification", "信息核查", "Verification"),
    QualificationRow("tracing", "流调协查", "Contact tracing", officers_only=True),
    QualificationRow("call_taker", "接警调度", "Call taking"),
    QualificationRow("command_duty", "指挥值守", "Command duty", officers_only=True),
    QualificationRow("custody", "监所看管", "Custody", officers_only=True),
    QualificationRow("driver", "车辆驾驶", "Driving"),
    QualificationRow("language", "外语", "Foreign languages"),
    QualificationRow("cyber", "网络安全", "Cyber security"),
    QualificationRow("investigation", "案件侦查", "Investigation", officers_only=True),
    QualificationRow("data_analysis", "数据分析", "Data analysis"),
    QualificationRow("legal", "法制审核", "Legal review", officers_only=True),
    QualificationRow("protection_instructor", "防护教官", "Protection instruction"),
    QualificationRow("medical", "医疗救护", "Medical care"),
    QualificationRow("negotiator", "谈判", "Negotiation", officers_only=True),
    QualificationRow("traffic", "交通管理", "Traffic management"),
)
OFFICERS_ONLY: Final = frozenset(row.code for row in QUALIFICATION_ROWS if row.officers_only)

_STATION: Final = {
    "patrol": 0.72, "checkpoint": 0.46, "community": 0.55, "guard": 0.40, "escort": 0.16, "verification": 0.30,
    "tracing": 0.05, "call_taker": 0.03, "command_duty": 0.06, "custody": 0.01, "driver": 0.30, "language": 0.006,
    "cyber": 0.004, "investigation": 0.14, "data_analysis": 0.02, "legal": 0.02, "protection_instructor": 0.015,
    "medical": 0.004, "negotiator": 0.006, "traffic": 0.06,
}  # fmt: skip
_OFFICE: Final = {
    "patrol": 0.15, "guard": 0.12, "verification": 0.12, "command_duty": 0.15, "driver": 0.25, "language": 0.02,
    "data_analysis": 0.06, "legal": 0.04, "call_taker": 0.03, "checkpoint": 0.10, "protection_instructor": 0.01,
}  # fmt: skip

OFFICERS: Final[Mapping[str, Shares]] = {
    "station": _STATION,
    "sub_bureau": {
        **_STATION, "community": 0.20, "investigation": 0.30, "command_duty": 0.24, "tracing": 0.18,
        "data_analysis": 0.06, "legal": 0.05, "call_taker": 0.10, "negotiator": 0.012, "custody": 0.03,
    },
    "PSB": {"command_duty": 1.0, "legal": 0.2},
    "CMD": {**_OFFICE, "call_taker": 0.70, "command_duty": 0.60, "data_analysis": 0.12},
    "ORDER": {**_OFFICE, "patrol": 0.80, "checkpoint": 0.55, "guard": 0.60, "community": 0.25, "negotiator": 0.04},
    "TRAFFIC": {**_OFFICE, "traffic": 0.96, "checkpoint": 0.60, "driver": 0.70, "escort": 0.40, "patrol": 0.40},
    "SWAT": {**_OFFICE, "patrol": 0.95, "guard": 0.85, "escort": 0.60, "checkpoint": 0.60, "negotiator": 0.05},
    "CRIMINAL": {**_OFFICE, "investigation": 0.94, "tracing": 0.35, "negotiator": 0.03, "verification": 0.25},
    "ECON": {**_OFFICE, "investigation": 0.95, "data_analysis": 0.15, "tracing": 0.12},
    "FOODDRUG": {**_OFFICE, "investigation": 0.95, "tracing": 0.10},
    "CYBER": {**_OFFICE, "cyber": 0.92, "data_analysis": 0.40, "investigation": 0.25, "tracing": 0.15},
    "EXITENTRY": {**_OFFICE, "language": 0.50, "verification": 0.50, "checkpoint": 0.60, "guard": 0.30},
    "CUSTODY": {**_OFFICE, "custody": 0.96, "guard": 0.70, "escort": 0.25, "medical": 0.015},
    "LEGAL": {**_OFFICE, "legal": 0.95},
    "LOGISTICS": {**_OFFICE, "driver": 0.60, "protection_instructor": 0.05},
    "INSPECTION": {**_OFFICE, "legal": 0.25, "patrol": 0.40},
    "INFO": {**_OFFICE, "data_analysis": 0.70, "cyber": 0.30, "verification": 0.40},
    "MEDICAL": {**_OFFICE, "medical": 0.60, "protection_instructor": 0.30},
    "TRAINING": {**_OFFICE, "protection_instructor": 0.80, "patrol": 0.60, "guard": 0.50, "negotiator": 0.04},
}  # fmt: skip
_AUXILIARY: Final = {
    "patrol": 0.70, "guard": 0.60, "checkpoint": 0.42, "community": 0.45, "driver": 0.28, "verification": 0.12,
    "escort": 0.06, "traffic": 0.06, "call_taker": 0.02, "language": 0.004, "medical": 0.006, "data_analysis": 0.008,
    "protection_instructor": 0.003,
}  # fmt: skip
AUXILIARIES: Final[Mapping[str, Shares]] = {
    "station": _AUXILIARY,
    "CMD": {"call_taker": 0.95, "driver": 0.15, "guard": 0.05},
    "TRAFFIC": {**_AUXILIARY, "traffic": 0.95, "community": 0.0, "checkpoint": 0.60},
    "CUSTODY": {"guard": 0.95, "driver": 0.20, "patrol": 0.10},
    "EXITENTRY": {"verification": 0.70, "guard": 0.40, "language": 0.20, "checkpoint": 0.50},
    "LOGISTICS": {"driver": 0.80, "guard": 0.40},
    "INFO": {"data_analysis": 0.45, "verification": 0.50},
    "MEDICAL": {"medical": 0.50, "driver": 0.40},
}


def shares_of(unit: str, kind: str, auxiliary: bool) -> Shares:
    """The shares of a unit, by its code where it has its own, else by its kind."""
    table, otherwise = (AUXILIARIES, _AUXILIARY) if auxiliary else (OFFICERS, _OFFICE)
    return table.get(unit) or table.get(kind) or otherwise
