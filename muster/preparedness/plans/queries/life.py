"""The life of a draft and of a version: what was done, by whom, what is missing, who is waited for and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from muster.engines.plan import Plan
from muster.preparedness.plans.choices import REQUIRED, AttachmentKind, DraftState, Verdict
from muster.preparedness.plans.models import (
    Approval,
    ApprovedElsewhere,
    Attachment,
    ClauseAnswer,
    Draft,
    Filing,
    LegalOpinion,
    PlanVersion,
    Publication,
)
from muster.preparedness.plans.queries.consulting import PartnerRow, consultation_rows
from muster.preparedness.plans.queries.drafts import draft_plan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a draft stands. `plan` is None while its text is no plan; `missing` are the required attachments."""

    draft: Draft
    plan: Plan | None
    attachments: tuple[Attachment, ...]
    missing: tuple[AttachmentKind, ...]
    partners: tuple[PartnerRow, ...]
    opinions: tuple[LegalOpinion, ...]
    approvals: tuple[Approval, ...]

    @property
    def waited_for(self) -> tuple[PartnerRow, ...]:
        """Partners with something open."""
        return tuple(row for row in self.partners if row.open)

    @property
    def approved(self) -> tuple[Approval, ...]:
        """The approvals that count: of this submission, on this very text."""
        mine = (one for one in self.approvals if one.submission == self.draft.submission)
        return tuple(one for one in mine if one.verdict == Verdict.APPROVED and self.plan is not None)

    @property
    def objections(self) -> int:
        """How many objections wait for an answer of the plans office."""
        return sum(one.status == "objected" for row in self.partners for one in row.asked)


@dataclass(frozen=True, slots=True)
class VersionLife:
    """What is known of how a version came to be and what became of it."""

    version: PlanVersion
    draft: Draft | None
    elsewhere: ApprovedElsewhere | None
    approvals: tuple[Approval, ...]
    opinion: LegalOpinion | None
    attachments: tuple[Attachment, ...]
    acknowledgements: tuple[ClauseAnswer, ...]
    filing: Filing | None
    publication: Publication | None
    superseded_by: PlanVersion | None


def standing(draft: Draft, now: datetime) -> Standing:
    """Where a draft stands at a moment."""
    plan = draft_plan(draft)
    attachments = tuple(draft.attachments.defer("content").select_related("person"))
    there = {one.kind for one in attachments}
    consulted = draft.state in (DraftState.CONSULTATION, DraftState.LEGAL_REVIEW, DraftState.APPROVAL, DraftState.DRAFT)
    return Standing(
        draft=draft,
        plan=plan if isinstance(plan, Plan) else None,
        attachments=attachments,
        missing=tuple(AttachmentKind(kind) for kind in REQUIRED if kind not in there),
        partners=tuple(consultation_rows(draft, now)) if consulted else (),
        opinions=tuple(draft.opinions.select_related("person")),
        approvals=tuple(draft.approvals.select_related("person")),
    )


def books_beside(draft: Draft) -> list[Attachment]:
    """What Muster's own books said, as it was put beside a draft, with its content."""
    return list(draft.attachments.exclude(source="").order_by("kind", "pk"))


def attachment(pk: int) -> Attachment | None:
    """One attachment with its bytes, or None."""
    return Attachment.objects.filter(pk=pk).first()


def life_of(version: PlanVersion) -> VersionLife:
    """How a version came to be and what became of it; what was done outside Muster is as it was stated."""
    draft = Draft.objects.filter(released_as=version).first()
    given = Approval.objects.filter(draft=draft, plan_hash=version.hash, verdict=Verdict.APPROVED)
    opinions = LegalOpinion.objects.filter(draft=draft, plan_hash=version.hash, outcome="passed")
    return VersionLife(
        version=version,
        draft=draft,
        elsewhere=ApprovedElsewhere.objects.filter(version=version).select_related("person").first(),
        approvals=tuple(given.filter(submission=draft.submission).select_related("person")) if draft else (),
        opinion=opinions.select_related("person").first() if draft else None,
        attachments=tuple(draft.attachments.defer("content")) if draft else (),
        acknowledgements=tuple(_acknowledged(draft, version.released_at)) if draft else (),
        filing=Filing.objects.filter(version=version).select_related("person").first(),
        publication=Publication.objects.filter(version=version).first(),
        superseded_by=_next(version),
    )


def life_facts(version: PlanVersion) -> dict[str, Any]:
    """The same as plain values for an export: hashes, service numbers, days; no names and no texts of opinions."""
    life = life_of(version)
    return {
        "approved_elsewhere": life.elsewhere.reference if life.elsewhere else None,
        "approvals": [{"by": one.who, "at": one.at.isoformat(), "hash": one.plan_hash} for one in life.approvals],
        "legal_opinion": {"by": life.opinion.who, "at": life.opinion.at.isoformat()} if life.opinion else None,
        "attachments": [
            {"kind": one.kind, "name": one.file_name, "size": one.size, "sha256": one.sha256, "source": one.source}
            for one in life.attachments
        ],
        "acknowledgements": [
            {
                "partner": one.consultation.partner.code,
                "clause": one.clause,
                "clause_hash": one.clause_hash,
                "by": one.who,
                "at": one.at.isoformat(),
            }
            for one in life.acknowledgements
        ],
        "filing": {"number": life.filing.number, "authority": life.filing.authority, "day": life.filing.day.isoformat()}
        if life.filing
        else None,
        "published_at": life.publication.at.isoformat() if life.publication else None,
        "superseded_by": life.superseded_by.version if life.superseded_by else None,
    }


def _acknowledged(draft: Draft, until: datetime) -> list[ClauseAnswer]:
    """The last acknowledgement of each clause by each partner, of the readings that the draft's text has now."""
    rows = consultation_rows(draft, until)
    found = [one.answer for row in rows for one in row.asked if one.is_settled and one.answer is not None]
    keys = [answer.pk for answer in found]
    return list(ClauseAnswer.objects.filter(pk__in=keys).select_related("consultation__partner", "person"))


def _next(version: PlanVersion) -> PlanVersion | None:
    later = PlanVersion.objects.filter(plan=version.plan_id, released_at__gte=version.released_at).exclude(
        pk=version.pk
    )
    return later.exclude(released_at=version.released_at, pk__lt=version.pk).order_by("released_at", "id").first()
