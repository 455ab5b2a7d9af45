"""What partners are asked and have said, clause by clause, about the text as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from muster.engines.plan import Clause, Plan
from muster.engines.plan.hashing import clause_hash
from muster.preparedness.plans.choices import DraftState, Stance
from muster.preparedness.plans.models import ClauseAnswer, Consultation, Draft
from muster.preparedness.plans.queries.drafts import draft_plan

WAITING: Final = "waiting"
OVERDUE: Final = "overdue"
OBJECTED: Final = "objected"
ANSWERED: Final = "answered"
ACKNOWLEDGED: Final = "acknowledged"


@dataclass(frozen=True, slots=True)
class Asked:
    """One clause that a partner is asked about, and where that stands.

    `status`: "waiting" or, past the deadline, "overdue" (the partner has not spoken to this reading), "objected" (the
    plans office has to answer), "answered" (the partner has to speak again), "acknowledged". `answer` is what the
    partner said to this reading last, `before` what it had said to an earlier reading, which counts no more.
    """

    clause: Clause
    hash: str
    status: str
    answer: ClauseAnswer | None
    before: ClauseAnswer | None

    @property
    def is_settled(self) -> bool:
        """Acknowledged as it reads now: silence is never consent."""
        return self.status == ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner's part of a draft: exactly the clauses that name it."""

    consultation: Consultation
    asked: tuple[Asked, ...]

    @property
    def open(self) -> tuple[Asked, ...]:
        """What is not settled."""
        return tuple(one for one in self.asked if not one.is_settled)

    @property
    def to_say(self) -> tuple[Asked, ...]:
        """What the partner has to speak to: unanswered, or objected to and replied to by the bureau."""
        return tuple(one for one in self.asked if one.status in (WAITING, OVERDUE, ANSWERED))

    @property
    def is_silent(self) -> bool:
        """Past the deadline with something it has not spoken to."""
        return any(one.status == OVERDUE for one in self.asked)


def clauses_naming(plan: Plan, partner: str) -> tuple[Clause, ...]:
    """The clauses of a plan that name a partner."""
    return tuple(clause for clause in plan.clauses if partner in clause.partners)


def partners_named(plan: Plan) -> list[str]:
    """Codes of the partners that any clause names, sorted."""
    return sorted({partner for clause in plan.clauses for partner in clause.partners})


def consultation(pk: int) -> Consultation | None:
    """One consultation, or None."""
    return Consultation.objects.select_related("draft", "partner").filter(pk=pk).first()


def consultations_of_partner(partner_id: int | None) -> list[Consultation]:
    """What one partner is or was asked about, the last first; nothing for who is nobody's liaison."""
    if partner_id is None:
        return []
    rows = Consultation.objects.filter(partner_id=partner_id).select_related("draft", "partner")
    return list(rows.order_by("-opened_at", "-id"))


def consultations_open(partner_id: int | None) -> list[Consultation]:
    """What one partner can answer now, the earliest deadline first; nothing for who is nobody's liaison."""
    if partner_id is None:
        return []
    rows = Consultation.objects.filter(partner_id=partner_id, draft__state=DraftState.CONSULTATION)
    return list(rows.select_related("draft", "partner").order_by("deadline", "id"))


def partner_row(found: Consultation, now: datetime) -> PartnerRow:
    """Where one partner's part stands; without clauses while the text is no plan."""
    plan = draft_plan(found.draft)
    return _row(found, plan, list(found.answers.select_related("reply", "person")), now)


def consultation_rows(draft: Draft, now: datetime) -> list[PartnerRow]:
    """Where each partner's part of a draft stands, by partner; two statements."""
    plan = draft_plan(draft)
    answers: dict[int, list[ClauseAnswer]] = defaultdict(list)
    for answer in ClauseAnswer.objects.filter(consultation__draft=draft).select_related("reply", "person"):
        answers[answer.consultation_id].append(answer)
    asked = Consultation.objects.filter(draft=draft).select_related("partner")
    return [_row(found, plan, answers[found.pk], now) for found in asked]


def is_settled(draft: Draft, now: datetime) -> bool:
    """Has every partner that a clause names acknowledged each of these clauses as it reads now?"""
    plan = draft_plan(draft)
    if not isinstance(plan, Plan):
        return False
    rows = consultation_rows(draft, now)
    spoken = {row.consultation.partner.code for row in rows}
    return set(partners_named(plan)) <= spoken and not any(row.open for row in rows)


def acknowledged_at(moment: datetime) -> dict[str, frozenset[str]] | None:
    """Content hashes of the clauses that each partner had acknowledged by a moment and not objected to since.

    None while no partner was ever asked about anything: then nothing is known.
    """
    if not Consultation.objects.filter(opened_at__lte=moment).exists():
        return None
    last: dict[tuple[str, str], str] = {}
    rows = ClauseAnswer.objects.filter(at__lte=moment).order_by("id")
    for partner, reading, stance in rows.values_list("consultation__partner__code", "clause_hash", "stance"):
        last[partner, reading] = stance
    found: dict[str, set[str]] = defaultdict(set)
    for (partner, reading), stance in last.items():
        if stance == Stance.ACKNOWLEDGED:
            found[partner].add(reading)
    return {partner: frozenset(readings) for partner, readings in found.items()}


def _row(found: Consultation, plan: object, answers: Iterable[ClauseAnswer], now: datetime) -> PartnerRow:
    if not isinstance(plan, Plan):
        return PartnerRow(found, ())
    by_clause: dict[str, list[ClauseAnswer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda one: -one.pk):
        by_clause[answer.clause].append(answer)
    clauses = clauses_naming(plan, found.partner.code)
    return PartnerRow(found, tuple(_asked(plan, clause, by_clause, found.deadline < now) for clause in clauses))


def _asked(plan: Plan, clause: Clause, answers: Mapping[str, list[ClauseAnswer]], late: bool) -> Asked:
    reading = clause_hash(plan, clause)
    said = answers.get(clause.id, [])
    now = next((one for one in said if one.clause_hash == reading), None)
    before = next((one for one in said if one.clause_hash != reading), None)
    return Asked(clause, reading, _status(now, late), now, before)


def _status(answer: ClauseAnswer | None, late: bool) -> str:
    if answer is None:
        return OVERDUE if late else WAITING
    if answer.stance == Stance.ACKNOWLEDGED:
        return ACKNOWLEDGED
    return ANSWERED if hasattr(answer, "reply") else OBJECTED
