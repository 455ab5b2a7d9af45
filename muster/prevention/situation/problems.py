"""Why a row of a report is rejected: kept as a code, told in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Told(NamedTuple):
    """What is wrong and what was expected."""

    what: Promise
    expected: Promise


ROW_TOO_WIDE: Final = "row_too_wide"
AREA_MISSING: Final = "area_missing"
AREA_UNKNOWN: Final = "area_unknown"
MEASURE_UNKNOWN: Final = "measure_unknown"
DAY_MISSING: Final = "day_missing"
DAY_UNREADABLE: Final = "day_unreadable"
DAY_IN_FUTURE: Final = "day_in_future"
DAY_TOO_OLD: Final = "day_too_old"
VALUE_MISSING: Final = "value_missing"
VALUE_UNREADABLE: Final = "value_unreadable"
VALUE_FRACTION: Final = "value_fraction"
VALUE_NEGATIVE: Final = "value_negative"
VALUE_TOO_LARGE: Final = "value_too_large"
TOTAL_DECREASES: Final = "total_decreases"

_PERSONS: Final = _("a whole number of persons, 0 or more")
_DAY: Final = _("a day such as 2020-01-31")
_AREA: Final = _("the code or the name of an area of the city")

PROBLEMS: Final[Mapping[str, Told]] = {
    ROW_TOO_WIDE: Told(
        _("This row has more cells than there are headings."),
        _("at most one cell below each heading; a count such as 1,234 between quotation marks"),
    ),
    AREA_MISSING: Told(_("The area is missing."), _("the code or the name of an area of the city, in every row")),
    AREA_UNKNOWN: Told(_("This area is not known."), _AREA),
    MEASURE_UNKNOWN: Told(
        _("This measure is not known."), _("confirmed, recovered, deaths, imported, asymptomatic, suspected")
    ),
    DAY_MISSING: Told(_("The day is missing."), _("a day such as 2020-01-31, in every row")),
    DAY_UNREADABLE: Told(_("This is no day."), _DAY),
    DAY_IN_FUTURE: Told(_("The day is in the future."), _("a day up to that of the report")),
    DAY_TOO_OLD: Told(_("The day is decades back."), _("a day of the last 20 years")),
    VALUE_MISSING: Told(_("The count is missing; it is not taken for 0."), _PERSONS),
    VALUE_UNREADABLE: Told(_("This is no number."), _PERSONS),
    VALUE_FRACTION: Told(_("This is no whole number."), _PERSONS),
    VALUE_NEGATIVE: Told(_("The count is negative."), _PERSONS),
    VALUE_TOO_LARGE: Told(_("The count is larger than the population of any city."), _PERSONS),
    TOTAL_DECREASES: Told(_("The total is lower than before."), _("at least the total of the day before")),
}


def told(code: str) -> Told:
    """The texts of a problem; an unknown code is its own text."""
    return PROBLEMS.get(code) or Told(code, "")  # type: ignore[arg-type]
