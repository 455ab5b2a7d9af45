"""The accounts of a journey's site: one for each role, and one that holds none."""

from __future__ import annotations

from typing import Final

PASSWORD: Final = "journey-over-quiet-water"
NOBODY: Final = "nobody"


def login_of(role: str) -> str:
    """The login name of the account that holds `role` alone: `duty_officer` logs in as `J-duty-officer`."""
    return "J-" + role.replace("_", "-")


def open_accounts() -> None:
    """Opens them all, as the installation does at set-up."""
    from muster.kernel.access.roles import ROLES
    from muster.kernel.access.services import account_open, role_grant
    from muster.kernel.commands import Actor

    setup = Actor.system("journeys")
    account_open(by=setup.again(), login=login_of(NOBODY), password=PASSWORD)
    for role in ROLES:
        account = account_open(by=setup.again(), login=login_of(role), password=PASSWORD)
        role_grant(by=setup.again(), account=account, role=role, reason="journeys")


def prepare() -> None:
    """A fresh database with the accounts; for `python -m tests.journeys.accounts`."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    open_accounts()


if __name__ == "__main__":
    prepare()
