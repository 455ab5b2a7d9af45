"""Clauses, what they wait for, where they may stand, and what arises."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

import numpy as np

from muster.engines.assumptions import Workload
from muster.engines.plan.types import Clause, Plan
from muster.engines.plan.words import ARISING, SITE_KINDS
from muster.engines.stress.kernel.model import (
    BASE,
    CASES_PER_LIST,
    ESTATE,
    EVENT,
    LEAST,
    LEVEL_DOWN,
    MOST,
    NOWHERE,
    PER_CASE,
    PER_PLACE,
    PORT,
    POST,
    STAND_DOWN,
    STATION,
    WHERE,
    Ints,
    Reals,
)
from muster.engines.stress.modelling.numbering import Numbering, scale_of
from muster.engines.stress.modelling.rows import flat, ints, starts
from muster.engines.stress.scenario import Scenario

MINUTE = timedelta(minutes=1)
ON = {"": 0, "level_down": LEVEL_DOWN, "stand_down": STAND_DOWN}


def of_clauses(plan: Plan, known: Numbering, dropped: frozenset[str], due: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of the model; a clause that is `dropped` stands nowhere, one in `due` has another deadline."""
    clauses = known.clauses
    after = [_after(clause, known, dropped) for clause in clauses]
    before = [[i for i, others in enumerate(after) if c in others] for c in range(len(clauses))]
    reviews = {name: known.position[review.id] for name, review in plan.measure_reviews.items()}
    reviewing = {review.id for review in plan.measure_reviews.values()}
    renews = [known.position.get(clause.renews, -1) for clause in clauses]
    limits = [due.get(clause.id, clause.due) for clause in clauses]
    partners = [[known.partner[name] for name in clause.partners] for clause in clauses]
    renewed = [[i for i, target in enumerate(renews) if target == c] for c in range(len(clauses))]
    return {
        "scale": ints(scale_of(clause) for clause in clauses),
        "kind": ints(known.kind_of(clause) for clause in clauses),
        "stands": _stands(clauses, dropped),
        "on": ints(0 if clause.id in dropped else ON[clause.on] for clause in clauses),
        "due": ints(_minutes(limit) for limit in limits),
        "due_clock": ints(isinstance(limit, time) for limit in limits),
        "every": ints(_minutes(clause.every) if clause.every else 0 for clause in clauses),
        "expires": ints(_expires(clause) for clause in clauses),
        "has_measure": ints(clause.measure is not None for clause in clauses),
        "starts": ints(clause.id not in reviewing and not clause.on for clause in clauses),
        "review": ints(reviews.get(clause.id, -1) for clause in clauses),
        "renews": ints(renews),
        "after_at": starts(after),
        "after": flat(after),
        "before_at": starts(before),
        "before": flat(before),
        "renewed_at": starts(renewed),
        "renewed": flat(renewed),
        "partner_at": starts(partners),
        "partner": flat(partners),
        **_spots(known),
    }


def _after(clause: Clause, known: Numbering, dropped: frozenset[str]) -> list[int]:
    return [known.position[name] for name in clause.after if name in known.position and name not in dropped]


def _stands(clauses: tuple[Clause, ...], dropped: frozenset[str]) -> Ints:
    rows = [[int(level in clause.levels and clause.id not in dropped) for level in range(5)] for clause in clauses]
    return np.array(rows, dtype=np.int64)


def _minutes(limit: timedelta | time) -> int:
    if isinstance(limit, time):
        return limit.hour * 60 + limit.minute
    return int(limit / MINUTE)


def _expires(clause: Clause) -> int:
    return _minutes(clause.measure.expires) if clause.measure is not None and clause.measure.expires else 0


def _spots(known: Numbering) -> dict[str, Any]:
    places = [known.places(clause) for clause in known.clauses]
    first = starts(places)
    scales = [scale_of(clause) for clause in known.clauses]
    return {
        "spot": ints(-1 if scale == EVENT else int(at) for scale, at in zip(scales, first[:-1], strict=True)),
        "spots": int(first[-1]),
        "clause_of": np.repeat(np.arange(len(places)), [len(row) for row in places]).astype(np.int32),
        "place_of": flat(places).astype(np.int32),
    }


def of_places(known: Numbering, scenario: Scenario) -> dict[str, Any]:
    """Sites and the rules by which they open."""
    rules = scenario.assumptions.places
    shares = np.zeros((len(SITE_KINDS), 5))
    for kind, by_level in rules.shares.items():
        for level, share in by_level.items():
            shares[SITE_KINDS.index(kind), level] = share
    return {
        "site_at": known.site_at,
        "site_unit": ints(known.unit[site.unit] for site in known.sites),
        "site_capacity": ints(site.capacity for site in known.sites),
        "standing_site": ints(site.standing for site in known.sites),
        "open_share": shares,
        "closing": ints(level in rules.closing_levels for level in range(5)),
        "quarantine": ints(level in rules.quarantine_levels for level in range(5)),
        "estate_kind": SITE_KINDS.index("closed_community"),
        "quarantine_kind": SITE_KINDS.index("quarantine_site"),
        "temporary_kind": SITE_KINDS.index("temporary_hospital"),
        "port_kind": SITE_KINDS.index("port_of_entry"),
        "checkpoint_kind": SITE_KINDS.index("checkpoint"),
        "closed_days": rules.closed_days,
        "isolated_days": rules.isolated_days,
        "isolated_per_case": rules.isolated_per_case,
        "quarantine_least": rules.quarantine_least,
        "cases_per_temporary": rules.cases_per_temporary,
        "places_at": 6 * 60,
    }


def of_events(known: Numbering, scenario: Scenario) -> dict[str, Any]:
    """Which clauses answer a kind of event, and how many of it arise."""
    answering = [
        [i for i, clause in enumerate(known.clauses) if scale_of(clause) == EVENT and clause.per == kind]
        for kind in known.kinds
    ]
    rules = scenario.assumptions.workload
    return {
        "event_clause_at": starts(answering),
        "event_clause": flat(answering),
        "load": _load(rules),
        "begins": rules.begins.hour * 60 + rules.begins.minute,
        "hours": rules.hours,
    }


def _load(rules: Workload) -> Reals:
    lists = {CASES_PER_LIST: float(rules.cases_per_list), LEAST: rules.lists_least, MOST: rules.lists_most}
    table: dict[str, dict[int, float]] = {
        "confirmed_case": {BASE: -1.0},
        "transfer": {PER_CASE: rules.transfers_per_case},
        "isolation_request": {PER_CASE: rules.isolations_per_case, WHERE: STATION},
        "verification_list": lists,
        "objection": {**lists, PER_CASE: rules.objections_per_list},
        "crime": {BASE: rules.crimes, PER_CASE: rules.crimes_per_case},
        "rumour": {BASE: rules.rumours, PER_CASE: rules.rumours_per_case},
        "exposure": {PER_CASE: rules.exposures_per_case},
        "inbound_group": {PER_PLACE: rules.inbound_groups_per_port, WHERE: PORT},
        "conflict": {PER_PLACE: rules.conflicts_per_post, WHERE: POST},
        "pass": {PER_PLACE: rules.passes_per_community, WHERE: ESTATE},
    }
    rows = np.zeros((len(ARISING), 7))
    rows[:, WHERE] = NOWHERE
    for row, kind in enumerate(ARISING):
        for where, value in table[kind].items():
            rows[row, where] = value
    return rows
