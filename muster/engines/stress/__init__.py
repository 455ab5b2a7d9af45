"""Stress test of a plan: Monte-Carlo simulation of people, stock and partners under an epidemic.

    outcome = simulate(plan, bureau, scenario, variants=[...], replications=1_000, seed=1)
    outcome.base.clauses[0].p_late             # Estimate(mean, se)
    compare(outcome.answers)                   # paired differences to the first
    repairs(plan, bureau, scenario, ...)       # ranked by failures avoided per unit of cost
    tornado(plan, bureau, scenario, ...)       # what matters

The same plan, bureau, scenario, variants, replications and seed give the same bytes of `Outcome.to_json()` on any
number of processes. Nothing of Django is known here.
"""

from muster.engines.assumptions import Assumptions
from muster.engines.rostering import Pool
from muster.engines.stress.bureau import Bureau, Lot, Site, Term
from muster.engines.stress.checking import refuse
from muster.engines.stress.comparing import compare
from muster.engines.stress.errors import Cancelled, StressRefused
from muster.engines.stress.outcome import (
    Answers,
    Binding,
    ClauseAnswer,
    Difference,
    Estimate,
    Fan,
    Force,
    Outcome,
    RankedRepair,
    ShortfallAnswer,
    Swing,
)
from muster.engines.stress.repairing import repairs, tornado
from muster.engines.stress.running import Progress, simulate, warm_up
from muster.engines.stress.scenario import (
    Absence,
    Deciding,
    Infection,
    Partners,
    Recorded,
    Reporting,
    Scenario,
    Seir,
    Silence,
    Supply,
    Told,
    WorkMode,
)
from muster.engines.stress.variant import (
    DropClause,
    MorePeople,
    MoreStock,
    OtherDeadline,
    OtherFigure,
    OtherTrigger,
    OtherWorkMode,
    SilentPartner,
    Variant,
)

__all__ = [
    "Absence",
    "Answers",
    "Assumptions",
    "Binding",
    "Bureau",
    "Cancelled",
    "ClauseAnswer",
    "Deciding",
    "Difference",
    "DropClause",
    "Estimate",
    "Fan",
    "Force",
    "Infection",
    "Lot",
    "MorePeople",
    "MoreStock",
    "OtherDeadline",
    "OtherFigure",
    "OtherTrigger",
    "OtherWorkMode",
    "Outcome",
    "Partners",
    "Pool",
    "Progress",
    "RankedRepair",
    "Recorded",
    "Reporting",
    "Scenario",
    "Seir",
    "ShortfallAnswer",
    "Silence",
    "SilentPartner",
    "Site",
    "StressRefused",
    "Supply",
    "Swing",
    "Term",
    "Told",
    "Variant",
    "WorkMode",
    "compare",
    "refuse",
    "repairs",
    "simulate",
    "tornado",
    "warm_up",
]
