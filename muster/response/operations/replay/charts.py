"""Charts of a report as inline SVG: no script, no font and no image from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 960, 190, 54, 12, 26
PLOT: Final = HEIGHT - TOP - BOTTOM
STRIP: Final = 14
MARKS: Final = 4
LEVEL_COLOURS: Final = {0: "#e5e7eb", 1: "#b91c1c", 2: "#ea580c", 3: "#ca8a04", 4: "#2563eb"}
NICE: Final = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a chart: a value for each day, drawn as bars or as a line."""

    name: str
    colour: str
    values: Sequence[float]
    bars: bool = False


def chart(title: str, days: Sequence[str], lines: Sequence[Line], levels: Sequence[int]) -> str:
    """A chart over days with the level of each day beneath; what it shows is in `title` for those who cannot see it."""
    top = nice(max((max(line.values, default=0) for line in lines), default=0))
    parts = [
        *_frame(title, HEIGHT + STRIP),
        *_grid(top),
        *(part for line in lines for part in _line(line, len(days), top)),
        *_strip(levels),
        *_dates(days),
        "</svg></div>",
    ]
    return "\n".join(parts) + "\n" + legend((line.colour, line.name) for line in lines)


def legend(entries: Iterable[tuple[str, str]]) -> str:
    """What the colours stand for."""
    keys = (f'<span class="key"><i style="background:{colour}"></i>{escape(name)}</span> ' for colour, name in entries)
    return f'<p class="legend">{"".join(keys)}</p>'


def nice(value: float) -> float:
    """The next round number above a value: 1, 2 or 5 times a power of ten."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    return next((step * power for step in NICE if step * power >= value), 10 * power)


def _frame(title: str, height: int) -> Iterator[str]:
    """What is too wide for a phone is moved by finger or by arrow keys."""
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(title)}">'
    yield f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">'


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:g}"


def _x(day: int, days: int) -> float:
    return LEFT + (WIDTH - LEFT) * day / max(days, 1)


def _y(value: float, top: float) -> float:
    return TOP + PLOT * (1 - value / top)


def _grid(top: float) -> Iterator[str]:
    for mark in range(MARKS + 1):
        value = top * mark / MARKS
        y = _y(value, top)
        yield f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" class="grid"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" class="tick end">{_figure(value)}</text>'


def _line(line: Line, days: int, top: float) -> Iterator[str]:
    if line.bars:
        width = max((WIDTH - LEFT) / max(days, 1) - 1, 0.6)
        for day, value in enumerate(line.values):
            if value:
                y = _y(value, top)
                height = TOP + PLOT - y
                yield (
                    f'<rect x="{_x(day, days):.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
                    f'fill="{line.colour}"/>'
                )
        return
    points = " ".join(f"{_x(day, days):.1f},{_y(value, top):.1f}" for day, value in enumerate(line.values))
    yield f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="2"/>'


def _strip(levels: Sequence[int]) -> Iterator[str]:
    width = (WIDTH - LEFT) / max(len(levels), 1) + 0.5
    for day, level in enumerate(levels):
        x = _x(day, len(levels))
        yield f'<rect x="{x:.1f}" y="{HEIGHT}" width="{width:.1f}" height="{STRIP}" fill="{LEVEL_COLOURS[level]}"/>'


def _dates(days: Sequence[str]) -> Iterator[str]:
    every = max(len(days) // 8, 1)
    for day in range(0, len(days), every):
        yield f'<text x="{_x(day, len(days)):.1f}" y="{HEIGHT - 8}" class="tick">{days[day][5:]}</text>'


def heat(title: str, days: Sequence[str], rows: Mapping[str, Mapping[str, float]]) -> str:
    """One row for each name: how much of the need of each day was missing, from white to red."""
    height = 22 * len(rows) + BOTTOM
    parts = list(_frame(title, height))
    left = 250
    width = (WIDTH - left) / max(len(days), 1)
    for number, (name, shares) in enumerate(rows.items()):
        y = 22 * number
        parts.append(f'<text x="{left - 6}" y="{y + 14}" class="tick end">{escape(name)}</text>')
        parts.append(f'<rect x="{left}" y="{y}" width="{WIDTH - left}" height="18" fill="#f3f4f6"/>')
        for day, date in enumerate(days):
            if share := shares.get(date, 0.0):
                x = left + day * width
                parts.append(
                    f'<rect x="{x:.1f}" y="{y}" width="{width + 0.4:.1f}" height="18" fill="#b91c1c" '
                    f'fill-opacity="{0.15 + 0.85 * share:.2f}"/>'
                )
    every = max(len(days) // 8, 1)
    for day in range(0, len(days), every):
        x = left + day * width
        parts.append(f'<text x="{x:.1f}" y="{height - 8}" class="tick">{days[day][5:]}</text>')
    return "\n".join([*parts, "</svg></div>"])
