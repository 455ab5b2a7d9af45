"""The report of a replay as one page: both languages side by side, charts inline, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from muster.engines.plan.checks.titles import titles_of
from muster.engines.plan.types import Text
from muster.kernel.ui.wording import level_title
from muster.response.operations.replay.charts import LEVEL_COLOURS, Line, chart, heat, legend
from muster.response.operations.replay.report import level_in_force, name_of, worst
from muster.response.operations.services.texts import in_both

SHOWN: Final = 25
STYLE: Final = """
body{font:15px/1.5 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;color:#111827}
body{margin:0 auto;max-width:1060px;padding:24px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px;border-bottom:1px solid #d1d5db}
small,.en{color:#4b5563;font-weight:400}svg{width:100%;height:auto;display:block}.grid{stroke:#e5e7eb}
.tick{font:11px system-ui,sans-serif;fill:#4b5563}.end{text-anchor:end}
p{overflow-wrap:anywhere}td .en{display:block}
table{border-collapse:collapse;width:100%}td.n,th.n{text-align:right}.scroll{overflow-x:auto}
th,td{padding:4px 8px;border-bottom:1px solid #e5e7eb;text-align:left;vertical-align:top}
.legend{margin:4px 0;color:#4b5563}.key{margin-right:16px}
.key i{display:inline-block;width:12px;height:12px;margin-right:5px}
.facts{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}.facts b{display:block;font-size:22px}
.facts div{border:1px solid #d1d5db;border-radius:6px;padding:8px 14px}
@media(max-width:720px){svg{min-width:680px}body{padding:16px}}
@media print{body{max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}
"""


def as_page(report: Mapping[str, Any]) -> str:
    """A whole HTML document; the same for the same report."""
    title = both(Text(**report["plan_title"]))
    head = in_both(_("Replay report"))
    body = [
        f"<h1>{both(head)}</h1><p>{title} · {escape(report['plan'])} {escape(report['plan_version'])}</p>",
        _facts(report),
        *_charts(report),
        _levels(report),
        _late(report),
        _staff(report),
        _stock(report),
        _about(report),
    ]
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(head.zh)} / {escape(head.en)}</title><style>{STYLE}</style></head>\n<body><main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main></body>\n</html>\n"
    )


def both(text: Text) -> str:
    """Chinese, then English in grey; once where they are the same."""
    zh, en = escape(text.zh), escape(text.en)
    return zh if zh == en or not en else f'{zh} <span class="en" lang="en">{en}</span>'


def say(line: Promise | str, **fill: Any) -> str:
    """A line of the catalogue in both languages."""
    return both(in_both(line, **fill))


def _plain(line: Promise | str) -> str:
    text = in_both(line)
    return f"{text.zh} / {text.en}"


def _facts(report: Mapping[str, Any]) -> str:
    tasks = report["tasks"]
    facts: Sequence[tuple[Promise | str, str]] = (
        (_("Days"), f"{report['first_day']} – {report['last_day']}"),
        (_("Confirmed cases"), f"{report['cases']:,}"),
        (_("Tasks raised"), f"{tasks['raised']:,}"),
        (_("Tasks done"), f"{tasks['done']:,}"),
        (_("Tasks overdue"), f"{tasks['late']:,}"),
    )
    return '<div class="facts">' + "".join(f"<div><b>{value}</b>{say(name)}</div>" for name, value in facts) + "</div>"


def _charts(report: Mapping[str, Any]) -> Iterable[str]:
    days = report["days"]
    dates, levels = [day["date"] for day in days], [day["level"] for day in days]

    def values(name: str) -> list[float]:
        return [day[name] for day in days]

    yield _section(
        _("Epidemic curve and levels"),
        chart(
            _plain(_("New confirmed cases a day, with the level of each day")),
            dates,
            [Line(_plain(_("New confirmed cases")), "#374151", values("new"), bars=True)],
            levels,
        )
        + legend((LEVEL_COLOURS[level], _plain(level_title(level))) for level in sorted(set(levels))),
    )
    yield _section(
        _("Tasks"),
        chart(
            _plain(_("Tasks a day")),
            dates,
            [
                Line(_plain(_("Raised")), "#93c5fd", values("tasks_raised"), bars=True),
                Line(_plain(_("Done")), "#15803d", values("tasks_done")),
                Line(_plain(_("Overdue")), "#b91c1c", values("tasks_late")),
            ],
            levels,
        ),
    )
    yield _section(
        _("People"),
        chart(
            _plain(_("Officer-shifts a day")),
            dates,
            [
                Line(_plain(_("Filled")), "#86efac", values("people_assigned"), bars=True),
                Line(_plain(_("Needed")), "#b91c1c", values("people_needed")),
                Line(_plain(_("There")), "#1d4ed8", values("people_present")),
            ],
            levels,
        ),
    )
    if missing := _missing_by_item(report):
        yield _section(_("Stock"), heat(_plain(_("Share of each day's need that was missing")), dates, missing))


def _missing_by_item(report: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """For each item and day the largest share that any store lacked."""
    found: dict[str, dict[str, float]] = {}
    for row in report["stock_shortfall"]:
        name = name_of(report, "item", row["item"])
        days = found.setdefault(f"{name.zh} {name.en}", {})
        share = 1 - row["available"] / row["needed"]
        days[row["date"]] = max(days.get(row["date"], 0.0), share)
    return dict(sorted(found.items()))


def _section(title: Promise | str, content: str) -> str:
    return f"<h2>{say(title)}</h2>\n{content}"


def _listed(
    title: Promise | str, heads: Sequence[Promise | str], rows: Iterable[Sequence[str]], numbers: int = 0
) -> str:
    """A section with a table; its last `numbers` columns are figures."""
    first = len(heads) - numbers
    mark = ["" if column < first else ' class="n"' for column in range(len(heads))]
    head = "".join(f"<th{mark[column]}>{say(name)}</th>" for column, name in enumerate(heads))
    body = "".join(
        "<tr>" + "".join(f"<td{mark[column]}>{cell}</td>" for column, cell in enumerate(row)) + "</tr>\n"
        for row in rows
    )
    frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(_plain(title))}">'
    return _section(title, f"{frame}<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table></div>")


def _levels(report: Mapping[str, Any]) -> str:
    rows = [
        (escape(row["at"][:16].replace("T", " ")), say(level_in_force(row["level"])), both(Text(**row["reason"])))
        for row in report["levels"]
    ]
    return _listed(_("Levels"), [_("When"), _("Level"), _("Reason")], rows)


def _late(report: Mapping[str, Any]) -> str:
    rows = [
        (
            f"{escape(row['clause'])} {both(Text(**row['title']))}",
            *(f"{row[name]:,}" for name in ("raised", "late", "staff", "stock")),
        )
        for row in report["late_by_clause"]
    ]
    heads = [_("Clause"), _("Raised"), _("Overdue"), _("People missing"), _("Stock missing")]
    return _listed(_("Overdue, by clause and reason"), heads, rows, 4) if rows else ""


def _staff(report: Mapping[str, Any]) -> str:
    return _short(report, _("Officer-shifts that were not there"), report["staff_shortfall"], ("unit", "qualification"))


def _stock(report: Mapping[str, Any]) -> str:
    return _short(report, _("Stock that was not there"), report["stock_shortfall"], ("store", "item"))


def _short(
    report: Mapping[str, Any], title: Promise | str, found: Iterable[dict[str, Any]], names: tuple[str, str]
) -> str:
    """The largest gaps of the whole replay; all of them by day are in report.json."""
    rows = [
        (
            *(both(name_of(report, what, code)) for what, code in zip(names, key, strict=True)),
            *(f"{count:,}" for count in (days, needed, there, needed - there)),
        )
        for key, days, needed, there in worst(found, *names)[:SHOWN]
    ]
    words = {"unit": _("Unit"), "qualification": _("Qualification"), "store": _("Store"), "item": _("Item")}
    heads = [*(words[name] for name in names), _("Days"), _("Needed"), _("Available"), _("Missing")]
    return _listed(title, heads, rows, 4) if rows else ""


def _about(report: Mapping[str, Any]) -> str:
    lines = [
        say(_("Counts: %(source)s. Seed %(seed)s."), source=report["source"], seed=report["seed"]),
        f"SHA-256 {escape(report['plan_hash'])}",
        say(_("Who decides, what arises and how fast people work follows a stated script, not a forecast.")),
    ]
    if report["assumed"]:
        names = titles_of(report["assumed"], "indicator")
        lines.append(say(_("Assumed, since nobody told: %(names)s"), names=names))
    return _section(_("About this report"), "".join(f"<p>{line}</p>" for line in lines))
