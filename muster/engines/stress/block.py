"""One block of replications: what a process is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from muster.engines.stress.deciding import Rule, rules_of, turns
from muster.engines.stress.kernel.handles import handle
from muster.engines.stress.kernel.model import Model
from muster.engines.stress.kernel.replicate import FINE, TOO_MANY, block
from muster.engines.stress.kernel.tally import Tally, new_once, new_tally
from muster.engines.stress.modelling import Compiled
from muster.engines.stress.modelling.whole import EVENTS, room
from muster.engines.stress.outbreak import outbreak
from muster.engines.stress.scenario import Scenario

BLOCK = 250  # replications: few enough for progress, enough to make their curves at once
MOST_EVENTS = 1 << 22
_WRONG = {1: "an officer is nowhere, or twice", 2: "an item was lost, or made up"}


@dataclass(frozen=True, slots=True)
class Job:
    """What a process needs to know of a variant; it travels by pickle."""

    model: Model
    rules: tuple[Rule, ...]
    scenario: Scenario
    inhabitants: int
    skills: int
    items: int
    names: int


def job_of(compiled: Compiled) -> Job:
    """The variant without its names."""
    known = compiled.known
    skills, items = len(known.skills), len(known.items)
    names = max(skills, items, len(known.partners), 1)
    rules = rules_of(compiled.plan)
    return Job(compiled.model, rules, compiled.scenario, compiled.bureau.inhabitants, skills, items, names)


def counted(job: Job, seed: int, first: int, count: int) -> Tally:
    """Replications `first` up to `first + count`, counted.

    Raises AssertionError where an officer or an item got lost: the simulation would be wrong.
    """
    model = job.model
    found = outbreak(job.scenario, seed, np.arange(first, first + count, dtype=np.int64))
    levels = turns(job.rules, job.scenario, job.inhabitants, found.reported, found.imported, seed=seed, first=first)
    events = EVENTS
    while True:
        tally, state, once = (
            new_tally(model, job.skills, job.items, job.names),
            room(model, events),
            new_once(model, job.skills, job.items),
        )
        wrong = block(
            handle(model), handle(state), handle(once), handle(tally), seed, first,
            found.cases, found.reported, levels.at, levels.to, levels.count,
        )  # fmt: skip
        if wrong != TOO_MANY or events >= MOST_EVENTS:
            break
        events *= 2
    assert wrong == FINE, _WRONG.get(wrong, "too much arises at once")
    return tally


def blocks(replications: int) -> list[tuple[int, int]]:
    """First replication and number of each block."""
    return [(first, min(BLOCK, replications - first)) for first in range(0, replications, BLOCK)]
