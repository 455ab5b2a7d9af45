"""Readers who are logged in, by role."""

from __future__ import annotations

from django.test import Client

from muster.kernel.access.services import account_open, role_grant
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Person


def reader(*roles: str, language: str = "en", person: str = "") -> Client:
    """A browser in which an account with these roles is logged in."""
    by = Actor.system("set-up")
    whose = Person.objects.get(code=person) if person else None
    login = f"T-{'-'.join(roles) or 'none'}{person}"
    account = account_open(by=by, login=login, password="quiet-river-crossing", person=whose)
    for role in roles:
        role_grant(by=by.again(), account=account, role=role, reason="test")
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return client
