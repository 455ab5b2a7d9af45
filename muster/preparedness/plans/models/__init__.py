"""The data of plans: released versions, the drafts from which they come, and everything on the way."""

from muster.preparedness.plans.models.after import ApprovedElsewhere, Filing, Publication, ReviewDue
from muster.preparedness.plans.models.approving import Approval, LegalOpinion
from muster.preparedness.plans.models.checked import NightlyCheck, Suppression
from muster.preparedness.plans.models.consulting import Attachment, ClauseAnswer, Consultation, ObjectionReply
from muster.preparedness.plans.models.drafts import Draft, DraftRevision
from muster.preparedness.plans.models.remarks import Remark
from muster.preparedness.plans.models.stress import BureauSnapshot, StressProgress, StressResult, StressRun
from muster.preparedness.plans.models.uses import ClauseUse
from muster.preparedness.plans.models.versions import ContingencyPlan, PlanVersion

__all__ = [
    "Approval",
    "ApprovedElsewhere",
    "Attachment",
    "BureauSnapshot",
    "ClauseAnswer",
    "ClauseUse",
    "Consultation",
    "ContingencyPlan",
    "Draft",
    "DraftRevision",
    "Filing",
    "LegalOpinion",
    "NightlyCheck",
    "ObjectionReply",
    "PlanVersion",
    "Publication",
    "Remark",
    "ReviewDue",
    "StressProgress",
    "StressResult",
    "StressRun",
    "Suppression",
]
