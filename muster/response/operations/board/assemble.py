"""The whole board of one operation at one moment."""

from __future__ import annotations

from typing import Final

from muster.response.operations.board import levels, places, records, tasks
from muster.response.operations.board.curve import curve
from muster.response.operations.board.plan import words_of
from muster.response.operations.board.shape import Board, Moment
from muster.response.operations.board.shortfalls import shortfalls
from muster.response.operations.models import Operation

OVERDUE_SHOWN: Final = 7
LOG_SHOWN: Final = 6


def board_at(operation: Operation, moment: Moment) -> Board:
    """Everything that the board shows; each part as it was known at the moment, each with a limit."""
    at = moment.at
    words = words_of(operation.plan_version)
    spans = levels.spans(operation, at)
    overdue, overdue_total = tasks.overdue(operation, words, at, OVERDUE_SHOWN)
    sites = places.open_sites(operation, at)
    return Board(
        moment=moment,
        headline=levels.headline(spans, at),
        curve=curve(operation, at, spans),
        districts=places.district_risks(operation, at, sites, places.units_of_districts()),
        sites=sites,
        units=places.units(operation, at),
        obligations=tasks.obligations(operation, words, at),
        overdue=overdue,
        overdue_total=overdue_total,
        phases=tasks.phases(operation, words, at),
        shortfalls=shortfalls(operation, at),
        waiting=records.waiting(operation, at),
        log=records.latest_log(operation, at, LOG_SHOWN),
    )
