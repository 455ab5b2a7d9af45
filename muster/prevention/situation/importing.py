"""From a table that a stranger made to rows of counts. What a cell says wrongly is judged later, with the row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from muster.kernel import progress
from muster.kernel.organisation.codes import keys_of
from muster.kernel.organisation.models import Area
from muster.kernel.tables import Row, Table, read_table
from muster.kernel.tables.columns import plain_heading
from muster.kernel.tables.reading import shown_name
from muster.prevention.situation import problems
from muster.prevention.situation.errors import ReportInvalid
from muster.prevention.situation.models import Measure, ReportMode
from muster.prevention.situation.receiving import LOOK
from muster.prevention.situation.rows import CountRow

AREA: Final = (
    "area",
    "area_code",
    "district",
    "cityname",
    "city",
    "区域",
    "地区",
    "区县",
    "行政区",
    "辖区",
    "城市",
    "区划代码",
    "代码",
)
DAY: Final = ("date", "day", "updatetime", "reported", "日期", "报告日期", "统计日期", "时间", "更新时间")
SPREAD: Final = ("area", "day", "measure")  # what merged cells may say of each of their rows
MEASURES: Final = tuple(Measure.values)  # the class counts them anew each time it is asked
SHOWN: Final = 12  # headings that a message repeats
MEASURE: Final = ("measure", "指标", "类别")
VALUE: Final = ("value", "count", "人数", "数量", "例数")
DAILY: Final[Mapping[str, tuple[str, ...]]] = {
    Measure.CONFIRMED: (
        "new_confirmed",
        "incidence",
        "新增确诊",
        "新增确诊病例",
        "新增",
        "confirmed",
        "cases",
        "确诊",
        "确诊病例",
    ),
    Measure.IMPORTED: ("new_imported", "新增境外输入", "新增输入", "imported", "境外输入", "输入病例"),
    Measure.ASYMPTOMATIC: ("new_asymptomatic", "新增无症状", "asymptomatic", "无症状", "无症状感染者"),
    Measure.SUSPECTED: ("new_suspected", "新增疑似", "suspected", "疑似", "疑似病例"),
    Measure.RECOVERED: ("new_recovered", "新增治愈", "新增出院", "recovered", "治愈", "出院"),
    Measure.DEATHS: ("new_deaths", "新增死亡", "deaths", "死亡"),
}
TOTALS: Final[Mapping[str, tuple[str, ...]]] = {
    Measure.CONFIRMED: (
        "total_confirmed",
        "city_confirmedcount",
        "confirmed",
        "累计确诊",
        "累计确诊病例",
        "累计",
        "total",
    ),
    Measure.IMPORTED: ("total_imported", "imported", "累计境外输入", "累计输入"),
    Measure.ASYMPTOMATIC: ("total_asymptomatic", "asymptomatic", "累计无症状"),
    Measure.SUSPECTED: ("total_suspected", "suspected", "累计疑似"),
    Measure.RECOVERED: ("total_recovered", "city_curedcount", "recovered", "累计治愈", "累计出院"),
    Measure.DEATHS: ("total_deaths", "city_deadcount", "deaths", "累计死亡"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows of a report and how the file was understood: its headings by what they mean, those not used, its sheet."""

    rows: list[CountRow]
    headings: Mapping[str, str]
    ignored: Sequence[str]
    file_name: str
    sheet: str = ""


def read_counts(content: bytes, *, file_name: str, mode: str = ReportMode.DAILY, area: str = "") -> Reading:
    """The counts in a CSV file or workbook; `area` is whose they are where the file does not say.

    Either one column a measure, or the columns measure and value. An empty cell of any measure but the confirmed is no
    row. Areas may be given by code or by name; an area or a day in merged cells stands for each of their rows, a count
    does not. Rows that carry a time of day are put in its order, so that the last of
    a day counts.

    Raises TableRefused for what is no table, ReportInvalid for a table without a day, an area or a count, CodeUnknown
    for an `area` that is not there.
    """
    keys_of(Area, [area])
    name = shown_name(file_name)
    table = read_table(content, file_name=name)
    headings = _headings(table, mode)
    _check(headings, table, name, area)
    codes = AreaCodes()
    wide = dict.fromkeys(table.wide, problems.ROW_TOO_WIDE)
    rows: list[CountRow] = []
    for place, each in enumerate(table.rows):
        rows += _rows(each, headings, codes, area, wide.get(each.number, ""))
        if place % LOOK == 0:
            progress.tell(place, len(table.rows))
    if any(":" in str(row.day) for row in rows):
        rows.sort(key=lambda row: str(row.day))
    used = set(headings.values())
    return Reading(rows, headings, [each for each in table.headers if each not in used], name, table.sheet)


def _headings(table: Table, mode: str) -> dict[str, str]:
    """What each used heading means."""
    measures = TOTALS if mode == ReportMode.CUMULATIVE else DAILY
    there = {plain_heading(header): header for header in reversed(table.headers)}
    wanted = {"area": AREA, "day": DAY, "measure": MEASURE, "value": VALUE, **measures}
    found = {
        what: next((there[key] for key in map(plain_heading, words) if key in there), "")
        for what, words in wanted.items()
    }
    if found["measure"] and found["value"]:
        return {what: found[what] for what in ("area", "day", "measure", "value") if found[what]}
    return {what: header for what, header in found.items() if header and what not in {"measure", "value"}}


def _check(headings: Mapping[str, str], table: Table, file_name: str, area: str) -> None:
    where = f"{file_name} ({', '.join(table.headers[:SHOWN])})"
    if "day" not in headings:
        raise ReportInvalid(
            _("The file has no column of days."),
            where=where,
            expected=_("a heading such as date"),
            mend=_("Give the column this heading, in one row above the counts."),
        )
    if "area" not in headings and not area:
        raise ReportInvalid(
            _("The file does not say of which area it counts."),
            where=where,
            expected=_("a heading such as area"),
            mend=_("Add the column, or choose the area for the whole file."),
        )
    if not set(headings) & {"value", *Measure.values}:
        raise ReportInvalid(
            _("The file has no column of counts."),
            where=where,
            expected=_("a heading such as new_confirmed, or confirmed for totals"),
            mend=_("Rename the column, or choose the other way of counting."),
        )


class AreaCodes:
    """Areas by whatever people call them: code, Chinese or English name; a name of two areas is nobody's."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        taken: set[str] = set()
        for code, zh, en in Area.objects.order_by("pk").values_list("code", "name_zh", "name_en"):
            for name in {plain_heading(zh), plain_heading(en)} - {""}:
                taken |= {name} & set(self.codes)
                self.codes[name] = code
        for name in taken:
            del self.codes[name]
        self.codes |= {plain_heading(code): code for code in Area.objects.values_list("code", flat=True)}

    def of(self, text: str) -> str:
        """The code meant, or the text as it is: an unknown area is named by what was written."""
        return self.codes.get(plain_heading(text), text)


def _rows(row: Row, headings: Mapping[str, str], codes: AreaCodes, area: str, problem: str) -> Iterable[CountRow]:
    cells = {what: row.cells.get(header, "") for what, header in headings.items()}
    shown = {what: row.merged.get(headings[what], "") for what in SPREAD if what in headings}
    cells |= {what: text for what, text in shown.items() if text and not cells[what]}
    place, day = codes.of(cells["area"]) if "area" in cells else area, cells.get("day", "")
    if "value" in cells:
        yield CountRow(place, day, cells["value"], _measure(cells["measure"]), row.number, problem)
        return
    for measure in MEASURES:
        text = cells.get(measure)
        if text or (text is not None and measure == Measure.CONFIRMED):
            yield CountRow(place, day, text, measure, row.number, problem)


def _measure(text: str) -> str:
    """The measure that a cell names in any of its words, or the text as it is."""
    key = plain_heading(text)
    for measure in Measure.values:
        if key in {plain_heading(word) for word in (measure, *DAILY[measure], *TOTALS[measure])}:
            return measure
    return text
