"""Recording what is not counted here: levels, alerts, clusters, absence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.engines.plan.words import INDICATORS
from muster.kernel.commands import Actor, announce, command, record
from muster.kernel.errors import Text
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.models import Area
from muster.kernel.ui.wording import LEVELS
from muster.prevention.situation.errors import InputInvalid
from muster.prevention.situation.models import LIVE, ExternalInput, InputKind
from muster.prevention.situation.permits import reports_counts
from muster.prevention.situation.rows import InputRow
from muster.prevention.situation.services.counts import check_feed, kept, topic
from muster.prevention.situation.wording import TITLES

COMPUTED: Final = frozenset(
    {
        "new_cases", "local_cases_7d", "local_cases_14d", "imported_cases_7d", "incidence_7d", "incidence_14d",
        "doubling_days", "rt_mean", "rt_q025", "rt_q975", "rt_p_above_1",
    }
)  # fmt: skip
RECORDED: Final = tuple(name for name in INDICATORS if name not in COMPUTED)
KINDS: Final = {bool: InputKind.FLAG, int: InputKind.COUNT, float: InputKind.NUMBER}


@command("situation.inputs_record", policy=reports_counts)
def inputs_record(*, by: Actor, rows: Sequence[InputRow], feed: str = LIVE) -> int:
    """Record values of inputs; returns how many. What was recorded before stays, with its time.

    The kind is that of the indicator in the plan language. Raises CodeUnknown, and InputInvalid for a name that is no
    input, a value that does not fit its kind, or a moment without a zone; then nothing is recorded.
    """
    check_feed(feed)
    for row in rows:
        _check(row)
    areas = keys_of(Area, [row.area for row in rows])
    inputs = [_input(row, feed, by, areas.get(row.area)) for row in rows]
    taken: set[tuple[str, int | None, datetime, datetime]] = set(
        ExternalInput.objects.filter(
            feed=feed, recorded_at__gte=by.now, name__in={row.name for row in rows}
        ).values_list("name", "area_id", "valid_from", "recorded_at")
    )
    for each in inputs:  # what is recorded twice at one moment: the later one is just after
        while (place := (each.name, each.area_id, each.valid_from, each.recorded_at)) in taken:
            each.recorded_at += timedelta(microseconds=1)
        taken.add(place)
    ExternalInput.objects.bulk_create(inputs, batch_size=500)
    record(feed=feed, inputs=len(rows))
    announce(topic(feed), {"inputs": sorted({row.name for row in rows})})
    return len(rows)


def _input(row: InputRow, feed: str, by: Actor, area_id: int | None) -> ExternalInput:
    return ExternalInput(
        feed=feed,
        name=row.name,
        area_id=area_id,
        kind=KINDS[INDICATORS[row.name]],
        value=float(row.value),
        valid_from=row.valid_from,
        lasting=row.lasting,
        valid_hours=row.valid_hours,
        recorded_at=by.now,
        source=kept(row.source, 200) or by.principal,
    )


def _check(row: InputRow) -> None:
    if row.name not in RECORDED:
        raise _invalid(row, _("This is no input."), ", ".join(RECORDED))
    value, kind = float(row.value), INDICATORS[row.name]
    if kind is bool and value not in (0.0, 1.0):
        raise _invalid(row, _("This value cannot be recorded."), _("yes (1) or no (0)"))
    if row.name == "province_level" and value not in LEVELS:
        raise _invalid(row, _("This value cannot be recorded."), _("a level from 1 to 4; 0 where none is declared"))
    if kind is int and (value != int(value) or value < 0):
        raise _invalid(row, _("This value cannot be recorded."), _("a whole number, 0 or more"))
    if kind is float and not 0.0 <= value <= 100.0:
        raise _invalid(row, _("This value cannot be recorded."), _("a percentage from 0 to 100"))
    if row.valid_from.tzinfo is None:
        raise _invalid(row, _("The moment has no time zone."), "2020-01-24T09:00:00+08:00")


def _invalid(row: InputRow, what: Text, expected: Text) -> InputInvalid:
    return InputInvalid(what=what, where=f"{TITLES.get(row.name, row.name)}: {row.value:g}", expected=expected)
