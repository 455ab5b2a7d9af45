"""What comes over the bureau: an epidemic, what it does to the force, how suppliers, partners and reports behave.

Days are counted from `first_day`, which is day 0. Every number is a planning assumption that whoever makes the scenario
can change; the source of the absence curve is at `Absence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from muster.engines.assumptions import Assumptions
from muster.engines.stress.plain import Plain


@dataclass(frozen=True, slots=True)
class Recorded:
    """New confirmed cases of each day as they were recorded; a horizon beyond them has no cases.

    `scale` multiplies every day; fractions are carried on to the next day. With a `spread` above 0 the count of a day
    is negative binomial with that mean m and variance m + spread * m**2, a new draw in each replication. `imported`
    are those of the cases that were infected elsewhere; none if it is empty.
    """

    counts: tuple[int, ...]
    imported: tuple[int, ...] = ()
    scale: float = 1.0
    spread: float = 0.0
    kind: Literal["recorded"] = "recorded"


@dataclass(frozen=True, slots=True)
class Seir:
    """An epidemic by the equations of Kermack and McKendrick (1927) with a latent state.

    S' = -b S I / N, E' = b S I / N - E / incubation, I' = E / incubation - I / infectious, b = r0 / infectious; from
    `control_day` on b is multiplied by `control`. Those who become infectious on a day are its cases, `reported_share`
    of them are confirmed. `spread` as in `Recorded`; with 0 the count is Poisson.
    """

    population: int
    r0: float = 2.6
    incubation_days: float = 5.2
    infectious_days: float = 5.0
    first_infectious: float = 5.0
    reported_share: float = 0.6
    control_day: int | None = None
    control: float = 0.3
    spread: float = 0.0
    kind: Literal["seir"] = "seir"


@dataclass(frozen=True, slots=True)
class Told:
    """An indicator that others tell the bureau, from the beginning of a day until it is told anew."""

    name: str
    day: int
    value: float


@dataclass(frozen=True, slots=True)
class Absence:
    """Share of the force that is sick on a day: `normal`, rising to `peak` on `peak_day` and falling again.

    share(d) = normal + (peak - normal) * exp(-((d - peak_day) / s)**2 / 2) with s of `rise_days` before the peak and of
    `fall_days` after it. A spell lasts `spell_days` in the mean (geometric); each officer falls ill independently, so
    that on each day the sick of n are binomial. With `peak_day` None the peak is that of the case curve, two weeks on.

    Source of the defaults: sick reports of a large city force, 23 March to 19 May 2020: 3.5% in usual times (returning
    to it on 10 May), 19.8% at the peak of 9 April. `rise_days` and `fall_days` are least squares on its days.
    """

    normal: float = 0.035
    peak: float = 0.198
    peak_day: int | None = None
    rise_days: float = 10.5
    fall_days: float = 11.8
    spell_days: float = 10.0


@dataclass(frozen=True, slots=True)
class WorkMode:
    """How people are put to work, and what follows when one of them is found to be infected.

    "open": shifts of changing people; who is infected may infect anybody of his unit, and `contacts` of them are
    isolated with him. "closed": teams of `team` who work, eat and sleep apart; infection stays in the team, which is
    isolated as a whole, and what they bring in from outside is `closed_outside` of that in open shifts.
    `closed_strength` is what closed teams leave of the strength on posts, since a part is always in its rest weeks.
    """

    mode: Literal["open", "closed"] = "open"
    contacts: int = 6
    team: int = 8
    closed_outside: float = 0.2
    closed_strength: float = 0.85
    isolation_days: int = 14
    ill_days: int = 21


@dataclass(frozen=True, slots=True)
class Infection:
    """How officers are infected, per day.

    `outside`: the chance of an officer, as a multiple of the chance of an inhabitant to be confirmed on that day.
    `at_work`: new infections in his unit for each infectious colleague who has not been found. `detection_days`: from
    the infection to the finding.
    """

    outside: float = 2.0
    at_work: float = 0.06
    detection_days: int = 5


@dataclass(frozen=True, slots=True)
class Supply:
    """Deliveries: the lead time of the terms is multiplied by `lead_factor` and by exp(N(0, lead_spread**2))."""

    lead_factor: float = 1.0
    lead_spread: float = 0.25


@dataclass(frozen=True, slots=True)
class Silence:
    """A partner does not answer from one day up to and with another."""

    partner: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Partners:
    """How long a task waits for each partner of its clause: exponential, mean in hours; a silent one holds it up."""

    hours: float = 0.5
    by_partner: Mapping[str, float] = field(default_factory=dict)
    silent: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """Each case is reported `days` after its day; a bulletin is `missed` with that chance, and made up the next day."""

    days: int = 0
    missed: float = 0.05


@dataclass(frozen=True, slots=True)
class Deciding:
    """From a look at the indicators to the level: `hours`, and up to `more_hours` on top by chance (evenly).

    Looks are at 12:00 and 20:30. Up, every recommendation is followed; down, one is when the province's level is not
    above it and the present one has been in force for `least_days`.
    """

    hours: float = 2.0
    more_hours: float = 4.0
    least_days: int = 7


@dataclass(frozen=True, slots=True)
class Scenario(Plain):
    """Everything that is not the plan and not the bureau.

    `durations`: of a task, as a share of the time allowed: "even" between the two of `assumptions.work.share` and never
    shorter than `shortest`, or "exponential" with their mean.
    """

    first_day: date
    days: int
    cases: Recorded | Seir = field(metadata={"discriminator": "kind"})
    name: str = ""
    told: tuple[Told, ...] = ()
    absence: Absence = field(default_factory=Absence)
    work: WorkMode = field(default_factory=WorkMode)
    infection: Infection = field(default_factory=Infection)
    supply: Supply = field(default_factory=Supply)
    partners: Partners = field(default_factory=Partners)
    reporting: Reporting = field(default_factory=Reporting)
    deciding: Deciding = field(default_factory=Deciding)
    durations: Literal["even", "exponential"] = "even"
    assumptions: Assumptions = field(default_factory=Assumptions)
