"""The command board: the page, its live fragments, and the board of what runs now."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.response.operations.board import page, places
from muster.response.operations.board.assemble import board_at
from muster.response.operations.board.moment import moment_of
from muster.response.operations.models import Mode, Operation, Task
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
    """The operation whose board is shown first: a real one before an exercise before a replay, the newest of them.

    One that is stood down counts as long as its winding up is not done; a replay that is over, where nothing else is.
    """
    begun = Operation.objects.select_related("plan_version", "area").filter(opened_at__isnull=False)
    winding_up = Task.objects.filter(operation=OuterRef("pk"), done_at=None, withdrawn_at=None)
    at_work = begun.filter(Q(state=Operation.State.ACTIVE) | Exists(winding_up))
    for mode in Mode:
        if (found := at_work.filter(mode=mode).order_by("-opened_at").first()) is not None:
            return found
    return begun.filter(mode=Mode.REPLAY).order_by("-opened_at").first()
