"""Rules about people's rights: restrictions with ground, end and way out; personal data with purpose and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from muster.engines.plan.checks.document import STAND_DOWN
from muster.engines.plan.checks.naming import is_nobody
from muster.engines.plan.checks.order import in_hours, never_started, stand_together
from muster.engines.plan.findings import ERROR, WARNING, Finding, Rule
from muster.engines.plan.text import Text
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.world import Yardsticks

NO_MEASURE = Rule(
    "P501",
    ERROR,
    Text("限制措施没有登记", "A restriction that is no measure"),
    Text("条款 {clause} 限制人员通行，却没有写明 measure", "clause {clause} restricts movement but has no measure"),
    Text("写明 measure 的种类、期限和复核时间", "write its measure: kind, expiry and review"),
)
NO_EXPIRY = Rule(
    "P502",
    ERROR,
    Text("限制措施没有期限", "A restriction without an expiry"),
    Text("条款 {clause} 的限制措施没有失效时间", "the measure of clause {clause} never expires"),
    Text("在 measure.expires 写明期限", "give its term in measure.expires"),
)
NO_GROUND = Rule(
    "P503",
    ERROR,
    Text("限制措施没有法律依据", "A restriction without a legal ground"),
    Text("条款 {clause} 限制权利，却没有法律依据", "clause {clause} restricts rights and names no legal ground"),
    Text("在 ground 写明 legal_basis 中的一项", "name an entry of legal_basis in ground"),
)
UNKNOWN_GROUND = Rule(
    "P504",
    ERROR,
    Text("法律依据不在清单中", "A legal ground that the plan does not list"),
    Text(
        "条款 {clause} 的依据 {ground} 不在 legal_basis 中",
        "clause {clause} names the ground {ground}, which is not in legal_basis",
    ),
    Text("在 legal_basis 增加该项，或改为已有的一项", "add it to legal_basis, or name one that is there"),
)
NO_END = Rule(
    "P505",
    ERROR,
    Text("限制措施没有结束条件", "A restriction without an end condition"),
    Text(
        "条款 {clause} 限制权利，却没有写明何时结束", "clause {clause} restricts rights and does not say what ends it"
    ),
    Text("在 ends 写明结束条件", "say in ends what ends it"),
)
NEVER_RECONSIDERED = Rule(
    "P506",
    WARNING,
    Text("限制措施无人复核", "A restriction that nobody reconsiders"),
    Text(
        "条款 {clause} 的限制措施在失效前没有复核", "the measure of clause {clause} is not reviewed before it expires"
    ),
    Text("写明早于失效的 measure.review", "give a measure.review earlier than its expiry"),
)
RENEWED_TOO_LATE = Rule(
    "P507",
    ERROR,
    Text("续期来不及", "The renewal comes too late"),
    Text(
        "条款 {clause} {rhythm}复核条款 {other}、时限 {due}，而其措施 {expires} 就失效",
        "clause {clause} looks at {other} {rhythm} and may take {due}, but its measure expires after {expires}",
    ),
    Text("缩短 every 或 due，使复核早于失效", "shorten every or due, so that it is looked at before it expires"),
)
NO_OBJECTIONS = Rule(
    "P508",
    WARNING,
    Text("没有异议渠道", "No way to object"),
    Text("预案限制权利，却没有受理异议的条款", "the plan restricts rights, but no clause answers objections"),
    Text("增加 per: objection 的条款", "add a clause with per: objection"),
)
NO_EXCEPTIONS = Rule(
    "P509",
    WARNING,
    Text("没有特殊情形通道", "No exceptions for those in need"),
    Text(
        "预案限制通行，却没有为就医和特殊群体办理通行的条款",
        "the plan restricts movement, but no clause gives passes for care and for the vulnerable",
    ),
    Text("增加 per: pass 的条款（突发事件应对法第十一条）", "add a clause with per: pass (Emergency Response Law 11)"),
)
DATA_NOT_DESTROYED = Rule(
    "P510",
    ERROR,
    Text("个人信息没有销毁条款", "Personal data that nobody destroys"),
    Text(
        "{clauses} 等条款使用个人信息，预案却没有终止时销毁的条款",
        "personal data are used ({clauses}), and no clause destroys them at the end",
    ),
    Text(
        "增加 on: stand_down、action: destroy_data 的条款", "add a clause with on: stand_down and action: destroy_data"
    ),
)
DATA_WITHOUT_GROUND = Rule(
    "P511",
    WARNING,
    Text("个人信息没有法律依据", "Personal data without a legal ground"),
    Text("条款 {clause} 处理个人信息，却没有法律依据", "clause {clause} uses personal data and names no legal ground"),
    Text("在 ground 写明依据", "name its ground"),
)
DESTRUCTION_UNPROVED = Rule(
    "P512",
    WARNING,
    Text("销毁没有证明", "Destruction without proof"),
    Text(
        "条款 {clause} 销毁个人信息，却不要求销毁证明",
        "clause {clause} destroys personal data but asks for no certificate",
    ),
    Text("在 evidence 增加 destruction_certificate", "add destruction_certificate to evidence"),
)
RENEWS_IN_VAIN = Rule(
    "P717",
    ERROR,
    Text("续期条款够不着其措施", "A renewal that never meets its measure"),
    Text(
        "条款 {clause} 续期条款 {other} 的措施，但两者从不在同一级别、同一类点位生效，续不到它",
        "clause {clause} renews the measure of {other}, but the two never stand at one level and at one kind of place",
    ),
    Text("使两者的 levels 和 per 一致", "give both the same levels and the same kind of place"),
)
RULES = (
    RENEWS_IN_VAIN,
    NO_MEASURE,
    NO_EXPIRY,
    NO_GROUND,
    UNKNOWN_GROUND,
    NO_END,
    NEVER_RECONSIDERED,
    RENEWED_TOO_LATE,
    NO_OBJECTIONS,
    NO_EXCEPTIONS,
    DATA_NOT_DESTROYED,
    DATA_WITHOUT_GROUND,
    DESTRUCTION_UNPROVED,
)
RESTRICTING: Final = frozenset({"close_off", "control_traffic"})
PERSONAL: Final = frozenset({"personal", "sensitive"})
_ONCE: Final = Text("只一次", "once")
CERTIFICATE: Final = "destruction_certificate"
SHOWN: Final = 4


def restrictions(plan: Plan) -> list[Clause]:
    """Clauses that restrict people's rights."""
    return [clause for clause in plan.clauses if clause.measure is not None or clause.action in RESTRICTING]


def measures(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P501, P502, P503, P505 and P506."""
    for clause in restrictions(plan):
        if clause.measure is None:
            yield NO_MEASURE.in_clause(clause)
        elif clause.measure.expires is None:
            yield NO_EXPIRY.in_clause(clause)
        elif clause.measure.review is None or clause.measure.review >= clause.measure.expires:
            yield NEVER_RECONSIDERED.in_clause(clause)
        if not clause.ground:
            yield NO_GROUND.in_clause(clause)
        if is_nobody(clause.ends.zh) and is_nobody(clause.ends.en):
            yield NO_END.in_clause(clause)


def grounds(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P504 and P511."""
    listed = {ground.id for ground in plan.legal_basis}
    restricting = {clause.id for clause in restrictions(plan)}
    for clause in plan.clauses:
        if clause.ground and listed and clause.ground not in listed:
            yield UNKNOWN_GROUND.in_clause(clause, ground=clause.ground)
        if clause.data_class in PERSONAL and not clause.ground and clause.id not in restricting:
            yield DATA_WITHOUT_GROUND.in_clause(clause)


def renewals(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P507 and P717."""
    dead = never_started(plan)
    for clause in plan.clauses:
        other = plan.by_id.get(clause.renews)
        if other is None or other.measure is None or dead & {clause.id, other.id}:
            continue
        elsewhere = clause.scales != "once" and clause.per != other.per
        if elsewhere or not stand_together(clause, other):
            yield RENEWS_IN_VAIN.in_clause(clause, other=other.id)
        elif other.measure.expires is not None:
            yield from _renewed_too_late(clause, other, other.measure.expires)


def _renewed_too_late(clause: Clause, other: Clause, expires: timedelta) -> Iterator[Finding]:
    """P507: from one renewal to the next it takes a whole round, and as long as the task may take; or only that."""
    due = clause.due if isinstance(clause.due, timedelta) else timedelta()
    every = clause.every or timedelta()
    taken = due if clause.every is None or due <= every else timedelta()
    if every >= expires or every + taken > expires:
        rhythm = Text(f"每 {in_hours(every)} ", f"every {in_hours(every)}") if clause.every else _ONCE
        spans: dict[str, Text | str] = {"rhythm": rhythm, "due": in_hours(taken), "expires": in_hours(expires)}
        yield RENEWED_TOO_LATE.in_clause(clause, other=other.id, **spans)


def ways_out(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P508 and P509."""
    if not restrictions(plan):
        return
    answered = {clause.per for clause in plan.clauses}
    if "objection" not in answered:
        yield NO_OBJECTIONS.in_plan("per:objection")
    if "pass" not in answered:
        yield NO_EXCEPTIONS.in_plan("per:pass")


def personal_data(plan: Plan, measured: Yardsticks) -> Iterator[Finding]:
    """P510 and P512."""
    ending = [clause for clause in plan.clauses if clause.action == "destroy_data" and clause.on == STAND_DOWN]
    using = [clause for clause in plan.clauses if clause.data_class in PERSONAL]
    winds_up = any(clause.on == STAND_DOWN for clause in plan.clauses)  # without any such clause it is P007
    if using and winds_up and not ending:
        yield DATA_NOT_DESTROYED.in_clause(using[0], clauses=", ".join(clause.id for clause in using[:SHOWN]))
    for clause in ending:
        if clause.evidence and CERTIFICATE not in clause.evidence:
            yield DESTRUCTION_UNPROVED.in_clause(clause)


CHECKS = (measures, grounds, renewals, ways_out, personal_data)
