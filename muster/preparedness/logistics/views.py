"""Pages of the stock: balances, one store, the book, and the three forms that move something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.table import policy_table
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError, Text
from muster.preparedness.logistics import forms, holdings, queries, services
from muster.preparedness.logistics.models import Item, Store

UNPROCESSABLE = 422
Form = forms.Receiving | forms.Issuing | forms.Transferring


def stock(request: HttpRequest) -> HttpResponse:
    """Every item over all stores."""
    moment = _moment(request)
    context = {
        "holdings": holdings.holdings(as_of=moment),
        "stores": holdings.stores(),
        "may_move": _may_move(request),
        **_shown(request, moment),
    }
    return render(request, "logistics/stock.html", context)


def store(request: HttpRequest, code: str) -> HttpResponse:
    """One store: its items, and every lot with its day."""
    moment = _moment(request)
    found = None if "\0" in code else Store.objects.filter(code=code).select_related("unit").first()
    if found is None:
        raise Http404
    context = {
        "store": found,
        "holdings": holdings.holdings(as_of=moment, store=code),
        "lots": queries.lot_balances(as_of=moment, store=code),
        "items": holdings.names(Item.objects.all()),
        "stores": holdings.stores(),
        "may_move": _may_move(request),
        **_shown(request, moment),
    }
    return render(request, "logistics/store.html", context)


def book(request: HttpRequest) -> HttpResponse:
    """The lines of the book, the latest first."""
    asked = {name: request.GET.get(name, "")[:64] for name in ("store", "item")}
    text = request.GET.get("start", "")
    start = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    lines = holdings.book(as_of=actor_behind(request).now, start=start, limit=holdings.LINES + 1, **asked)
    stores, items = holdings.stores(), list(Item.objects.order_by("code"))
    context = {
        "lines": lines[: holdings.LINES],
        "asked": asked,
        "start": start,
        "next_start": start + holdings.LINES if len(lines) > holdings.LINES else 0,
        "stores": stores,
        "items": items,
        "store_names": holdings.names(stores),
        "item_names": holdings.names(items),
    }
    return render(request, "logistics/book.html", context)


def receive(request: HttpRequest) -> HttpResponse:
    """Enter what came in."""
    note = _("One lot at a time, as it came in, with the day until which it may be used.")
    return _move(request, forms.Receiving, services.stock_receive, _("Receive"), note, _("Received."))


def issue(request: HttpRequest) -> HttpResponse:
    """Enter what goes out."""
    note = _("The lots that expire first go out first; expired ones stay.")
    return _move(request, forms.Issuing, services.stock_issue, _("Issue"), note, _("Issued."))


def transfer(request: HttpRequest) -> HttpResponse:
    """Move stock between stores."""
    note = _("From store to store; each lot keeps its number and its day.")
    return _move(request, forms.Transferring, services.stock_transfer, _("Transfer stock"), note, _("Moved."))


def _move(
    request: HttpRequest, kind: type[Form], service: Callable[..., Any], title: Text, note: Text, said: Text
) -> HttpResponse:
    chosen = request.GET.get("store", "")[:64]
    form = kind(request.POST if request.method == "POST" else None, initial={"store": chosen, "source": chosen})
    problem = None
    if form.is_bound and form.is_valid():
        row = form.row()
        try:
            service(by=actor_behind(request), rows=[row])
        except NotPermitted:
            raise
        except DomainError as wrong:
            problem = wrong
        else:
            messages.success(request, str(said))
            store_code = getattr(row, "store", "") or getattr(row, "target", "")
            return HttpResponseRedirect(reverse("logistics:store", args=[store_code]))
    status = UNPROCESSABLE if problem is not None or form.errors else 200
    context = {"form": form, "title": title, "note": note, "problem": problem}
    return render(request, "logistics/move.html", context, status=status)


def _moment(request: HttpRequest) -> datetime:
    return holdings.moment_shown(actor_behind(request).now, request.GET.get("day", ""))


def _shown(request: HttpRequest, moment: datetime) -> dict[str, Any]:
    """As of which day the page is, and whether that is not today."""
    now = actor_behind(request).now
    day, today = (at.astimezone(settings.BUREAU_ZONE).date() for at in (moment, now))
    return {"day": day, "today": today, "is_past": day != today}


def _may_move(request: HttpRequest) -> bool:
    policy = policy_table().get("logistics:receive")
    return policy is not None and policy.permits("POST", actor_behind(request).roles)
