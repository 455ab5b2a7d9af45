"""A run is exact: the same bytes on any number of processes; watched, stopped, varied on the same fates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from distributed import Client, LocalCluster
from joblib import parallel_config

from muster.engines.stress import (
    Cancelled,
    DropClause,
    MorePeople,
    MoreStock,
    OtherDeadline,
    OtherFigure,
    OtherTrigger,
    OtherWorkMode,
    Outcome,
    Pool,
    Progress,
    SilentPartner,
    StressRefused,
    Variant,
    compare,
    refuse,
)
from muster.engines.stress.answering import over_batches
from muster.engines.stress.block import BLOCK, counted, job_of
from muster.engines.stress.changing import Changed, with_figure
from muster.engines.stress.kernel.tally import added, bin_of, value_of
from muster.engines.stress.modelling import compiled
from muster.engines.stress.running import unchecked
from tests.engines.stress.peer import forty_tasks, forty_tasks_bureau, forty_tasks_scenario
from tests.engines.stress.situations import bureau, plan, scenario

PLAN, BUREAU, SCENARIO = forty_tasks(), forty_tasks_bureau(), forty_tasks_scenario(6)
SOME = (Variant("more", (MorePeople("medical", 4),), 12.0), Variant("none", ()))


def run(**how: object) -> Outcome:
    return unchecked(PLAN, BUREAU, SCENARIO, **{"replications": 600, "seed": 3, "variants": SOME, **how})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def alone() -> Outcome:
    return run()


def test_two_processes_give_the_same_bytes_as_one(alone: Outcome) -> None:
    assert run(processes=2).to_json() == alone.to_json()


def test_a_dask_cluster_gives_the_same_bytes_as_this_machine(alone: Outcome) -> None:
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=True) as client,
        parallel_config(backend="dask"),
    ):
        assert len(client.scheduler_info()["workers"]) == 2
        assert run(processes=2).to_json() == alone.to_json()


def test_another_seed_gives_other_figures(alone: Outcome) -> None:
    assert run(seed=4).base.batches != alone.base.batches


def test_an_outcome_is_read_back_from_its_bytes(alone: Outcome) -> None:
    assert Outcome.from_json(alone.to_json()) == alone


def test_a_block_counts_what_its_parts_count() -> None:
    job = job_of(compiled(Changed(PLAN, BUREAU, SCENARIO)))
    whole = counted(job, 9, 0, 120)
    parts = added(counted(job, 9, 0, 50), counted(job, 9, 50, 70))
    for name, one, other in zip(whole._fields, whole, parts, strict=True):
        assert np.array_equal(one, other), name


def test_a_variant_without_changes_differs_by_nothing_and_more_people_help(alone: Outcome) -> None:
    more, none = compare(alone.answers)
    assert (none.failures.mean, none.failures.se) == (0.0, 0.0)
    assert more.late_tasks.mean < -4 * more.late_tasks.se < 0.0
    assert more.cost == 12.0


def test_common_fates_make_the_error_of_a_difference_smaller(alone: Outcome) -> None:
    other = run(seed=77)
    sizes = np.array(alone.base.batches)[:, -1]
    apart = np.array(other.answers[1].batches)[:, 0] - np.array(alone.base.batches)[:, 0]
    strangers = over_batches(apart, sizes, int(sizes.sum())).se
    assert compare(alone.answers)[0].late_tasks.se < 0.8 * strangers


def test_whoever_watches_hears_of_all_and_may_stop_it() -> None:
    heard: list[Progress] = []
    run(variants=(), progress=heard.append)
    assert heard[-1] == Progress(600, 600)
    with pytest.raises(Cancelled):
        run(cancelled=lambda: True)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (MorePeople("nobody_knows", 5), "nobody_knows"),
        (MorePeople("medical", -5), "-5"),
        (MorePeople("medical", 5, ("NOWHERE",)), "NOWHERE"),
        (MoreStock("gold", 3), "gold"),
        (OtherTrigger("I", "cases >= 1"), "cases"),
        (OtherTrigger("IV", "local_cases_7d >= 1"), "IV"),
        (SilentPartner("nobody"), "nobody"),
        (DropClause("Z99"), "Z99"),
        (OtherDeadline("A00", "soon"), "soon"),
        (OtherFigure("supply.colour", 1.0), "supply.colour"),
        (OtherFigure("absence.peak", 1e400), "absence.peak"),
    ],
)
def test_a_variant_that_names_what_is_not_there_is_refused(change: object, what: str) -> None:
    with pytest.raises(StressRefused, match=what):
        run(variants=[Variant("x", (change,))])  # type: ignore[arg-type]


def test_each_change_changes_what_it_names() -> None:
    base, dropped, longer, trigger, silent, closed = unchecked(
        PLAN, BUREAU, SCENARIO, replications=100,
        variants=[
            Variant("dropped", (DropClause("E05"),)),
            Variant("longer", (OtherDeadline("A03", "5d"),)),
            Variant("never", (OtherTrigger("I", "local_cases_7d >= 1000"),)),
            Variant("silent", (SilentPartner("media"),)),
            Variant("closed", (OtherWorkMode("closed"),)),
        ],
    ).answers  # fmt: skip
    by = {one.id: number for number, one in enumerate(base.clauses)}
    assert base.clauses[by["E05"]].raised.mean > 30
    assert dropped.clauses[by["E05"]].raised.mean == 0
    assert longer.clauses[by["A03"]].late.mean == 0
    assert sum(one.raised.mean for one in trigger.clauses) == 0
    assert silent.late_tasks == base.late_tasks  # no clause of this plan asks a partner
    assert closed.force.mode == "closed"


def test_impossible_figures_are_refused_with_their_path() -> None:
    for path, value in {
        "days": 0, "absence.normal": 1.5, "supply.lead_factor": 0.0, "reporting.missed": -0.1, "cases.scale": 0.0,
    }.items():  # fmt: skip
        with pytest.raises(StressRefused) as refused:
            refuse(PLAN, BUREAU, with_figure(SCENARIO, path, value))
        assert refused.value.where.en == path
        assert refused.value.expected.zh


def test_zero_staff_an_empty_curve_and_a_plan_with_errors_are_refused() -> None:
    with pytest.raises(StressRefused, match="nobody"):
        refuse(PLAN, bureau(("medical", 0)), SCENARIO)
    empty = replace(SCENARIO, cases=replace(SCENARIO.cases, counts=(0, 0)))
    with pytest.raises(StressRefused, match="no case"):
        refuse(PLAN, BUREAU, empty)
    with pytest.raises(StressRefused, match="no legal basis"):
        refuse(plan([], None), BUREAU, scenario(3))


def test_bins_are_exact_for_small_counts_and_near_for_large_ones() -> None:
    for value in [*range(200), 1_000, 12_345, 10**6, 10**9]:
        assert value_of(bin_of(value)) <= value
        assert value - value_of(bin_of(value)) <= (0 if value < 64 else value / 32)


def test_there_is_more_than_one_block_in_these_tests() -> None:
    assert BLOCK < 600


def test_a_bureau_is_the_same_bytes_whatever_the_order_of_its_sets() -> None:
    held = [f"q{number:02}" for number in range(12)]
    several = [replace(BUREAU, people=(Pool("CMD", frozenset(order), 1),)) for order in (held, held[::-1])]
    assert several[0].to_plain()["people"][0]["holds"] == held
    assert several[0].to_json() == several[1].to_json()
