"""The plan language: what a plan says, and the one meaning of it."""

from muster.engines.plan.errors import PlanInvalid, Problem, StateInvalid
from muster.engines.plan.loading import json_schema, load_plan
from muster.engines.plan.needs import Needs, PeopleDemand, SupplyDemand, needs
from muster.engines.plan.preview import Preview, people_in_a_shift, preview, supplies_a_day
from muster.engines.plan.state import State, start
from muster.engines.plan.transition import run, step
from muster.engines.plan.types import Clause, Level, Plan, Role, Text

__all__ = [
    "Clause",
    "Level",
    "Needs",
    "PeopleDemand",
    "Plan",
    "PlanInvalid",
    "Preview",
    "Problem",
    "Role",
    "State",
    "StateInvalid",
    "SupplyDemand",
    "Text",
    "json_schema",
    "load_plan",
    "needs",
    "people_in_a_shift",
    "preview",
    "run",
    "start",
    "step",
    "supplies_a_day",
]
