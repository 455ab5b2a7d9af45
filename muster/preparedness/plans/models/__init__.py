"""The data of plans: released versions, and the drafts from which they come."""

from muster.preparedness.plans.models.drafts import Draft, DraftRevision
from muster.preparedness.plans.models.versions import ContingencyPlan, PlanVersion

__all__ = ["ContingencyPlan", "Draft", "DraftRevision", "PlanVersion"]
