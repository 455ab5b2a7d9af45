"""The command board: the page, its live fragments, and the board of what runs now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.response.operations.board import page, places
from muster.response.operations.board.assemble import board_at
from muster.response.operations.board.moment import moment_of
from muster.response.operations.models import Operation
from muster.response.operations.views.reading import may, may_command, operation_of, told


@told
def board(request: HttpRequest) -> HttpResponse:
    """The board of the operation that runs now; what to do when none does."""
    operation = running()
    if operation is None:
        context = {"may_propose": may(request, "operations:activate")}
        return render(request, "operations/board_empty.html", context)
    return _page(request, operation)


@told
def operation_board(request: HttpRequest, code: str) -> HttpResponse:
    """The board of one operation."""
    return _page(request, operation_of(code))


@told
def board_panels(request: HttpRequest, code: str) -> HttpResponse:
    """The panels alone, to be put into an open board."""
    operation = operation_of(code)
    shown = board_at(operation, moment_of(operation, request.GET.get("as_of", "")))
    context = page.panels(shown, operation, **_reader(request, operation))
    return render(request, "operations/board/_panels.html", context)


def _page(request: HttpRequest, operation: Operation) -> HttpResponse:
    shown = board_at(operation, moment_of(operation, request.GET.get("as_of", "")))
    context = page.whole(shown, operation, places.features(), **_reader(request, operation))
    if context["wall"]:
        context["ui_theme"] = request.COOKIES.get("theme", "dark")  # a dark room at night
    return render(request, "operations/board.html", context)


def _reader(request: HttpRequest, operation: Operation) -> dict[str, Any]:
    return {"wall": "wall" in request.GET, "may_decide": may_command(request, operation)}


def running() -> Operation | None:
    """The operation whose board is shown first: a real one before an exercise before a replay, the newest of them."""
    found = Operation.objects.select_related("plan_version", "area").exclude(state="proposed")
    rank = {"live": 0, "exercise": 1, "replay": 2}
    newest = [found.filter(mode=mode).exclude(state="stood_down").order_by("-opened_at").first() for mode in rank]
    still = [operation for operation in newest if operation is not None]
    return still[0] if still else found.filter(mode="replay").order_by("-opened_at").first()
