"""The board as a page: one context for the whole page and for its live fragments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from muster.response.operations.board import drawing
from muster.response.operations.board.moment import as_asked
from muster.response.operations.board.shape import Board

DAYS_IN_TABLE = 14


def panels(board: Board, operation: Any, *, wall: bool, may_decide: bool) -> dict[str, Any]:
    """What the panels need; the same for the page and for a refresh of it."""
    query = {"wall": "1"} if wall else {}
    as_of = {"as_of": as_asked(board.moment.at)} if board.moment.is_past else {}
    here = reverse("operations:operation_board", args=[operation.code])
    return {
        "board": board,
        "moment": board.moment,
        "as_of": as_of,
        "operation": operation,
        "state_title": operation.state_at(board.moment.at).label,
        "wall": wall,
        "may_decide": may_decide,
        "latest": board.curve.latest,
        "latest_rt": board.curve.latest_rt,
        "last_days": list(reversed(board.curve.days))[:DAYS_IN_TABLE],
        "data": drawing.moving(board),
        "now_url": f"{here}?{urlencode(query)}" if query else here,
    }


def whole(
    board: Board, operation: Any, features: Iterable[Mapping[str, Any]], *, wall: bool, may_decide: bool
) -> dict[str, Any]:
    """What the page needs on top of its panels."""
    moment = board.moment
    context = panels(board, operation, wall=wall, may_decide=may_decide)
    query = ({"wall": "1"} if wall else {}) | context["as_of"]
    address = reverse("operations:board_panels", args=[operation.code])
    return context | {
        "fixed": drawing.fixed(board, features, wall=wall),
        "panels_url": f"{address}?{urlencode(query)}" if query else address,
        "start_s": drawing.seconds(moment.start),
        "now_s": drawing.seconds(moment.now),
        "at_s": drawing.seconds(moment.at),
        "as_of_value": as_asked(moment.at),
    }
