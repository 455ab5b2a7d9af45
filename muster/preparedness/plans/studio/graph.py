"""What waits for what, as a drawing: a column for each step, a line from each clause to the one that waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from muster.engines.plan import Clause, Plan
from muster.engines.plan.ordering import layers

COLUMN: Final = 190
BOX: Final = (150, 34)
GAP: Final = 44
MARGIN: Final = 8
MOST: Final = 300  # clauses in chains; more are read as a list


@dataclass(frozen=True, slots=True)
class Box:
    """A clause at its place."""

    clause: Clause
    x: int
    y: int

    @property
    def words(self) -> tuple[int, int]:
        """Where its words begin."""
        return self.x + 8, self.y + BOX[1] // 2 + 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and lines in their own units."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int
    box: tuple[int, int] = BOX


def drawing(plan: Plan) -> Drawing | None:
    """Clauses that wait or are waited for; None where none does, or so many that no drawing helps."""
    waited = {other for clause in plan.clauses for other in clause.after}
    joined = {clause.id for clause in plan.clauses if clause.after or clause.id in waited}
    if not joined or len(joined) > MOST:
        return None
    columns = [[name for name in row if name in joined] for row in layers(plan).rows]
    places = {
        name: (MARGIN + column * COLUMN, MARGIN + place * GAP)
        for column, names in enumerate(columns)
        for place, name in enumerate(_ordered(plan, names))
    }
    boxes = tuple(Box(plan.clause(name), x, y) for name, (x, y) in places.items())
    lines = tuple(
        _line(places[other], places[clause.id])
        for clause in plan.clauses
        for other in clause.after
        if other in places and clause.id in places
    )
    width = MARGIN * 2 + (len(columns) - 1) * COLUMN + BOX[0]
    height = MARGIN * 2 + (max(map(len, columns), default=1) - 1) * GAP + BOX[1]
    return Drawing(boxes, lines, width, height)


def _ordered(plan: Plan, names: list[str]) -> list[str]:
    """Beside one another what waits for the same clause."""
    return sorted(
        names, key=lambda name: min((plan.positions.get(one, 0) for one in plan.clause(name).after), default=0)
    )


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1 = start[0] + BOX[0], start[1] + BOX[1] // 2
    x2, y2 = end[0], end[1] + BOX[1] // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"
