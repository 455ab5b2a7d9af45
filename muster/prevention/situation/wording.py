"""What indicators are called, what they rest on, and how old a figure may be before a page says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.ui.wording import LEVELS
from muster.prevention.situation.queries import Indicators

FRESH: Final = timedelta(hours=36)
JOINED: Final = "\u2060–\u2060"  # no line ends inside an interval


@dataclass(frozen=True, slots=True)
class Meaning:
    """An indicator: its name, its unit and what it rests on."""

    title: Promise
    basis: Promise
    figures: int = 0


MEANINGS: Final[Mapping[str, Meaning]] = {
    "new_cases": Meaning(_("New cases"), _("confirmed, on the last reported day")),
    "local_cases_7d": Meaning(_("Local cases, 7 days"), _("confirmed less those reported as imported")),
    "local_cases_14d": Meaning(_("Local cases, 14 days"), _("confirmed less those reported as imported")),
    "imported_cases_7d": Meaning(_("Imported cases, 7 days"), _("as reported")),
    "incidence_7d": Meaning(_("Incidence, 7 days"), _("confirmed per 100,000 inhabitants"), 2),
    "incidence_14d": Meaning(_("Incidence, 14 days"), _("confirmed per 100,000 inhabitants"), 2),
    "rt_mean": Meaning(_("Rt"), _("Cori et al. 2013, 7 days; at least 11 cases"), 2),
    "rt_p_above_1": Meaning(_("Probability that Rt is above 1"), _("from the same estimate"), 2),
    "doubling_days": Meaning(_("Doubling time, days"), _("ln 2 by the slope of ln(cases) over 7 days"), 1),
    "province_level": Meaning(_("Level of the province"), _("as declared")),
    "province_cases_7d": Meaning(_("Cases of the province, 7 days"), _("as reported by the province")),
    "external_alert": Meaning(_("Alert from outside"), _("province, country or linked city")),
    "clusters_open": Meaning(_("Open clusters"), _("as the health commission counts them")),
    "officer_absence_pct": Meaning(_("Officers absent, %"), _("from the roll-call"), 1),
    "officer_exposed_pct": Meaning(_("Officers exposed, %"), _("from the exposure register"), 1),
}
TITLES: Final[Mapping[str, Promise]] = {
    **{name: meaning.title for name, meaning in MEANINGS.items()},
    "rt_q025": _("Rt, lower end of its 95% interval"),
    "rt_q975": _("Rt, upper end of its 95% interval"),
}
COUNTED: Final = tuple(MEANINGS)[:9]  # shown even when they are unknown
WHY: Final[Mapping[str, Promise]] = {
    "falling": _("cases do not grow"),
    "zeros": _("a day without cases"),
    "unknown": _("a day was not reported"),
    "population": _("the population is not known"),
    "unsaid": _("nobody says which cases were imported"),
    "few": _("too few days or cases"),
}

NONE: Final = ("falling", "zeros")  # not unknown: there is no such figure


@dataclass(frozen=True, slots=True)
class RiskWords:
    """A rule of risk: what it is called, what it says, and where it comes from."""

    title: Promise
    says: Promise
    source: Promise


_ZONES: Final = _(
    "Low: no case, or no new one for 14 days. High: more than 50 cases in total and a cluster within 14 days. Medium: "
    "everything else. New cases are local ones, the total has the imported ones too; where nobody says whether there "
    "is a cluster, two local cases within 14 days are taken for one."
)
RULES: Final[Mapping[str, RiskWords]] = {
    "county-2020": RiskWords(
        _("county rule of 2020"),
        _ZONES,
        _(
            "State Council joint mechanism, Guiding Opinions on Prevention and Control by Zone and Level, "
            "17 February 2020"
        ),
    ),
    "ninth-edition": RiskWords(
        _("ninth edition, 2022"),
        _("High until 7 days without a local case, medium for 3 more, then low."),
        _("State Council joint mechanism, Prevention and Control Plan, ninth edition, 28 June 2022"),
    ),
    "twenty-measures": RiskWords(
        _("twenty measures, 2022"),
        _("High until 5 days without a local case, then low; there is no medium risk."),
        _("State Council joint mechanism, twenty measures, 11 November 2022"),
    ),
    "bureau": RiskWords(
        _("the bureau's own rule, as in 2020"),
        _ZONES,
        _("no national rule since management as a Class B disease, 8 January 2023"),
    ),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as a page shows it; `value` is empty where it is unknown, and `note` says why."""

    name: str
    title: Promise
    basis: Promise
    value: str
    note: str
    taken_at: datetime | None
    stale: bool


def figures(seen: Indicators, at: datetime) -> Iterator[Figure]:
    """All indicators that are known, and the counted ones even if they are not."""
    for name, meaning in MEANINGS.items():
        value, taken_at = seen.values.get(name), seen.taken_at.get(name)
        if value is None and name not in COUNTED:
            continue
        stale = taken_at is not None and at - taken_at > FRESH
        note = "" if value is not None else str(WHY.get(seen.missing.get(name, ""), ""))
        yield Figure(name, meaning.title, meaning.basis, _shown(seen, name), note, taken_at, stale)


def _shown(seen: Indicators, name: str) -> str:
    value = seen.values.get(name)
    if value is None:
        return gettext("none") if seen.missing.get(name) in NONE else ""
    if name == "rt_mean" and "rt_q025" in seen.values:
        return f"{value:.2f} ({seen.values['rt_q025']:.2f}{JOINED}{seen.values['rt_q975']:.2f})"
    return in_words(name, value)


def in_words(name: str, value: float | int | bool) -> str:
    """A value of an indicator as people say it: yes or no, a level by its name, a figure with its places."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if name == "province_level" and value in LEVELS:
        return str(LEVELS[int(value)])
    places = MEANINGS[name].figures if name in MEANINGS else 2
    return f"{value:,.{places}f}"
