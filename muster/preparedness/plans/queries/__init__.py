"""Everything that is read of plans."""

from muster.preparedness.plans.models import ContingencyPlan, PlanVersion
from muster.preparedness.plans.queries.checking import findings_of, last_known, moment_of, world_at
from muster.preparedness.plans.queries.versions import (
    PlanRow,
    latest_version,
    plan_of,
    plans,
    version,
    version_of_text,
    version_with_hash,
    versions,
    versions_to_activate,
)
from muster.preparedness.plans.queries.words import ground_title, title

__all__ = [
    "ContingencyPlan",
    "PlanRow",
    "PlanVersion",
    "findings_of",
    "ground_title",
    "last_known",
    "latest_version",
    "moment_of",
    "plan_of",
    "plans",
    "title",
    "version",
    "version_of_text",
    "version_with_hash",
    "versions",
    "versions_to_activate",
    "world_at",
]
