"""Everything that changes plans."""

from muster.preparedness.plans.services.after import version_file, version_publish
from muster.preparedness.plans.services.approving import (
    draft_approve,
    draft_refuse,
    draft_release,
    draft_take_back,
    legal_opine,
)
from muster.preparedness.plans.services.attaching import books_attach, document_attach
from muster.preparedness.plans.services.consulting import (
    clause_object,
    clauses_acknowledge,
    consultation_begin,
    deadline_move,
    legal_submit,
    objection_reply,
)
from muster.preparedness.plans.services.drafts import draft_open, draft_save, draft_withdraw
from muster.preparedness.plans.services.nightly import released_check
from muster.preparedness.plans.services.releasing import TOPIC, refuse_again, refuse_long_title, version_release
from muster.preparedness.plans.services.remarks import clauses_rename, remark_settle, remark_write
from muster.preparedness.plans.services.repairing import repair_take
from muster.preparedness.plans.services.reviews import review_call, review_decide, reviews_look
from muster.preparedness.plans.services.stressing import (
    stress_begin,
    stress_cancel,
    stress_fail,
    stress_finish,
    stress_request,
)
from muster.preparedness.plans.services.suppressing import finding_suppress, suppression_lift
from muster.preparedness.plans.services.trying import clause_used, exercise_note

__all__ = [
    "TOPIC",
    "books_attach",
    "clause_object",
    "clause_used",
    "clauses_acknowledge",
    "clauses_rename",
    "consultation_begin",
    "deadline_move",
    "document_attach",
    "draft_approve",
    "draft_open",
    "draft_refuse",
    "draft_release",
    "draft_save",
    "draft_take_back",
    "draft_withdraw",
    "exercise_note",
    "finding_suppress",
    "legal_opine",
    "legal_submit",
    "objection_reply",
    "refuse_again",
    "refuse_long_title",
    "released_check",
    "remark_settle",
    "remark_write",
    "repair_take",
    "review_call",
    "review_decide",
    "reviews_look",
    "stress_begin",
    "stress_cancel",
    "stress_fail",
    "stress_finish",
    "stress_request",
    "suppression_lift",
    "version_file",
    "version_publish",
    "version_release",
]
