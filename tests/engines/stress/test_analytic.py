"""Cases whose answer is known: the engine must give it within four standard errors."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import time, timedelta

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import solve_ivp

from muster.engines.plan.types import PeopleNeed, Supply
from muster.engines.stress import Absence, Lot, Seir, Term
from muster.engines.stress.kernel.philox import binomial, normal, poisson, uniforms
from muster.engines.stress.outbreak import expected, outbreak, seir
from muster.engines.stress.running import unchecked
from tests.engines.plan.fate import clause
from tests.engines.stress.situations import QUIET, WORK, bernoulli_error, bureau, plan, scenario, within

MANY = 10_000


def need(skill: str, count: int, shifts: int = 1, source: str = "unit:U", handles: int = 1) -> PeopleNeed:
    return PeopleNeed(skill, count, shifts, source, handles)


@pytest.mark.parametrize(("stock", "daily"), [(100, 10), (101, 10), (99, 10), (7, 7)])
def test_a_steady_use_empties_the_store_on_the_day_that_division_gives(stock: int, daily: int) -> None:
    steady = plan([clause("A", supplies=(Supply("kn95", daily, "day"),))])
    full = bureau(("guard", 1), lots=(Lot("S", "kn95", stock),))
    found = unchecked(steady, full, scenario(20), replications=2).base
    (masks,) = found.stock
    breaks = stock // daily  # level I is set on the first evening, so day 0 is the first on which it is used
    assert masks.p.mean == 1.0
    assert masks.first_day == {"0.05": breaks, "0.5": breaks, "0.95": breaks}
    assert masks.lacking.mean == 20 * daily - stock


def test_an_order_arrives_after_its_lead_time_and_ends_the_shortfall() -> None:
    steady = plan([clause("A", supplies=(Supply("kn95", 10, "day"),))], reserve_days={"kn95": 6})
    full = bureau(("guard", 1), lots=(Lot("S", "kn95", 30),), terms=(Term("X", "kn95", 5, 1_000),))
    (masks,) = unchecked(steady, full, scenario(12), replications=1).base.stock
    # 20 are left on the evening of day 0; 40 come on day 5; days 3 and 4 have nothing
    assert masks.histogram.index(1) == 3
    assert masks.lacking.mean == 20


def test_people_short_by_known_numbers_are_short_from_the_first_day_by_that_number() -> None:
    posts = plan([clause("A", people=(need("guard", 4, 3),))])
    found = unchecked(posts, bureau(("guard", 10)), scenario(5), replications=1).base
    (guards,) = found.staff
    assert guards.histogram == (1, 0, 0, 0, 0, 0)
    assert guards.lacking.mean == 5 * 2
    assert found.clauses[0].hours.mean == 5 * 10 * 8
    assert found.clauses[0].hours_lacking.mean == 5 * 2 * 8


def test_the_chance_of_a_shortfall_is_that_of_the_binomial_distribution() -> None:
    people, needed, sick = 40, 36, 0.08
    posts = plan([clause("A", people=(need("guard", needed),))])
    absence = Absence(normal=sick, peak=sick, spell_days=1.0)
    found = unchecked(posts, bureau(("guard", people)), scenario(1, absence=absence), replications=MANY).base
    p = stats.binom.cdf(needed - 1, people, 1 - sick)
    assert within(found.staff[0].p.mean, bernoulli_error(p, MANY), p)
    sick_days = found.force.days_lost
    assert within(sick_days.mean, math.sqrt(people * sick * (1 - sick) / MANY), people * sick)


def test_long_spells_keep_the_share_of_the_sick_on_every_day() -> None:
    people, days = 200, 12
    absence = Absence(normal=0.05, peak=0.20, peak_day=8, rise_days=4.0, fall_days=4.0, spell_days=6.0)
    nobody = plan([clause("A", people=(need("guard", 1),))])
    found = unchecked(nobody, bureau(("guard", people)), scenario(days, absence=absence), replications=2_000).base
    share = 0.05 + 0.15 * np.exp(-(((np.arange(days) - 8) / 4.0) ** 2) / 2.0)
    assert within(found.force.days_lost.mean, found.force.days_lost.se, people * share.sum())


def test_those_who_wait_for_a_crew_wait_as_long_as_erlang_says() -> None:
    """M/M/c with 3 crews at 60% load; a task is late if waiting and service together exceed the time allowed."""
    crews, service, due, days, runs = 3, 8 * 60.0, 1_000, 365, 150
    rate = 0.6 * crews / service
    calls = clause(
        "A", scales="request", per="transfer", due=timedelta(minutes=due),
        people=(need("escort", 1, 1, "force", 100_000),),
    )  # fmt: skip
    busy = replace(QUIET, transfers_per_case=rate * 1440, begins=WORK_BEGINS, hours=24.0)
    long = replace(WORK, share=(0.0, 2 * service / due))
    around = scenario(days, workload=busy, working=long, durations="exponential")
    found = unchecked(plan([calls]), bureau(("escort", crews)), around, replications=runs).base.clauses[0]
    fell_due = rate * ((days - 1) * 1440 - due)  # from the second day on; the last ones are not yet due
    awaited = fell_due * erlang_late(crews, rate, 1 / service, due)
    beginning = 0.01 * awaited  # the queue is empty at first: relaxation takes 2.2 of 365 days
    assert abs(found.late.mean - awaited) <= 4 * found.late.se + beginning
    assert found.late.se < 0.02 * awaited


WORK_BEGINS = time(0)


def erlang_late(servers: int, rate: float, mu: float, limit: float) -> float:
    """P(waiting + service > limit) in M/M/c."""
    load = rate / mu
    top = load**servers / math.factorial(servers) / (1 - load / servers)
    waits = top / (sum(load**k / math.factorial(k) for k in range(servers)) + top)
    gap = servers * mu - rate
    both = (mu * math.exp(-gap * limit) - gap * math.exp(-mu * limit)) / (mu - gap)
    return (1 - waits) * math.exp(-mu * limit) + waits * both


@pytest.mark.parametrize("control", [None, 40])
def test_the_epidemic_follows_the_equations_that_scipy_solves(control: int | None) -> None:
    wave = Seir(1_000_000, r0=2.4, incubation_days=5.2, infectious_days=4.0, first_infectious=20, control_day=control)
    days = 90

    def slope(t: float, y: np.ndarray) -> list[float]:
        s, e, i, _total = y
        b = wave.r0 / wave.infectious_days * (wave.control if control is not None and t >= control else 1.0)
        new = b * s * i / wave.population
        onset = e / wave.incubation_days
        return [-new, new - onset, onset - i / wave.infectious_days, onset]

    start = [wave.population - wave.first_infectious, 0.0, wave.first_infectious, 0.0]
    found = [0.0]
    for day in range(days):
        solved = solve_ivp(slope, (day, day + 1 - 1e-9), start, rtol=1e-9, atol=1e-9)
        start = solved.y[:, -1].tolist()
        found.append(start[3])
    assert seir(wave, days) == pytest.approx(np.diff(found), rel=1e-5, abs=1e-4)


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_counts_of_many_replications_have_the_mean_of_the_curve(spread: float) -> None:
    wave = scenario(30, cases=Seir(100_000, first_infectious=50.0, spread=spread))
    cases = outbreak(wave, 7, np.arange(MANY)).cases
    mean = expected(wave)
    error = np.sqrt((mean + spread * mean**2) / MANY)
    assert (np.abs(cases.mean(axis=0) - mean) <= 4.5 * error + 1e-9).all()


def test_late_reports_lose_no_case_but_those_of_the_last_days() -> None:
    wave = scenario(30)
    around = replace(wave, reporting=replace(wave.reporting, days=2, missed=0.3))
    found = outbreak(around, 1, np.arange(200))
    shown = np.cumsum(found.reported, axis=1)
    assert (shown <= np.cumsum(found.cases, axis=1)).all()
    assert (shown[:, -1] >= 15).all()


def test_numbers_by_chance_have_the_distributions_that_scipy_gives() -> None:
    u = np.linspace(0.0005, 0.9995, 400)
    assert [normal(x) for x in u] == pytest.approx(stats.norm.ppf(u), abs=1e-7)
    assert [poisson(3.7, x) for x in u] == stats.poisson.ppf(u, 3.7).tolist()
    assert [binomial(40, 0.08, x) for x in u] == stats.binom.ppf(u, 40, 0.08).tolist()


def test_numbers_by_chance_are_even_and_depend_on_everything_they_are_for() -> None:
    found = uniforms(11, np.arange(2_000), 3, 4, 20)
    assert stats.kstest(found.ravel(), "uniform").pvalue > 1e-4
    assert (found == uniforms(12, np.arange(2_000), 3, 4, 20)).mean() < 1e-3
    assert (uniforms(11, np.arange(500, 700), 3, 4, 20) == found[500:700]).all()
    assert np.corrcoef(found[:-1].ravel(), found[1:].ravel())[0, 1] == pytest.approx(0.0, abs=0.03)
