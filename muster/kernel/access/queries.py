"""Which accounts there are, and which roles they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import ROLES

PAGE: Final = 50
ENDING_SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class GrantView:
    """One grant as a page shows it; `is_in_force` at the moment that was asked for."""

    id: int
    role: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    granted_by: str
    revoked_at: datetime | None
    revoked_by: str
    revoked_because: str
    is_in_force: bool

    @property
    def title(self) -> str:
        """The role in the language of the reader."""
        return str(ROLES[self.role].title)


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account by login name: open or closed, the person's service number and whether he left, factors, grants."""

    id: int
    login: str
    is_open: bool
    person: str
    has_left: bool
    last_login: datetime | None
    factors: tuple[str, ...] = ()
    grants: tuple[GrantView, ...] = ()

    @property
    def in_force(self) -> tuple[GrantView, ...]:
        """What the account may do now."""
        return tuple(grant for grant in self.grants if grant.is_in_force)

    @property
    def over(self) -> tuple[GrantView, ...]:
        """What it could do before."""
        return tuple(grant for grant in self.grants if not grant.is_in_force)


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """A page of accounts in the order of their login names; `after` begins the next page, empty at the end."""

    accounts: tuple[AccountView, ...]
    after: str


SERVES: Final = Q(account__person__isnull=True) | Q(account__person__active=True)


def grants_in_force(at: datetime) -> QuerySet[RoleGrant]:
    """What is granted and held at a moment. Whoever has left the service holds nothing, whatever he was granted."""
    return RoleGrant.objects.filter(SERVES, starts_at__lte=at, ends_at__gt=at, revoked_at__isnull=True)


def roles_in_force(account_id: int, at: datetime) -> frozenset[str]:
    """The roles of one account at a moment."""
    return frozenset(grants_in_force(at).filter(account_id=account_id).values_list("role", flat=True))


def ending_soon(at: datetime) -> QuerySet[RoleGrant]:
    """Grants in force that end by themselves within days."""
    return grants_in_force(at).filter(ends_at__lte=at + ENDING_SOON)


def left_open() -> QuerySet[Account]:
    """Open accounts of people who have left the service: somebody should close them."""
    return Account.objects.filter(closed_at__isnull=True, person__active=False)


def accounts_page(
    at: datetime, *, begins: str = "", after: str = "", role: str = "", only: str = "", limit: int = PAGE
) -> AccountsPage:
    """Accounts whose login name begins with `begins`, after login `after`.

    With `role` only its holders; with `only` those with a role that is "ending", or whose person has "left".
    """
    accounts = Account.objects.filter(login__gt=after) if after else Account.objects.all()
    if begins:
        accounts = accounts.filter(login__istartswith=begins)
    if role:
        accounts = accounts.filter(pk__in=grants_in_force(at).filter(role=role).values("account"))
    if only == "ending":
        accounts = accounts.filter(pk__in=ending_soon(at).values("account"))
    elif only == "left":
        accounts = accounts.filter(pk__in=left_open().values("pk"))
    found = list(accounts.select_related("person").order_by("login")[: limit + 1])
    shown = found[:limit]
    grants = _grants(shown, at)
    views = tuple(_view(account, grants[account.pk]) for account in shown)
    return AccountsPage(views, shown[-1].login if len(found) > limit else "")


def account_view(pk: int, at: datetime) -> AccountView | None:
    """One account with all its grants and factors, or None."""
    account = Account.objects.select_related("person").filter(pk=pk).first()
    if account is None:
        return None
    factors = Authenticator.objects.filter(user=account).order_by("type").values_list("type", flat=True)
    return _view(account, _grants([account], at)[pk], tuple(factors))


def _view(account: Account, grants: tuple[GrantView, ...], factors: tuple[str, ...] = ()) -> AccountView:
    number = account.person.code if account.person else ""
    left = _has_left(account)
    return AccountView(account.pk, account.login, account.is_active, number, left, account.last_login, factors, grants)


def _has_left(account: Account) -> bool:
    return account.person is not None and not account.person.active


def _grants(accounts: Collection[Account], at: datetime) -> dict[int, tuple[GrantView, ...]]:
    """Grants by account, the newest first."""
    rows = RoleGrant.objects.filter(account__in=accounts).select_related("granted_by", "revoked_by")
    resting = {account.pk for account in accounts if _has_left(account)}
    found: dict[int, tuple[GrantView, ...]] = defaultdict(tuple)
    for row in rows.order_by("-starts_at", "-pk"):
        found[row.account_id] += (
            GrantView(
                id=row.pk,
                role=row.role,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                reason=row.reason,
                granted_by=row.granted_by.login if row.granted_by else "",
                revoked_at=row.revoked_at,
                revoked_by=row.revoked_by.login if row.revoked_by else "",
                revoked_because=row.revoked_because,
                is_in_force=row.is_in_force(at) and row.account_id not in resting,
            ),
        )
    return found
