"""The vocabulary of the plan language in words that people use, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from muster.engines.plan.text import Text

_PLACES = {
    "checkpoint": ("查控点", "checkpoint"),
    "closed_community": ("封控小区", "closed community"),
    "quarantine_site": ("集中隔离点", "quarantine site"),
    "hospital": ("定点医院", "designated hospital"),
    "fever_clinic": ("发热门诊", "fever clinic"),
    "sampling_point": ("采样点", "sampling point"),
    "detention_centre": ("看守所", "detention centre"),
    "supply_corridor": ("物资运输绿色通道", "supply corridor"),
    "window_service": ("服务窗口", "window service"),
    "port_of_entry": ("口岸", "port of entry"),
    "temporary_hospital": ("方舱医院", "temporary hospital"),
    "lodging": ("备勤驻地", "lodging for closed teams"),
}
_ARISING = {
    "transfer": ("转运请求", "transfer"),
    "isolation_request": ("协助隔离请求", "request to assist isolation"),
    "pass": ("通行申请", "application for a pass"),
    "objection": ("异议", "objection"),
    "confirmed_case": ("确诊病例", "confirmed case"),
    "crime": ("涉疫案件", "epidemic-related crime"),
    "conflict": ("点位冲突", "conflict at a post"),
    "rumour": ("谣言", "rumour"),
    "exposure": ("职业暴露", "exposure of an officer"),
    "verification_list": ("核查名单", "verification list"),
    "inbound_group": ("入境人员批次", "group of inbound travellers"),
}
_ACTIONS = {
    "command": ("指挥", "command"),
    "report": ("报告", "report"),
    "notify": ("通知", "notify"),
    "decide": ("决定", "decide"),
    "liaise": ("联络会商", "liaise"),
    "guard": ("值守", "guard"),
    "control_traffic": ("交通查控", "control traffic"),
    "close_off": ("封闭管理", "close off"),
    "escort": ("护送", "escort"),
    "patrol": ("巡逻", "patrol"),
    "verify": ("核查", "verify"),
    "trace": ("流调协查", "trace"),
    "investigate": ("侦办", "investigate"),
    "inform": ("发布信息", "inform"),
    "serve": ("服务", "serve"),
    "protect": ("防护", "protect"),
    "train": ("培训", "train"),
    "supply": ("物资保障", "supply"),
    "disinfect": ("消毒", "disinfect"),
    "inspect": ("检查", "inspect"),
    "review": ("复盘复核", "review"),
    "release": ("解除", "release"),
    "destroy_data": ("销毁数据", "destroy data"),
    "return_goods": ("归还物资", "return goods"),
    "care": ("关爱", "care"),
}
_QUALIFICATIONS = {
    "patrol": ("巡逻防控", "patrol"),
    "checkpoint": ("卡口查控", "checkpoint duty"),
    "community": ("社区警务", "community policing"),
    "guard": ("守卫值守", "guard duty"),
    "escort": ("转运护送", "escort"),
    "verification": ("信息核查", "verification"),
    "tracing": ("流调协查", "contact tracing"),
    "call_taker": ("接警调度", "call taking"),
    "command_duty": ("指挥值守", "command duty"),
    "custody": ("监所看管", "custody"),
    "driver": ("车辆驾驶", "driving"),
    "language": ("外语", "foreign languages"),
    "cyber": ("网络安全", "cyber security"),
    "investigation": ("案件侦查", "investigation"),
    "data_analysis": ("数据分析", "data analysis"),
    "legal": ("法制审核", "legal review"),
    "protection_instructor": ("防护教官", "protection instruction"),
    "medical": ("医疗救护", "medical care"),
    "negotiator": ("谈判", "negotiation"),
    "traffic": ("交通管理", "traffic management"),
}
_ITEMS = {
    "surgical_mask": ("医用外科口罩", "surgical masks"),
    "kn95": ("KN95 口罩", "KN95 respirators"),
    "gloves_pair": ("医用手套（双）", "pairs of gloves"),
    "coverall": ("医用防护服", "coveralls"),
    "goggles": ("护目镜", "goggles"),
    "boot_cover_pair": ("防护鞋套（双）", "pairs of boot covers"),
    "disinfectant_ml": ("消毒液（毫升）", "disinfectant (ml)"),
    "rapid_test": ("快速检测试剂", "rapid tests"),
    "meal": ("餐食", "meals"),
    "bed": ("床位", "beds"),
}
_PARTNERS = {
    "health_commission": ("市卫生健康委员会", "health commission"),
    "disease_control": ("市疾病预防控制中心", "disease control"),
    "transport": ("市交通运输局", "transport bureau"),
    "market_regulation": ("市市场监督管理局", "market regulation"),
    "education": ("市教育局", "education bureau"),
    "commerce": ("市商务局", "commerce bureau"),
    "subdistricts": ("各街道办事处", "subdistricts"),
    "property_companies": ("物业公司", "property companies"),
    "volunteers": ("志愿者队伍", "volunteers"),
    "customs": ("海关", "customs"),
    "emergency_management": ("市应急管理局", "emergency management bureau"),
    "media": ("新闻媒体", "media"),
}
_DATA_CLASSES = {
    "none": ("不含个人信息", "no personal data"),
    "internal": ("内部", "internal"),
    "personal": ("个人信息", "personal data"),
    "sensitive": ("敏感个人信息", "sensitive personal data"),
}
_EVIDENCE = {
    "access_list": ("授权名单", "access list"),
    "acknowledgements": ("签收记录", "acknowledgements"),
    "activity_log": ("行动日志", "activity log"),
    "archive_receipt": ("归档回执", "archive receipt"),
    "case_file": ("案卷", "case file"),
    "contact_check": ("通联核对", "contact check"),
    "count_sheet": ("盘点表", "count sheet"),
    "decision_record": ("决定记录", "record of the decision"),
    "delivery_note": ("送货单", "delivery note"),
    "destruction_certificate": ("销毁证明", "destruction certificate"),
    "disinfection_log": ("消毒记录", "disinfection log"),
    "duty_roster": ("勤务排班表", "duty roster"),
    "exposure_record": ("职业暴露登记", "exposure record"),
    "handover_receipt": ("交接单", "hand-over receipt"),
    "health_document": ("卫生健康部门文书", "document of the health authority"),
    "hours_report": ("工时报告", "report of hours"),
    "impact_assessment": ("个人信息保护影响评估", "impact assessment"),
    "incident_report": ("处警记录", "incident report"),
    "inspection_sheet": ("检查表", "inspection sheet"),
    "joint_minutes": ("会商纪要", "joint minutes"),
    "legal_review": ("法制审核意见", "legal review"),
    "list_reply": ("核查反馈", "reply to the list"),
    "notice": ("公告", "published notice"),
    "order": ("命令", "order"),
    "partner_acknowledgement": ("协作单位确认", "partner's acknowledgement"),
    "pass_record": ("通行证记录", "record of passes"),
    "patrol_log": ("巡逻日志", "patrol log"),
    "purchase_order": ("采购单", "purchase order"),
    "receipt": ("收据", "receipt"),
    "reconciliation": ("对账单", "reconciliation"),
    "recording": ("录音录像", "recording"),
    "register": ("登记册", "register"),
    "reply": ("书面答复", "written answer"),
    "rest_ledger": ("补休台账", "ledger of rest owed"),
    "review_report": ("复盘报告", "review report"),
    "roll_call": ("点名记录", "roll-call"),
    "service_figures": ("服务数据", "service figures"),
    "situation_report": ("情况报告", "situation report"),
    "strength_report": ("到岗报告", "strength report"),
    "time_points": ("时间节点记录", "times of each leg"),
    "tracing_report": ("流调协查报告", "tracing report"),
    "training_record": ("培训考核记录", "training record"),
    "verification_record": ("核实记录", "record of the check"),
    "zone_plan": ("分区图", "plan of zones"),
}
_MEASURES = {
    "checkpoint": ("查控", "checkpoint"),
    "closed_community": ("小区封控", "closed community"),
    "isolation": ("隔离", "isolation"),
    "reserved_lane": ("专用车道", "reserved lane"),
    "closed_custody": ("监所封闭", "closed custody"),
}
_INDICATORS = {
    "new_cases": ("新增病例", "new cases"),
    "local_cases_7d": ("近7日本地病例", "local cases of 7 days"),
    "local_cases_14d": ("近14日本地病例", "local cases of 14 days"),
    "imported_cases_7d": ("近7日输入病例", "imported cases of 7 days"),
    "incidence_7d": ("近7日每10万人发病", "7-day incidence per 100,000"),
    "incidence_14d": ("近14日每10万人发病", "14-day incidence per 100,000"),
    "doubling_days": ("倍增时间（天）", "doubling time in days"),
    "rt_mean": ("再生数", "Rt"),
    "rt_q025": ("再生数下限", "lower limit of Rt"),
    "rt_q975": ("再生数上限", "upper limit of Rt"),
    "rt_p_above_1": ("再生数大于1的概率", "probability that Rt is above 1"),
    "province_level": ("省级响应级别", "level of the province"),
    "province_cases_7d": ("近7日全省病例", "cases of the province in 7 days"),
    "external_alert": ("外部预警", "alert from outside"),
    "clusters_open": ("未结聚集性疫情", "open clusters"),
    "officer_absence_pct": ("民警缺勤率（%）", "officers absent in per cent"),
    "officer_exposed_pct": ("民警暴露率（%）", "officers exposed in per cent"),
}
_OPERATORS = {
    "&&": ("且", "and"),
    "||": ("或", "or"),
    "!": ("没有", "no"),
    ">=": ("≥", "≥"),
    "<=": ("≤", "≤"),
    "==": ("=", "="),
    "!=": ("≠", "≠"),
}
VOCABULARIES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "site": _PLACES,
    "arising": _ARISING,
    "action": _ACTIONS,
    "qualification": _QUALIFICATIONS,
    "item": _ITEMS,
    "partner": _PARTNERS,
    "data_class": _DATA_CLASSES,
    "evidence": _EVIDENCE,
    "measure": _MEASURES,
    "indicator": _INDICATORS,
}
_TOKENS: Final = re.compile(r"[A-Za-z_]\w*|[\d.]+|&&|\|\||[<>=!]=|\S")
_ANY: Final = {word: title for words in reversed(tuple(VOCABULARIES.values())) for word, title in words.items()}


def title_of(word: str, kind: str = "") -> Text:
    """What a word of the plan language is called; the word itself where it has no title.

    `kind` is one of VOCABULARIES, for the words that stand in several ("patrol" is an action and a qualification).
    """
    known = VOCABULARIES.get(kind, _ANY)
    return Text(*known[word]) if word in known else Text(word, word)


def titles_of(words: Iterable[str], kind: str = "") -> Text:
    """Several of them in a row."""
    titles = [title_of(word, kind) for word in words]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def in_words(condition: str) -> Text:
    """A condition as people say it: indicators by their titles, operators in words or signs."""
    known = _INDICATORS | _OPERATORS
    tokens = [known.get(token, (token, token)) for token in _TOKENS.findall(condition)]
    if not tokens:
        return Text("", "")
    return Text(*(" ".join(half).replace("( ", "(").replace(" )", ")") for half in zip(*tokens, strict=True)))
