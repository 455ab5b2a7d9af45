"""The small town, of which counts are reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from muster.kernel.access.services import account_open, role_grant
from muster.kernel.commands import Actor
from tests.kernel.organisation import town
from tests.prevention.situation.reports import recorded


@pytest.fixture
def a_town(db: None) -> None:
    town.build()


@pytest.fixture(scope="session")
def s_city(shared_data: Path) -> list[int]:
    """New cases of S City from 12 January to 30 April 2020."""
    return recorded(shared_data / "epidemic" / "s_city_2020.csv")


@pytest.fixture
def browse(a_town: None) -> Callable[[str], Client]:
    """A browser in which somebody who holds one role has logged in; English, to be read by tests."""

    def log_in(role: str) -> Client:
        setup = Actor.system("set-up")
        account = account_open(by=setup.again(), login=f"A-{role}", password="quiet-river-crossing")
        role_grant(by=setup.again(), account=account, role=role, reason="set-up")
        client = Client(headers={"accept-language": "en"})
        client.force_login(account)
        client.cookies["django_language"] = "en"
        return client

    return log_in
