"""The epidemic curve as shapes of a picture: bars by day of report, and Rt with its band below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from muster.prevention.situation.queries import CurveDay

WIDTH, LEFT, RIGHT = 700.0, 20.0, 44.0  # the scales stand on the right, where the newest day is
BARS_TOP, BARS_HEIGHT = 12.0, 170.0
RT_TOP, RT_HEIGHT, RT_MOST = 212.0, 84.0, 4.0
HEIGHT: Final = 322.0
STEPS: Final = (1, 2, 5)
LAGS: Final = 20  # days; later ones are too few to be seen
LAGS_WIDTH, LAGS_HEIGHT = 300.0, 90.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; `kind` is plain, late or unknown."""

    day: CurveDay
    x: float
    y: float
    width: float
    height: float
    kind: str

    @property
    def middle(self) -> float:
        """Where a mark above the bar stands."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the template draws, in units of the view box."""

    bars: tuple[Bar, ...]
    counts: tuple[Tick, ...]
    days: tuple[Tick, ...]
    ratios: tuple[Tick, ...]
    bands: tuple[str, ...]
    lines: tuple[str, ...]
    one: float

    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bars_bottom: float = BARS_TOP + BARS_HEIGHT
    rt_top: float = RT_TOP
    rt_bottom: float = RT_TOP + RT_HEIGHT


@dataclass(frozen=True, slots=True)
class Lag:
    """The share of the cases that a case causes so many days after its own onset, as a bar of a small picture."""

    days: int
    share: float
    x: float
    y: float
    height: float

    @property
    def title(self) -> str:
        """The figures."""
        return f"{self.days}: {self.share:.1%}"

    @property
    def is_marked(self) -> bool:
        """Whether its days stand below it."""
        return self.days % 5 == 0 or self.days == 1


def lags(shares: Sequence[float]) -> tuple[Lag, ...]:
    """A serial interval as bars, from 1 to at most 20 days; `shares` from lag 0 on."""
    shown = list(shares[1 : LAGS + 1])
    slot, most = LAGS_WIDTH / LAGS, max(shown)
    heights = [round(LAGS_HEIGHT * share / most, 1) for share in shown]
    return tuple(
        Lag(place + 1, shown[place], round(place * slot, 1), round(LAGS_HEIGHT - height, 1), height)
        for place, height in enumerate(heights)
    )


def picture(days: Sequence[CurveDay]) -> Picture:
    """The curve of at least one day."""
    slot = (WIDTH - LEFT - RIGHT) / len(days)
    top = scale_top(max((day.new or 0 for day in days), default=0))
    return Picture(
        bars=tuple(_bar(day, place, slot, top) for place, day in enumerate(days)),
        counts=tuple(Tick(_height(value, top), str(value)) for value in (0, top // 2, top)),
        days=tuple(_days(days, slot)),
        ratios=tuple(Tick(_ratio(value), f"{value:g}") for value in (0.0, 2.0, RT_MOST)),
        bands=tuple(_bands(days, slot)),
        lines=tuple(_lines(days, slot)),
        one=_ratio(1.0),
    )


def scale_top(most: int) -> int:
    """The end of the axis: the next even 1, 2 or 5 times a power of ten."""
    power = 2
    while True:
        for step in STEPS:
            if step * power >= most:
                return step * power
        power *= 10


def _height(value: float, top: int) -> float:
    return round(BARS_TOP + BARS_HEIGHT * (1 - value / top), 1)


def _ratio(value: float) -> float:
    return round(RT_TOP + RT_HEIGHT * (1 - min(value, RT_MOST) / RT_MOST), 1)


def _bar(day: CurveDay, place: int, slot: float, top: int) -> Bar:
    x, width = round(LEFT + place * slot + slot * 0.1, 1), round(slot * 0.8, 1)
    if day.new is None:
        return Bar(day, x, BARS_TOP, width, BARS_HEIGHT, "unknown")
    y = _height(day.new, top)
    return Bar(day, x, y, width, round(BARS_TOP + BARS_HEIGHT - y, 1), "late" if day.late_report else "plain")


def _days(days: Sequence[CurveDay], slot: float) -> Iterator[Tick]:
    step = max(1, round(len(days) / 10))
    for place in range(0, len(days), step):
        yield Tick(round(LEFT + (place + 0.5) * slot, 1), f"{days[place].day:%m-%d}")


def _runs(days: Sequence[CurveDay]) -> Iterator[list[tuple[int, CurveDay]]]:
    """Stretches of days that have an estimate."""
    run: list[tuple[int, CurveDay]] = []
    for place, day in enumerate(days):
        if day.rt_mean is not None:
            run.append((place, day))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _points(run: Sequence[tuple[int, CurveDay]], slot: float, of: Callable[[CurveDay], float | None]) -> list[str]:
    return [f"{LEFT + (place + 0.5) * slot:.1f},{_ratio(of(day) or 0.0)}" for place, day in run]


def _bands(days: Sequence[CurveDay], slot: float) -> Iterator[str]:
    for run in _runs(days):
        upper = _points(run, slot, lambda day: day.rt_high)
        lower = _points(run, slot, lambda day: day.rt_low)
        yield " ".join([*upper, *reversed(lower)])


def _lines(days: Sequence[CurveDay], slot: float) -> Iterator[str]:
    for run in _runs(days):
        yield " ".join(_points(run, slot, lambda day: day.rt_mean))


def last_days(days: Sequence[CurveDay], count: int) -> list[CurveDay]:
    """The days to draw: all, or the last ones where there are more than a reader can tell apart."""
    return list(days[-count:])
