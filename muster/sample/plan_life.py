"""November 2019: how version 3.0 of S City's plan came to be, from the draft to its filing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from muster.engines.plan import Plan
from muster.kernel.access.roles import COMMANDER, FIELD_OFFICER, PARTNER_LIAISON, PLANS_OFFICER
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Person, PersonQualification
from muster.kernel.organisation.queries import role_holders
from muster.preparedness.plans import services
from muster.preparedness.plans.models import Consultation, Draft, PlanVersion
from muster.preparedness.plans.permits import LEGAL_REVIEW
from muster.preparedness.plans.queries.consulting import consultation_rows
from muster.preparedness.plans.queries.drafts import draft_plan

OBJECTOR: Final = "health_commission"
OBJECTED: Final = "K10"
OBJECTION: Final = "转运车辆由急救中心调度，公安派员随车应以路口疏导为限，请明确。"
ANSWER: Final = "本条只写押运和开道，车辆调度归贵委；每车两名民警不进入病员舱，防护按本预案标准。条款不作修改。"
RISK: Final = """# S市突发公共卫生事件风险评估（2019年11月）

- 冬春季呼吸道传染病高发；铁路、口岸、批发市场人员密集。
- 监所、窗口、街面巡逻警力暴露风险高；防护物资储备不足十四天。
- 结论：风险较高，须修订2.0版预案中无人负责、时限冲突和储备不足的条款。

S市及其数据均为虚构。
"""
OPINION: Final = (
    "经审核，本预案各项限制措施均有法律依据、期限和复核程序，系统只作建议、级别由人决定，"
    "个人信息处理有用途和销毁条款。合法，通过。"
)
NUMBER, AUTHORITY, FILED_ON = "S应急备〔2019〕47号", "S市应急管理局", date(2019, 12, 6)


def at(day: int, hour: int = 1, month: int = 11) -> datetime:
    """A moment of that winter, in UTC."""
    return datetime(2019, month, day, hour, tzinfo=UTC)


def life_play(text: str, based_on: PlanVersion, released_at: datetime) -> PlanVersion:
    """The draft, its papers, the partners, the lawyers, the two who approve; release, filing, the public part."""
    author = holder("plans_chief", 0, PLANS_OFFICER, at(4))
    draft = services.draft_open(by=author, code=based_on.plan.code, based_on=based_on)
    draft = services.draft_save(by=author.at(at(5)), draft=draft, base_revision=draft.revision, text=text)
    _papers(author, draft)
    draft = services.consultation_begin(by=author.at(at(6)), draft=draft, deadline=at(20, 15))
    _consult(author, draft)
    services.legal_submit(by=author.at(at(21)), draft=draft)
    seen = _hash(draft)
    services.legal_opine(by=_lawyer(at(25)), draft=draft, seen=seen, outcome="passed", advice=OPINION)
    for rank, moment in enumerate((at(27), at(28))):
        services.draft_approve(by=holder("commander", rank, COMMANDER, moment), draft=draft, seen=seen)
    version = services.draft_release(by=author.at(released_at), draft=draft)
    by = author.at(at(6, month=12))
    services.version_file(by=by, version=version, number=NUMBER, authority=AUTHORITY, day=FILED_ON)
    services.version_publish(by=author.at(at(9, month=12)), version=version)
    return version


def _papers(author: Actor, draft: Draft) -> None:
    by, name = author.at(at(5, 3)), "风险评估-2019-11.md"
    services.document_attach(by=by, draft=draft, kind="risk_assessment", file_name=name, content=RISK.encode())
    services.books_attach(by=author.at(at(5, 4)), draft=draft, kind="resource_survey", day=date(2019, 11, 4))


def _consult(author: Actor, draft: Draft) -> None:
    """Every partner acknowledges; the health commission first objects to one clause and is answered."""
    for day, row in enumerate(consultation_rows(draft, at(7))):
        code = row.consultation.partner.code
        readings = {one.clause.id: one.hash for one in row.asked}
        if code == OBJECTOR:
            _object(author, row.consultation, readings)
        speaker = _speaker(row.consultation, at(14 if code == OBJECTOR else 8 + day // 3))
        services.clauses_acknowledge(by=speaker, consultation=row.consultation, clauses=readings)


def _object(author: Actor, consultation: Consultation, readings: dict[str, str]) -> None:
    speaker = _speaker(consultation, at(11))
    stated = {"clause": OBJECTED, "seen": readings[OBJECTED], "reason": OBJECTION}
    objection = services.clause_object(by=speaker, consultation=consultation, **stated)
    services.objection_reply(by=author.at(at(13)), objection=objection, reason=ANSWER)


def _speaker(consultation: Consultation, moment: datetime) -> Actor:
    people = Person.objects.filter(partner=consultation.partner_id, kind="liaison", active=True)
    return _acting(people.order_by("code").first(), PARTNER_LIAISON, moment)


def holder(role: str, rank: int, access: str, moment: datetime) -> Actor:
    """Who held a command role at a moment (0), or deputised for it (1, 2), acting with a role of access."""
    found = role_holders(role, None, moment)[rank]
    return _acting(Person.objects.get(code=found.person), access, moment)


def _lawyer(moment: datetime) -> Actor:
    held = PersonQualification.objects.filter(qualification__code=LEGAL_REVIEW, person__unit__code="LEGAL")
    found = held.filter(person__kind="officer").select_related("person").order_by("person__code").first()
    return _acting(found.person if found else None, FIELD_OFFICER, moment)


def _acting(person: Person | None, role: str, moment: datetime) -> Actor:
    """A person of the story at a moment of it, by the principal of his account where he has one."""
    assert person is not None, "the city has nobody for this part of the story"
    account = person.accounts.values_list("pk", flat=True).first()
    return Actor(
        f"account:{account}" if account else f"sample:{person.code}",
        frozenset({role}),
        account_id=account,
        person_id=person.pk,
        unit_id=person.unit_id,
        partner_id=person.partner_id,
        now=moment,
    )


def _hash(draft: Draft) -> str:
    plan = draft_plan(draft)
    assert isinstance(plan, Plan)
    return plan.hash
