"""The plan language: what a plan says, and the one meaning of it."""

from muster.engines.plan.errors import PlanInvalid, Problem, StateInvalid
from muster.engines.plan.loading import json_schema, load_plan
from muster.engines.plan.types import Clause, Level, Plan, Role, Text

__all__ = [
    "Clause",
    "Level",
    "Plan",
    "PlanInvalid",
    "Problem",
    "Role",
    "StateInvalid",
    "Text",
    "json_schema",
    "load_plan",
]
