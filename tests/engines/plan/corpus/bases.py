# ruff: noqa: E501
"""Five clean plans of different size, structure and wording, as raw values that may be spoiled."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

from muster.engines.plan import Plan, load_plan
from muster.engines.plan.reading import read
from tests.engines.plan.faults import PLANS

Raw = dict[str, Any]
RECORD = ["matter", "level", "area", "expected_duration", "measures", "legal_basis"]
SCALES = {
    "event_grade": [("extraordinary", "特别重大"), ("general", "一般")],
    "warning_colour": [("red", "红色"), ("blue", "蓝色")],
    "duty_grade": [("full", "全员"), ("normal", "常态")],
}
TRIGGERS = {
    "I": ("local_cases_7d >= 60 || province_level == 1", "local_cases_14d < 20 && province_level != 1"),
    "II": ("local_cases_7d >= 15", "local_cases_14d < 12"),
    "III": ("local_cases_7d >= 2", "local_cases_14d < 2"),
    "IV": ("imported_cases_7d >= 1", "imported_cases_7d == 0 && local_cases_14d == 0"),
}


def words(zh: str, en: str) -> Raw:
    return {"zh": zh, "en": en}


def role(zh: str, en: str, unit: str = "", per: str = "") -> Raw:
    place = {"per": per} if per else {"unit": unit}
    return {"title": words(zh, en), **place, "holder": f"{zh}甲 {en}", "deputies": [f"{zh}乙 {en}", f"{zh}丙 {en}"]}


def clause(name: str, zh: str, en: str, actor: str, action: str, due: str, **more: Any) -> Raw:
    made = {
        "id": name,
        "title": words(zh, en),
        "actor": actor,
        "action": action,
        "due": due,
        "evidence": ["activity_log"],
    }
    if "on" not in more:
        made["levels"] = ["I", "II", "III"]
    return made | more


def ending(first: str, actor: str) -> list[Raw]:
    """What every plan ends with."""
    down = {"on": "stand_down", "phase": "recovery"}
    return [
        clause(f"{first}1", "撤销岗位", "Withdraw posts", actor, "release", "6h", **down),
        clause(f"{first}2", "归还物资", "Return goods", actor, "return_goods", "30d", **down),
        clause(f"{first}3", "复盘", "Look back", actor, "review", "45d", **down),
        clause(f"{first}4", "补休和随访", "Rest and follow-up", actor, "care", "60d", **down),
    ]


def frame(code: str, zh: str, en: str, roles: dict[str, Raw], clauses: list[Raw], chief: str, **more: Any) -> Raw:
    levels = {
        name: {
            "name": words(f"{name}级", f"Level {name}"),
            "activated_by": chief,
            "trigger": trigger,
            "release": release,
            "held_days": "5",
        }
        for name, (trigger, release) in TRIGGERS.items()
    }
    return {
        "schema": "muster-plan/1",
        "plan": code,
        "version": "1.0",
        "title": words(zh, en),
        "legal_basis": {
            "response_law": {"title": words("突发事件应对法", "Emergency Response Law"), "articles": "72"},
            "data_law": {"title": words("个人信息保护法", "Personal Information Protection Law"), "articles": "13"},
        },
        "reviewed_on": "2025-03-01",
        "authority": {
            "declared_by": "city government",
            "above_needs": "order",
            "below_needs": "consent",
            "persons": "2",
            "record": RECORD,
        },
        "gradings": {
            scale: [{"id": name, "name": words(zh_name, name)} for name, zh_name in grades]
            for scale, grades in SCALES.items()
        },
        "levels": levels,
        "roles": roles,
        "standards": {
            "light": {"title": words("一般", "Light"), "items": {"surgical_mask": "2", "gloves_pair": "1"}},
            "heavy": {"title": words("严密", "Heavy"), "items": {"kn95": "2", "coverall": "1"}},
        },
        "reserve_days": dict.fromkeys(("surgical_mask", "gloves_pair", "kn95", "coverall"), "20"),
        "clauses": clauses,
        **more,
    }


def station() -> Raw:
    """A small plan: one station, four tasks and the end."""
    roles = {
        "station_chief": role("所长", "Station head", per="station"),
        "watch": role("值班员", "Watch officer", "WATCH"),
    }
    patrol = [{"qualification": "patrol", "count": "3", "shifts": "2", "from": "each:station"}]
    guard = [{"qualification": "guard", "count": "2", "shifts": "3", "from": "place"}]
    clauses = [
        clause("A1", "点名", "Roll-call", "watch", "command", "30m", levels=["I", "II", "III", "IV"]),
        clause("A2", "巡逻", "Walk the beat", "station_chief", "patrol", "8h", every="24h", after=["A1"], people=patrol, standard="light"),
        clause("A3", "医院门岗", "Hospital door", "station_chief", "guard", "3h", per="hospital", people=guard, standard="heavy", partners=["health_commission"], evidence=["handover_receipt"]),
        clause("A4", "晨报", "Morning report", "watch", "report", "07:30", every="24h", after=["A1"]),
        *ending("Z", "station_chief"),
    ]  # fmt: skip
    return frame("T-STA-01", "河东派出所预案", "Hedong station plan", roles, clauses, "station_chief")


def district() -> Raw:
    """A middle plan with restrictions, data and a renewal."""
    roles = {
        "chief": role("指挥长", "Chief", "HQ"),
        "roads": role("道路组长", "Road lead", "ROADS"),
        "homes": role("社区组长", "Community lead", "HOMES"),
        "records": role("数据组长", "Data lead", "RECORDS"),
        "voice": role("宣传组长", "Voice lead", "VOICE"),
    }
    crew = [{"qualification": "checkpoint", "count": "4", "shifts": "3", "from": "place"}]
    term = {"kind": "closed_community", "expires": "10d", "review": "48h"}
    ends = words("命令解除", "The order is lifted")
    high = ["I", "II"]
    clauses = [
        clause("B-01", "设指挥部", "Set up the command", "chief", "command", "1h"),
        clause("B-02", "下达命令", "Give the order", "chief", "decide", "2h", after=["B-01"], decision="true", evidence=["order"]),
        clause("B-10", "设卡", "Road posts", "roads", "control_traffic", "6h", levels=high, per="checkpoint", people=crew, standard="light", ground="response_law", measure={"kind": "checkpoint", "expires": "14d", "review": "3d"}, ends=ends),
        clause("B-20", "小区封控", "Closed estates", "homes", "close_off", "4h", levels=high, after=["B-02"], per="closed_community", people=[{"qualification": "community", "count": "3", "shifts": "3", "from": "place"}], standard="heavy", ground="response_law", measure=term, ends=ends, partners=["subdistricts"], evidence=["partner_acknowledgement"]),
        clause("B-21", "封控续期", "Renew closures", "homes", "review", "24h", levels=high, every="5d", after=["B-20"], per="closed_community", renews="B-20", evidence=["decision_record"]),
        clause("B-30", "通行申请", "Passes", "homes", "serve", "2h", levels=high, per="pass", evidence=["pass_record"]),
        clause("B-31", "异议答复", "Objections", "voice", "inform", "3d", per="objection", evidence=["reply"]),
        clause("B-40", "核查名单", "Lists", "records", "verify", "12h", per="verification_list", data_class="personal", ground="data_law", partners=["disease_control"], evidence=["health_document"]),
        clause("B-50", "每日通报", "Daily notice", "voice", "inform", "18:00", every="24h", evidence=["notice"]),
        clause("B-51", "预警通告", "Early notice", "voice", "notify", "5h", levels=["IV"], evidence=["notice"]),
        *ending("Y", "chief"),
        clause("Y5", "销毁数据", "Destroy the data", "records", "destroy_data", "30d", on="stand_down", phase="recovery", data_class="personal", ground="data_law", evidence=["destruction_certificate"]),
    ]  # fmt: skip
    return frame("T-DIS-02", "河东分局预案", "Hedong district plan", roles, clauses, "chief")


def supply() -> Raw:
    """A long plan: a chain of thirty clauses, the last of which comes again each week."""
    roles = {"store": role("仓储", "Store lead", "STORE"), "drive": role("运输", "Driving lead", "DRIVE")}
    chain = [
        clause(f"S{n:02}", f"第{n}步", f"Step {n}", "store" if n % 2 else "drive", "supply", "4h", after=[f"S{n - 1:02}"] if n else [], levels=["I", "II", "III", "IV"], evidence=["count_sheet"])
        for n in range(30)
    ]  # fmt: skip
    chain[-1] |= {"every": "7d"}
    chain[3] |= {"supplies": [{"item": "rapid_test", "quantity": "50", "basis": "day"}]}
    daily = clause("S90", "日清点", "Daily count", "store", "supply", "10:00", every="24h", evidence=["count_sheet"])
    report = clause("S91", "日报", "Daily paper", "store", "report", "12:00", every="24h", after=["S90"])
    plan = frame(
        "T-SUP-03", "物资保障预案", "Supply plan", roles, [*chain, daily, report, *ending("X", "store")], "store"
    )
    plan["reserve_days"] = {"rapid_test": "14"}
    return plan


def numbered() -> Raw:
    """S City's own plan with its clauses in the opposite order and its numbers turned."""
    plan = city()
    plan["plan"] = "T-CITY-04"
    plan["clauses"] = plan["clauses"][::-1]
    return plan


def city() -> Raw:
    """S City's own plan."""
    root: Raw = read((PLANS / "S-PHE-01.yaml").read_text("utf-8"), "city").root
    return copy.deepcopy(root)


BASES: dict[str, Callable[[], Raw]] = {
    "station": station,
    "district": district,
    "supply": supply,
    "numbered": numbered,
    "city": city,
}


@cache
def _kept(name: str) -> str:
    return json.dumps(BASES[name](), ensure_ascii=False)


def base(name: str) -> Raw:
    """A fresh copy of a base plan, to be spoiled."""
    made: Raw = json.loads(_kept(name))
    return made


def text_of(raw: Raw) -> str:
    """The plan as a text: JSON, which is YAML."""
    return json.dumps(raw, ensure_ascii=False, indent=1)


def loaded(raw: Raw) -> Plan:
    """The plan of raw values, read from their text."""
    return load_plan(text_of(raw), name=str(raw["plan"]))
