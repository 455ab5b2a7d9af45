"""Everything that is read of plans."""

from muster.preparedness.plans.models import ContingencyPlan, Draft, DraftRevision, PlanVersion
from muster.preparedness.plans.queries.checking import findings_of, last_known, moment_of, world_at
from muster.preparedness.plans.queries.drafts import (
    draft,
    draft_of,
    draft_plan,
    draft_revision,
    draft_revisions,
    drafts,
)
from muster.preparedness.plans.queries.remarks import Thread, open_remarks, remark, threads
from muster.preparedness.plans.queries.versions import (
    PlanRow,
    kept_plan,
    latest_version,
    lower_versions,
    plan_of,
    plans,
    plans_of,
    released_plan,
    version,
    version_of_text,
    version_with_hash,
    versions,
    versions_to_activate,
)
from muster.preparedness.plans.queries.words import ground_title, title

__all__ = [
    "ContingencyPlan",
    "Draft",
    "DraftRevision",
    "PlanRow",
    "PlanVersion",
    "Thread",
    "draft",
    "draft_of",
    "draft_plan",
    "draft_revision",
    "draft_revisions",
    "drafts",
    "findings_of",
    "ground_title",
    "kept_plan",
    "last_known",
    "latest_version",
    "lower_versions",
    "moment_of",
    "open_remarks",
    "plan_of",
    "plans",
    "plans_of",
    "released_plan",
    "remark",
    "threads",
    "title",
    "version",
    "version_of_text",
    "version_with_hash",
    "versions",
    "versions_to_activate",
    "world_at",
]
