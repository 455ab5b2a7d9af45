"""The demonstration's logins: one per role, two for whoever decides in pairs, never in production."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate
from django.test import Client

from muster.kernel import clock
from muster.kernel.access.models import Account
from muster.kernel.access.queries import roles_in_force
from muster.kernel.access.roles import ROLES
from muster.sample.accounts import POSTS, accounts_load, accounts_missing, demo_logins, demo_password
from muster.sample.presence import NotInProduction

pytestmark = pytest.mark.usefixtures("own_files", "small_city")


def test_every_role_has_a_login_and_those_who_decide_in_pairs_have_two() -> None:
    assert accounts_load() == len(POSTS)
    held = Counter(role for account in Account.objects.all() for role in roles_in_force(account.pk, clock.now()))
    assert set(held) == set(ROLES)
    assert held["commander"] == held["duty_officer"] == 2


def test_every_login_is_that_of_a_person_of_the_city_and_no_two_share_one() -> None:
    accounts_load()
    people = [account.person_id for account in Account.objects.all()]
    assert None not in people
    assert len(set(people)) == len(people)


def test_what_is_printed_lets_one_in() -> None:
    accounts_load()
    shown = demo_logins()
    assert [login.login for login in shown] == [post.login for post in POSTS]
    browser = Client()
    assert browser.login(username=shown[0].login, password=shown[0].password)


def test_the_password_is_made_once_and_its_file_is_for_the_owner_alone(own_files: Path) -> None:
    first = demo_password()
    assert demo_password() == first
    assert (own_files / "demo_password").stat().st_mode & 0o777 == 0o600


def test_nothing_is_missing_once_they_are_loaded_and_a_second_load_opens_none() -> None:
    assert accounts_missing()
    accounts_load()
    assert not accounts_missing()
    assert accounts_load() == 0


def test_where_the_password_was_lost_the_logins_get_a_new_one(own_files: Path) -> None:
    accounts_load()
    old = demo_password()
    (own_files / "demo_password").unlink()
    assert accounts_missing()
    accounts_load()
    assert demo_password() != old
    assert authenticate(username="duty", password=old) is None
    assert authenticate(username="duty", password=demo_password()) is not None


def test_a_role_that_ran_out_is_granted_again_with_the_next_start() -> None:
    accounts_load()
    data = Account.objects.get(login="data")
    with clock.frozen(clock.now() + timedelta(days=15)) as later:
        assert roles_in_force(data.pk, later) == frozenset()
        assert accounts_missing()
        assert accounts_load() == 0
        assert roles_in_force(data.pk, later) == {"data_officer"}
        assert not accounts_missing()


def test_production_opens_none_and_prints_none(settings: LazySettings) -> None:
    accounts_load()
    settings.PRODUCTION = True
    with pytest.raises(NotInProduction):
        accounts_load()
    assert demo_logins() == []
