"""What the board calls things."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NUMERALS: Final = {0: "–", 1: "I", 2: "II", 3: "III", 4: "IV"}
MODES: Final[dict[str, Promise]] = {
    "live": _("LIVE OPERATION"),
    "exercise": _("EXERCISE"),
    "replay": _("REPLAY"),
}
RISKS: Final[dict[str, Promise]] = {
    "high": _("High risk"),
    "medium": _("Medium risk"),
    "low": _("Low risk"),
    "unknown": _("Risk unknown"),
}
STATES: Final[dict[str, Promise]] = {
    "late": _("Overdue"),
    "unfinished": _("To do"),
    "open": _("Open"),
    "acknowledged": _("Acknowledged"),
    "in_work": _("In work"),
    "waiting": _("Waiting"),
    "done": _("Done"),
    "withdrawn": _("Withdrawn"),
    "all": _("All"),
}
INDICATORS: Final[dict[str, Promise]] = {
    "new_cases": _("New cases"),
    "local_cases_7d": _("Local cases, 7 days"),
    "local_cases_14d": _("Local cases, 14 days"),
    "imported_cases_7d": _("Imported cases, 7 days"),
    "incidence_7d": _("7 days per 100,000"),
    "incidence_14d": _("14 days per 100,000"),
    "doubling_days": _("Doubling time, days"),
    "rt_mean": _("Rt"),
    "rt_q025": _("Rt, lower end of the 95% interval"),
    "rt_q975": _("Rt, upper end of the 95% interval"),
    "rt_p_above_1": _("Probability that Rt is above 1"),
    "province_level": _("Level of the province"),
    "province_cases_7d": _("Cases of the province, 7 days"),
    "external_alert": _("Alert from outside"),
    "clusters_open": _("Open clusters"),
    "officer_absence_pct": _("Officers absent, %"),
    "officer_exposed_pct": _("Officers exposed, %"),
}
