"""An independent model of the same plan, in SimPy, agrees within the errors of both."""

from __future__ import annotations

import math

import numpy as np
import pytest

from muster.engines.stress.running import unchecked
from tests.engines.stress.peer import forty_tasks, forty_tasks_bureau, forty_tasks_scenario, peer_run

DAYS, RUNS, MANY = 16, 40, 1_000


@pytest.fixture(scope="module")
def both():  # type: ignore[no-untyped-def]
    whole, there, around = forty_tasks(), forty_tasks_bureau(), forty_tasks_scenario(DAYS)
    theirs = [peer_run(whole, there, around, 1_000 + seed) for seed in range(RUNS)]
    return theirs, unchecked(whole, there, around, replications=MANY, seed=5).base


def test_as_many_tasks_are_raised_and_late(both) -> None:  # type: ignore[no-untyped-def]
    theirs, ours = both
    strayed = []
    for one in ours.clauses:
        for name, estimate in (("raised", one.raised), ("late", one.late)):
            counts = np.array([getattr(seen, name)[one.id] for seen in theirs], dtype=float)
            error = math.hypot(estimate.se, counts.std(ddof=1) / math.sqrt(RUNS))
            if abs(counts.mean() - estimate.mean) > 4 * error + 1e-9:
                strayed.append((one.id, name, counts.mean(), estimate.mean, error))
    assert strayed == []


def test_the_masks_run_out_on_the_same_day(both) -> None:  # type: ignore[no-untyped-def]
    theirs, ours = both
    (masks,) = ours.stock
    days = np.array([seen.dry for seen in theirs], dtype=float)
    assert (days >= 0).all()
    assert masks.p.mean == 1.0
    mean = sum(day * count for day, count in enumerate(masks.histogram)) / MANY
    assert abs(days.mean() - mean) <= 4 * days.std(ddof=1) / math.sqrt(RUNS) + 0.02


def test_the_plan_is_no_idle_one(both) -> None:  # type: ignore[no-untyped-def]
    _theirs, ours = both
    assert sum(one.late.mean > 1.0 for one in ours.clauses) > 15
    assert {it.what for one in ours.clauses for it in one.bindings} >= {"staff", "stock", "time"}
