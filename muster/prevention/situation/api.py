"""The situation over HTTP: the same queries and services as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import StrictFloat, StrictInt, StrictStr, StringConstraints

from muster.kernel import clock
from muster.kernel.commands import Actor
from muster.kernel.commands.http import receipt_response
from muster.prevention.situation import services
from muster.prevention.situation.knowledge import within_reach
from muster.prevention.situation.models import LIVE
from muster.prevention.situation.queries import (
    AreaFigures,
    CurveDay,
    IntervalView,
    RuleView,
    area_figures,
    batches,
    curve,
    indicators,
    intervals,
    rows_of,
    rules,
    signals,
)
from muster.prevention.situation.rows import CountRow, InputRow

router = Router()
Code = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]


class IndicatorsOut(Schema):
    """A name that is absent from `values` is unknown; `missing` may say why."""

    area: str
    feed: str
    as_of: datetime
    last_day: date | None
    values: dict[str, bool | int | float]
    taken_at: dict[str, datetime]
    missing: dict[str, str]
    late_reports: list[date]


class CurveDayOut(Schema):
    """One day by day of report; null is unknown."""

    day: date
    new: int | None
    late_report: bool
    rt_mean: float | None
    rt_low: float | None
    rt_high: float | None
    imported: int | None
    expected: float | None
    corrected: bool


class AreaFiguresOut(Schema):
    """One area; null is unknown."""

    cases_7d: int | None
    cases_14d: int | None
    incidence_7d: float | None
    risk: str
    total: int | None
    last_day: date | None
    rule: str


class CountIn(Schema):
    """Persons of one measure in one area on one day; what is missing or wrong is named as the fate of its row."""

    area: str | None = None
    day: str | None = None
    value: StrictInt | StrictFloat | StrictStr | None = None
    measure: str = "confirmed"
    number: int = Field(0, ge=0, le=2**31 - 1)

    def row(self) -> CountRow:
        """As the service takes it."""
        value = self.value if isinstance(self.value, int) else "" if self.value is None else str(self.value)
        return CountRow(self.area or "", self.day or "", value, self.measure, self.number)


class CountsIn(Schema):
    """A report; the client makes the id of the command and sends it as X-Command-Id."""

    source: str
    rows: list[CountIn] = Field(max_length=200_000)
    feed: str = LIVE
    mode: str = "daily"


class InputIn(Schema):
    """A value that is not counted here, such as province_level; `valid_from` with its zone."""

    name: Code
    value: float = Field(allow_inf_nan=False)
    valid_from: datetime
    area: Code = ""
    lasting: bool = False
    valid_hours: int | None = Field(None, ge=1, le=8760)
    source: str = Field("", max_length=200)


class InputsIn(Schema):
    """Values told together: all are recorded, or none."""

    rows: list[InputIn] = Field(max_length=1_000)
    feed: str = LIVE


class BatchOut(Schema):
    """A report and what became of its rows."""

    pk: int
    source: str
    mode: str
    file_name: str
    received_at: datetime
    rows: int
    new: int
    same: int
    corrected: int
    superseded: int
    rejected: int


class RowOut(Schema):
    """A row as it was written, its fate, and why it was rejected."""

    number: int
    area: str
    day: str
    measure: str
    value: str
    fate: str
    previous: int | None
    problem: str
    what: str
    expected: str


class SignalOut(Schema):
    """A signal and where it stands."""

    pk: int
    rule: str
    title: str
    text: str
    area: str
    day: date
    raised_at: datetime
    values: dict[str, Any]
    state: str
    reason: str


class RuleChangeOut(Schema):
    """What was set, when and why."""

    threshold: float
    is_active: bool
    reason: str
    set_at: datetime


class RuleOut(Schema):
    """A rule of signals as it was in force."""

    code: str
    title: str
    area_kind: str
    indicator: str
    comparison: str
    threshold: float
    began_with: float
    is_active: bool
    is_own: bool
    changes: list[RuleChangeOut]


class RuleSetIn(Schema):
    """A threshold, whether the rule is on, and why."""

    threshold: float = Field(allow_inf_nan=False)
    is_active: bool = True
    reason: str = Field(max_length=300)


class RuleAddIn(Schema):
    """A rule of the bureau's own."""

    indicator: Code
    comparison: Code
    threshold: float = Field(allow_inf_nan=False)
    area_kind: Code = "city"
    name_zh: str = Field(max_length=200)
    name_en: str = Field(max_length=200)


class IntervalOut(Schema):
    """A serial interval, days."""

    code: str
    title: str
    mean: float
    sd: float
    from_day: date
    source: str
    is_own: bool


class IntervalIn(Schema):
    """A serial interval from a day on, days."""

    mean: float = Field(allow_inf_nan=False)
    sd: float = Field(allow_inf_nan=False)
    from_day: date
    name_zh: str = Field(max_length=100)
    name_en: str = Field(max_length=100)
    source: str = Field(max_length=300)


def _moment(as_of: datetime | None) -> datetime:
    """The moment that is asked about; now if none is."""
    return clock.now() if as_of is None else within_reach(as_of)


@router.get("/indicators", response=IndicatorsOut, url_name="situation_indicators")
def get_indicators(
    request: HttpRequest, area: Code, feed: Code = LIVE, as_of: datetime | None = None
) -> dict[str, Any]:
    """Indicators of an area as they were known at a moment."""
    moment = _moment(as_of)
    seen = indicators(feed=feed, area=area, as_of=moment)
    return {
        "area": area,
        "feed": feed,
        "as_of": moment,
        "last_day": seen.last_day,
        "values": seen.values,
        "taken_at": seen.taken_at,
        "missing": seen.missing,
        "late_reports": list(seen.late_reports),
    }


@router.get("/curve", response=list[CurveDayOut], url_name="situation_curve")
def get_curve(request: HttpRequest, area: Code, feed: Code = LIVE, as_of: datetime | None = None) -> list[CurveDay]:
    """The epidemic curve of an area with Rt, as it was known at a moment."""
    return curve(feed=feed, area=area, as_of=_moment(as_of))


@router.get("/areas", response=dict[str, AreaFiguresOut], url_name="situation_areas")
def get_areas(
    request: HttpRequest, kind: Code = "district", feed: Code = LIVE, as_of: datetime | None = None
) -> dict[str, AreaFigures]:
    """Cases, incidence and risk of each area of one kind."""
    return area_figures(feed=feed, as_of=_moment(as_of), kind=kind)


@router.get("/signals", response=list[SignalOut], url_name="situation_signals")
def get_signals(
    request: HttpRequest, feed: Code = LIVE, as_of: datetime | None = None, waiting: bool = False
) -> list[Any]:
    """Signals, those first that wait for somebody."""
    return list(signals(feed=feed, as_of=_moment(as_of), waiting=waiting))


@router.get("/reports", response=list[BatchOut], url_name="situation_reports")
def get_reports(request: HttpRequest, feed: Code = LIVE, start: int = 0) -> list[Any]:
    """Reports, the last first, 50 at a time."""
    return list(batches(feed=feed, start=max(start, 0)))


@router.get("/reports/{pk}/rows", response=list[RowOut], url_name="situation_report_rows")
def get_report_rows(request: HttpRequest, pk: int, fate: Code = "", start: int = 0) -> list[Any]:
    """Rows of a report with their fates, 1,000 at a time."""
    return list(rows_of(pk, fate=fate, start=max(start, 0), count=1_000))


@router.post("/counts", url_name="situation_counts")
def post_counts(request: HttpRequest, report: CountsIn) -> HttpResponse:
    """Receive a report of counts; answers with the receipt. Rejected rows are in /reports/{pk}/rows?fate=rejected."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    rows = [row.row() for row in report.rows]
    receipt = services.counts_receive.receive(
        by=by, rows=rows, source=report.source, feed=report.feed, mode=report.mode
    )
    return receipt_response(receipt)


@router.post("/inputs", url_name="situation_inputs")
def post_inputs(request: HttpRequest, told: InputsIn) -> HttpResponse:
    """Record values of inputs; answers with the receipt."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    rows = [InputRow(**row.dict()) for row in told.rows]
    return receipt_response(services.inputs_record.receive(by=by, rows=rows, feed=told.feed))


@router.get("/rules", response=list[RuleOut], url_name="situation_rules")
def get_rules(request: HttpRequest, as_of: datetime | None = None) -> list[RuleView]:
    """The rules of signals as they were in force at a moment."""
    return rules(as_of=_moment(as_of))


@router.post("/rules", url_name="situation_rules")
def post_rule(request: HttpRequest, rule: RuleAddIn) -> HttpResponse:
    """Add a rule; answers with the receipt."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return receipt_response(services.signal_rule_add.receive(by=by, **rule.dict()))


@router.post("/rules/{code}", url_name="situation_rule")
def post_rule_setting(request: HttpRequest, code: Code, setting: RuleSetIn) -> HttpResponse:
    """Set the threshold of a rule, or switch it on or off; answers with the receipt."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return receipt_response(services.signal_rule_set.receive(by=by, rule=code, **setting.dict()))


@router.get("/serial-intervals", response=list[IntervalOut], url_name="situation_intervals")
def get_intervals(request: HttpRequest, as_of: datetime | None = None) -> list[IntervalView]:
    """The serial intervals that were recorded up to a moment, the latest first."""
    return intervals(as_of=_moment(as_of))


@router.post("/serial-intervals", url_name="situation_intervals")
def post_interval(request: HttpRequest, interval: IntervalIn) -> HttpResponse:
    """Record a serial interval from a day on; answers with the receipt."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return receipt_response(services.serial_interval_record.receive(by=by, **interval.dict()))
