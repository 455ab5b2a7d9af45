"""The security administrator's pages: accounts and what they may do. The purpose register, for those who watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.kernel.access import account_forms as forms
from muster.kernel.access import services
from muster.kernel.access.actors import actor_behind
from muster.kernel.access.errors import OwnAccount
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.purposes import PURPOSES, TABLES
from muster.kernel.access.queries import account_view, accounts_page
from muster.kernel.access.roles import CHOICES, ROLES
from muster.kernel.errors import DomainError

UNPROCESSABLE = 422
ONLY = [("ending", _("a role ends within 7 days")), ("left", _("the person has left"))]
Form = forms.Opening | forms.Granting | forms.Reason | forms.Password


def accounts(request: HttpRequest) -> HttpResponse:
    """Accounts by login name, 50 at a time."""
    asked = {name: request.GET.get(name, "").strip() for name in ("begins", "after", "role", "only")}
    begins, after, role, only = asked.values()
    page = accounts_page(actor_behind(request).now, begins=begins, after=after, role=role, only=only)
    return render(request, "access/accounts.html", {"page": page, "asked": asked, "roles": CHOICES, "only": ONLY})


def open_account(request: HttpRequest) -> HttpResponse:
    """A form for a new account; it leads to the account, which holds no role yet."""
    form = forms.Opening(request.POST or None)
    problem = None
    if form.is_valid():
        try:
            opened = services.account_open(by=actor_behind(request), **form.stated())
        except DomainError as wrong:
            problem = wrong
        else:
            messages.success(request, _("The account is open. It holds no role yet."))
            return _to(opened.pk)
    return _page(request, "access/open.html", {"form": form}, problem, form)


def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what it may do, since when, by whom, until when; and what can be done with it."""
    return _account(request, pk)


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account a role."""
    return _done(request, pk, "granting", forms.Granting, services.role_grant, _("The role is granted."))


def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the account of somebody else a new password: one's own is changed by whoever knows the one before."""
    if pk == actor_behind(request).account_id:
        raise OwnAccount(request.user.get_username())
    return _done(request, pk, "password", forms.Password, services.password_set, _("The password is changed."))


def reset_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the second factors of somebody who lost them."""
    return _done(request, pk, "reset", forms.Reason, services.factors_reset, _("The second factors are removed."))


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account for good."""
    services.account_close(by=actor_behind(request), account=get_object_or_404(Account, pk=pk))
    messages.success(request, _("The account is closed."))
    return _to(pk)


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End one grant now."""
    found = get_object_or_404(RoleGrant, pk=pk)

    def end(*, account: Account, **arguments: Any) -> RoleGrant:
        return services.role_revoke(grant=found, **arguments)

    return _done(request, found.account_id, f"revoke-{pk}", forms.Reason, end, _("The role is revoked."))


def purposes(request: HttpRequest) -> HttpResponse:
    """Which personal data there is, what for, on what basis, how long, and which roles may read it."""
    rows = [
        (purpose, [ROLES[role].title for role in ROLES if role in purpose.readers]) for purpose in PURPOSES.values()
    ]
    return render(request, "access/purposes.html", {"purposes": rows, "tables": TABLES.values()})


def _done(
    request: HttpRequest, pk: int, name: str, form_class: type[Form], service: Callable[..., Any], said: Any
) -> HttpResponse:
    """Does what a form of the account's page asks for, or shows the page again with what is wrong."""
    form = form_class(request.POST, prefix=name)
    problem = None
    if form.is_valid():
        try:
            service(by=actor_behind(request), account=get_object_or_404(Account, pk=pk), **form.stated())
        except DomainError as wrong:
            problem = wrong
        else:
            messages.success(request, said)
            return _to(pk)
    return _account(request, pk, {name: form}, problem, form)


def _account(
    request: HttpRequest,
    pk: int,
    bound: dict[str, Form] | None = None,
    problem: DomainError | None = None,
    form: Form | None = None,
) -> HttpResponse:
    actor = actor_behind(request)
    view = account_view(pk, actor.now)
    if view is None:
        raise Http404
    shown = bound or {}
    revoking = [
        (grant, shown.get(f"revoke-{grant.id}", forms.Reason(prefix=f"revoke-{grant.id}"))) for grant in view.in_force
    ]
    context = {
        "account": view,
        "is_own": pk == actor.account_id,
        "revoking": revoking,
        "granting": shown.get("granting", forms.Granting(prefix="granting")),
        "password": shown.get("password", forms.Password(prefix="password")),
        "reset": shown.get("reset", forms.Reason(prefix="reset")),
        "opened": next(iter(shown), ""),
    }
    return _page(request, "access/account.html", context, problem, form)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], problem: DomainError | None, form: Form | None
) -> HttpResponse:
    wrong = problem is not None or (form is not None and bool(form.errors))
    return render(request, template, {**context, "problem": problem}, status=UNPROCESSABLE if wrong else 200)


def _to(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("access:account", args=[pk]))
