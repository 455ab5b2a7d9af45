"""The case curve of each replication: what happens, and what is reported of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from muster.engines.stress.kernel.philox import COUNT, LATE_REPORT, uniforms
from muster.engines.stress.scenario import Absence, Recorded, Scenario, Seir

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
STEPS = 24  # of the equations, a day
AFTER_CASES = 14  # days from the peak of the cases to that of absence


@dataclass(frozen=True, slots=True)
class Outbreak:
    """(replications, days): confirmed cases by their day, and as the bulletins report them; imported ones of these."""

    cases: Counts
    reported: Counts
    imported: Floats


def outbreak(scenario: Scenario, seed: int, replications: NDArray[np.int64]) -> Outbreak:
    """The curves of some replications; each is a function of the seed and its number alone."""
    mean = expected(scenario)
    cases = _drawn(scenario.cases, mean, seed, replications)
    part = _imported(scenario) / np.maximum(mean, 1e-12)
    delay = scenario.reporting.days
    reported = np.zeros_like(cases)
    reported[:, delay:] = cases[:, : cases.shape[1] - delay] if delay < cases.shape[1] else 0
    if scenario.reporting.missed > 0.0:
        reported = _made_up(reported, uniforms(seed, replications, LATE_REPORT, 0, scenario.days), scenario)
    return Outbreak(cases, reported, np.floor(reported * np.minimum(part, 1.0) + 1e-9))


def expected(scenario: Scenario) -> Floats:
    """Cases of each day in the mean, (days,)."""
    cases = scenario.cases
    if isinstance(cases, Seir):
        return seir(cases, scenario.days) * cases.reported_share
    mean = np.zeros(scenario.days)
    counts = np.array(cases.counts[: scenario.days], dtype=np.float64)
    mean[: counts.size] = counts * cases.scale
    return mean


def seir(epidemic: Seir, days: int) -> Floats:
    """Those who become infectious on each day, (days,), by the method of Runge and Kutta in steps of an hour."""
    state = np.array([epidemic.population - epidemic.first_infectious, 0.0, epidemic.first_infectious])
    found = np.zeros(days)
    for day in range(days):
        controlled = epidemic.control_day is not None and day >= epidemic.control_day
        rate = epidemic.r0 / epidemic.infectious_days * (epidemic.control if controlled else 1.0)
        for _step in range(STEPS):
            state, new = _runge_kutta(epidemic, state, rate, 1.0 / STEPS)
            found[day] += new
    return found


def _runge_kutta(epidemic: Seir, state: Floats, rate: float, span: float) -> tuple[Floats, float]:
    """One step; the second is who became infectious in it."""

    def slope(at: Floats) -> Floats:
        susceptible, latent, infectious = at[:3]
        infected = rate * susceptible * infectious / epidemic.population
        onset = latent / epidemic.incubation_days
        return np.array([-infected, infected - onset, onset - infectious / epidemic.infectious_days, onset])

    whole = np.append(state, 0.0)
    a = slope(whole)
    b = slope(whole + span / 2 * a)
    c = slope(whole + span / 2 * b)
    d = slope(whole + span * c)
    after = whole + span / 6 * (a + 2 * b + 2 * c + d)
    return after[:3], float(after[3])


def _drawn(cases: Recorded | Seir, mean: Floats, seed: int, replications: NDArray[np.int64]) -> Counts:
    """As recorded, or by chance around the mean."""
    shape = (replications.size, mean.size)
    if cases.spread == 0.0 and isinstance(cases, Recorded):
        carried = np.diff(np.floor(np.concatenate([[0.0], np.cumsum(mean)]) + 1e-9))
        return np.broadcast_to(carried.astype(np.int64), shape).copy()
    u = uniforms(seed, replications, COUNT, 0, mean.size)
    if cases.spread == 0.0:
        return np.asarray(stats.poisson.ppf(u, mean), dtype=np.int64)
    size = 1.0 / cases.spread
    drawn = stats.nbinom.ppf(u, size, size / (size + np.maximum(mean, 1e-12)))
    return np.asarray(np.where(mean > 0.0, drawn, 0.0), dtype=np.int64)


def _imported(scenario: Scenario) -> Floats:
    found = np.zeros(scenario.days)
    if isinstance(scenario.cases, Recorded):
        given = np.array(scenario.cases.imported[: scenario.days], dtype=np.float64)
        found[: given.size] = given * scenario.cases.scale
    return found


def _made_up(reported: Counts, u: Floats, scenario: Scenario) -> Counts:
    """A missed bulletin has no cases; the next that comes has them too."""
    found = np.zeros_like(reported)
    waiting = np.zeros(reported.shape[0], np.int64)
    for day in range(reported.shape[1]):
        waiting = waiting + reported[:, day]
        comes = u[:, day] >= scenario.reporting.missed
        found[:, day] = np.where(comes, waiting, 0)
        waiting = np.where(comes, 0, waiting)
    return found


def sick_share(absence: Absence, days: int, peak_of_cases: int) -> Floats:
    """Share of the force that is sick on each day, (days,)."""
    peak = absence.peak_day if absence.peak_day is not None else peak_of_cases + AFTER_CASES
    away = np.arange(days) - peak
    width = np.where(away < 0, absence.rise_days, absence.fall_days)
    share: Floats = absence.normal + (absence.peak - absence.normal) * np.exp(-((away / width) ** 2) / 2.0)
    return share


def falls_sick(share: Floats, spell_days: float) -> Floats:
    """The chance to fall sick of one who is there, by day, that gives these shares; never below 0.

    Of the share p of the day before, 1/spell come back first: p' = p (1 - r) + (1 - p (1 - r)) h.
    """
    stays = np.concatenate([[0.0], share[:-1]]) * (1.0 - 1.0 / spell_days)
    chance: Floats = np.clip((share - stays) / (1.0 - stays), 0.0, 1.0)
    return chance
