"""Which tasks a list shows, as its address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from muster.response.operations.board.words import STATES

LATE: Final = "late"
UNFINISHED: Final = "unfinished"
ALL: Final = "all"


class Asked(TypedDict):
    """Arguments of `queries.pages.task_page`."""

    state: str
    unit: str
    clause: str


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """A state of `board.words.STATES`; codes of a unit and a clause, empty for any."""

    state: str = LATE
    unit: str = ""
    clause: str = ""

    def arguments(self) -> Asked:
        """What `queries.pages.task_page` takes."""
        return Asked(state="" if self.state == ALL else self.state, unit=self.unit, clause=self.clause)


def task_filter(values: Mapping[str, str]) -> TaskFilter:
    """The filter of an address; a state that does not exist is "late"."""
    state = values.get("state", LATE)
    return TaskFilter(state if state in STATES else LATE, values.get("unit", "")[:64], values.get("clause", "")[:32])
