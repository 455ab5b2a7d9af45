"""Pages of what the stock book refers to: items and stores, one by one and from a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from muster.kernel.access.actors import actor_behind
from muster.kernel.access.table import policy_table
from muster.kernel.commands import NotPermitted
from muster.kernel.errors import DomainError, Text
from muster.kernel.organisation.imports import columns_of, plan_by
from muster.kernel.organisation.views.importing import content_of
from muster.kernel.tables import read_table, write_csv
from muster.kernel.ui.waiting import shows_progress
from muster.preparedness.logistics import services
from muster.preparedness.logistics.importing import REGISTERS, read_rows, rows_of
from muster.preparedness.logistics.models import Item, Store
from muster.preparedness.logistics.register_forms import ItemForm, StoreForm, Upload

UNPROCESSABLE: Final = 422
SALT: Final = "logistics.import"
TERM: Final = 3600  # s in which a preview may be confirmed
SET: Final[dict[str, Callable[..., dict[str, int]]]] = {"items": services.items_set, "stores": services.stores_set}


def register(request: HttpRequest) -> HttpResponse:
    """Every item and every store, and for who keeps the stock the ways to add and change them."""
    policy = policy_table().get("logistics:add_item")
    context = {
        "items": Item.objects.order_by("code"),
        "stores": Store.objects.select_related("unit").order_by("-is_central", "code"),
        "may_change": policy is not None and policy.permits("POST", actor_behind(request).roles),
    }
    return render(request, "logistics/register.html", context)


def add_item(request: HttpRequest) -> HttpResponse:
    """A new item."""
    return _form(request, ItemForm, "items", gettext_lazy("Add an item"), None)


def change_item(request: HttpRequest, code: str) -> HttpResponse:
    """What is stored of an item."""
    item = _there(Item.objects.filter(code=code), code)
    return _form(request, ItemForm, "items", gettext_lazy("Change the item"), ItemForm.facts(item))


def add_store(request: HttpRequest) -> HttpResponse:
    """A new store."""
    return _form(request, StoreForm, "stores", gettext_lazy("Add a store"), None)


def change_store(request: HttpRequest, code: str) -> HttpResponse:
    """What is stored of a store."""
    store = _there(Store.objects.filter(code=code).select_related("unit"), code)
    return _form(request, StoreForm, "stores", gettext_lazy("Change the store"), StoreForm.facts(store))


def _there(found: Any, code: str) -> Any:
    row = None if "\0" in code else found.first()
    if row is None:
        raise Http404
    return row


def _form(
    request: HttpRequest, kind: type[ItemForm | StoreForm], name: str, title: Text, stored: dict[str, object] | None
) -> HttpResponse:
    """The form for one row; a new one whose code is taken is refused, so that nobody changes another by a slip."""
    form = kind(request.POST if request.method == "POST" else None, initial=stored)
    form.fields["code"].disabled = stored is not None
    problem = None
    if form.is_bound and form.is_valid():
        try:
            if stored is None:
                _refuse_taken(name, form.cleaned_data["code"])
            SET[name](by=actor_behind(request), rows=[form.row()])
        except NotPermitted:
            raise
        except DomainError as wrong:
            problem = wrong
        else:
            messages.success(request, _("Stored."))
            return HttpResponseRedirect(reverse("logistics:register"))
    status = UNPROCESSABLE if problem is not None or form.errors else 200
    return render(request, "logistics/change.html", {"form": form, "title": title, "problem": problem}, status=status)


def _refuse_taken(name: str, code: str) -> None:
    model = Item if name == "items" else Store
    if model._default_manager.filter(code=code).exists():
        raise services.RegisterInvalid(
            gettext_lazy("This code is taken."),
            where=code,
            expected=gettext_lazy("each code once"),
            mend=gettext_lazy("Give the new row a code of its own, or change the row that exists."),
        )


@shows_progress
def import_file(request: HttpRequest) -> HttpResponse:
    """The form for a file; sent, it answers with what each row would do. Nothing of it is done yet."""
    form = Upload(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    problem = None
    if request.method == "POST" and form.is_valid():
        try:
            return _preview(request, form)
        except DomainError as wrong:
            problem = wrong
    status = UNPROCESSABLE if problem is not None or form.errors else 200
    context = {"form": form, "problem": problem, "kinds": REGISTERS.values()}
    return render(request, "logistics/import.html", context, status=status)


def _preview(request: HttpRequest, form: Upload) -> HttpResponse:
    file, kind = form.cleaned_data["file"], REGISTERS[form.cleaned_data["kind"]]
    plan = plan_by(kind, read_table(content_of(file), file_name=file.name), file_name=file.name)
    rows = [] if plan.problems else rows_of(plan)
    context = {
        "plan": plan,
        "title": kind.title,
        "file_name": file.name,
        "signed": signing.dumps([kind.name, rows], salt=SALT, compress=True) if rows else "",
    }
    return render(request, "logistics/preview.html", context)


@require_POST
def import_confirm(request: HttpRequest) -> HttpResponse:
    """Do what the preview showed, all of it or nothing."""
    try:
        name, rows = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=TERM)
    except signing.BadSignature:
        raise services.RegisterInvalid(
            gettext_lazy("This import cannot be confirmed any more."),
            expected=gettext_lazy("the preview of the last hour, confirmed once, on the page that showed it"),
            mend=gettext_lazy("Upload the file again."),
        ) from None
    counts = SET[name](by=actor_behind(request), rows=read_rows(name, rows))
    messages.success(request, _("%(added)d added, %(changed)d changed.") % counts)
    return HttpResponseRedirect(reverse("logistics:register"))


def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty table with the headings of a kind, in the reader's language."""
    if kind not in REGISTERS:
        raise Http404
    chinese = getattr(request, "LANGUAGE_CODE", "").startswith("zh")
    columns = columns_of(REGISTERS[kind])
    headings = [column.synonyms[0] if chinese and column.synonyms else column.name for column in columns]
    response = HttpResponse(write_csv(headings, []), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response
