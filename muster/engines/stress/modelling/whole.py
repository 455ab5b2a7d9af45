"""The whole model of one variant, and room for one replication of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from muster.engines.plan.types import Plan
from muster.engines.stress.bureau import Bureau
from muster.engines.stress.changing import Changed
from muster.engines.stress.kernel.model import DAY, SCALARS, Model, State
from muster.engines.stress.modelling.clauses import of_clauses, of_events, of_places
from muster.engines.stress.modelling.numbering import Numbering, number
from muster.engines.stress.modelling.people import of_people
from muster.engines.stress.modelling.stock import of_stock
from muster.engines.stress.scenario import Scenario

EVENTS = 8_192  # room for tasks of single events at first; doubled where it is not enough
AFTER = 400  # days after the last, for whoever comes back and what is delivered later


@dataclass(frozen=True)
class Compiled:
    """A variant as arrays."""

    plan: Plan
    bureau: Bureau
    scenario: Scenario
    known: Numbering
    model: Model


def compiled(changed: Changed) -> Compiled:
    """Work out the arrays of a variant."""
    plan, bureau, scenario = changed.plan, changed.bureau, changed.scenario
    known = number(plan, bureau)
    work, partners = scenario.assumptions.work, scenario.partners
    silences = [one for one in partners.silent if one.partner in known.partner]
    model = Model(
        days=scenario.days,
        **of_clauses(plan, known, changed.dropped, changed.due),
        **of_places(known, scenario),
        **of_events(known, scenario),
        **of_people(known, bureau, scenario),
        **of_stock(plan, known, bureau, scenario),
        share_low=work.share[0],
        share_high=work.share[1],
        exponential=int(scenario.durations == "exponential"),
        shortest=int(work.shortest.total_seconds() // 60),
        hopeless=work.hopeless,
        partner_hours=np.array([partners.by_partner.get(name, partners.hours) for name in known.partners], np.float64),
        silent_first=np.array([one.first for one in silences], np.int64),
        silent_last=np.array([one.last for one in silences], np.int64),
        silent_who=np.array([known.partner[one.partner] for one in silences], np.int64),
    )
    return Compiled(plan, bureau, scenario, known, model)


def room(m: Model, events: int = EVENTS, traced: int = 0) -> State:
    """Arrays for one replication, with room for tasks of `events` single events."""
    slots, days = m.spots + events, m.days
    units, sites, demands = m.unit_people.size, m.site_unit.size, m.demand_unit.size
    classes, shelves, items = m.class_people.size, m.shelf_item.size, m.reserve.size
    nodes, homes = 2 * slots + events, int(m.class_people.sum()) + 1
    size: dict[str, Any] = {
        **dict.fromkeys(_BY_SLOT, slots),
        **dict.fromkeys(("standing", "next_round", "expires", "rounds"), m.spots),
        **dict.fromkeys(("is_open", "ran_out"), sites),
        "closed_on": int(m.site_at[m.estate_kind + 1] - m.site_at[m.estate_kind]),
        **dict.fromkeys(("head", "tail"), days * DAY),
        **dict.fromkeys(("node_next", "node_kind", "node_task", "node_mark"), nodes),
        **dict.fromkeys(("queue_head", "queue_tail"), demands),
        "unit_dirty": units,
        "home_head": days + AFTER,
        **dict.fromkeys(("home_next", "home_class", "home_kind"), homes),
    }
    wide: dict[str, Any] = {
        **dict.fromkeys(("needed", "filled", "cap", "busy", "queued", "events_yesterday", "events_today"), demands),
        **dict.fromkeys(("away", "there", "present"), classes),
        "away_kind": 3,
        "open_count": m.site_at.size,
        **dict.fromkeys(("unit_away", "pending_now"), units),
        "pending": (units, m.detection + 1),
        "left_mask": m.mask_order.size,
        "left_of_units": m.mask_order.size,
        "shelf": m.lots.shape,
        **dict.fromkeys(("daily", "today"), shelves),
        "coming_in": (days + AFTER, items),
        "on_order": items,
        "lately": (days, items),
        "scalars": SCALARS,
        "trace": (traced, 5),
    }
    real = {"carried": classes, "ratio": shelves}
    arrays: dict[str, Any] = {name: np.zeros(shape, np.int32) for name, shape in size.items()}
    arrays |= {name: np.zeros(shape, np.int64) for name, shape in wide.items()}
    arrays |= {name: np.zeros(shape) for name, shape in real.items()}
    return State(**arrays)


_BY_SLOT = (
    "status", "task_clause", "task_place", "raised", "due", "batch", "waits", "mark", "cause", "cause_name",
    "occurrence", "event_first", "event_kind", "event_ref", "crew_busy", "fresh", "put_off", "coming", "gone",
    "queue_next",
)  # fmt: skip
