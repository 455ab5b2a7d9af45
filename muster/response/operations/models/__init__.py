"""Operations: a plan at work, from the proposal to activate it until it is stood down."""

from muster.response.operations.models.command import Decision, LevelPeriod, Proposal
from muster.response.operations.models.figures import DayFigures, StaffShortfall, StockDay, StockShortfall
from muster.response.operations.models.operation import EngineState, Mode, Operation
from muster.response.operations.models.record import LogEntry
from muster.response.operations.models.work import Arising, EndedTasks, Evidence, PlaceOpening, Task

__all__ = [
    "Arising",
    "DayFigures",
    "Decision",
    "EndedTasks",
    "EngineState",
    "Evidence",
    "LevelPeriod",
    "LogEntry",
    "Mode",
    "Operation",
    "PlaceOpening",
    "Proposal",
    "StaffShortfall",
    "StockDay",
    "StockShortfall",
    "Task",
]
