"""Accounts, what they may do, and who came in."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator

from muster.kernel.access import services as access
from muster.kernel.access.models import Account, RoleGrant
from muster.kernel.access.roles import COMMANDER, SECURITY_ADMINISTRATOR
from muster.kernel.access.secret import Secret
from muster.kernel.access.services import accounts, sessions
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Person
from tests.faults.crash import Arguments, scenario
from tests.kernel.organisation import town


def security() -> Actor:
    return Actor("account:900", frozenset({SECURITY_ADMINISTRATOR}), account_id=900)


def account() -> Account:
    opened = access.account_open(by=security(), login="A-0001", password="quiet-river-crossing")
    return Account.objects.get(pk=opened.pk)


def of_a_commander(**arguments: Any) -> Arguments:
    """About an account with a role, the security administrator's."""
    grant = access.role_grant(by=security(), account=account(), role=COMMANDER, reason="appointed")
    return {"by": security(), "account": grant.account, **arguments}


@scenario(accounts.account_open_command)
def an_account_is_opened_for_somebody() -> Arguments:
    town.build()
    password = Secret("quiet-river-crossing")
    return {"by": security(), "login": "A-0001", "password": password, "person": Person.objects.get(code="P0001")}


@scenario(access.account_close)
def an_account_is_closed() -> Arguments:
    return of_a_commander()


@scenario(accounts.password_set_command)
def a_password_is_set() -> Arguments:
    return {"by": security(), "account": account(), "password": Secret("another-quiet-river")}


@scenario(access.factors_reset)
def lost_second_factors_are_removed() -> Arguments:
    holder = account()
    Authenticator.objects.create(user=holder, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return {"by": security(), "account": holder, "reason": "phone lost"}


@scenario(access.factors_reset)
def an_unfinished_second_factor_is_reset() -> Arguments:
    return {"by": security(), "account": account(), "reason": "telephone lost"}


@scenario(access.role_grant)
def a_role_is_granted() -> Arguments:
    return {"by": security(), "account": account(), "role": COMMANDER, "reason": "appointed"}


@scenario(access.role_grant)
def a_role_is_renewed() -> Arguments:
    return of_a_commander(role=COMMANDER, reason="term prolonged")


@scenario(access.role_revoke)
def a_role_is_revoked() -> Arguments:
    by = of_a_commander()["by"]
    return {"by": by, "grant": RoleGrant.objects.get(), "reason": "term over"}


@scenario(sessions.login_record)
def somebody_logs_in() -> Arguments:
    return {"by": security(), "account": account()}


@scenario(sessions.logout_record)
def somebody_logs_out() -> Arguments:
    return {"by": security(), "account": account()}


@scenario(sessions.refused_login_record)
def a_login_is_refused() -> Arguments:
    return {"by": Actor("anonymous"), "account": None}


@scenario(sessions.factor_record)
def a_second_factor_is_added() -> Arguments:
    return {"by": security(), "account": account(), "factor": "totp", "change": "added"}
