"""Pages and API of the log, for the two roles that may read it and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from muster.kernel.access.models import Account
from muster.kernel.access.roles import ALL, AUDIT_ADMINISTRATOR, AUDITOR
from muster.kernel.access.services import account_open, role_grant
from muster.kernel.audit import queries
from muster.kernel.audit.checks import check_now
from muster.kernel.audit.models import Check, Leaf
from muster.kernel.audit.sealing import seal
from muster.kernel.commands import Actor
from tests.kernel.audit.log import entries
from tests.kernel.audit.tampering import guards_down

pytestmark = pytest.mark.django_db
PAGES = ("/audit/", "/audit/checkpoints/", "/api/audit/entries", "/api/audit/checkpoints", "/api/audit/state")
SignIn = Callable[..., Client]


@pytest.fixture
def sign_in() -> SignIn:
    """A browser in which somebody with this role has logged in."""

    def enter(role: str, language: str = "en") -> Client:
        system = Actor.system("set-up")
        opened = account_open(by=system, login=f"A-{role}", password="quiet-river-crossing")
        account = Account.objects.get(pk=opened.pk)
        role_grant(by=system.again(), account=account, role=role, reason="set-up")
        client = Client(headers={"accept-language": language})
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        client.force_login(account)
        return client

    return enter


@pytest.fixture
def auditor(sign_in: SignIn) -> Client:
    return sign_in(AUDITOR)


@pytest.mark.parametrize("role", sorted(ALL))
def test_only_the_audit_administrator_and_the_auditor_see_that_there_is_a_log(role: str, sign_in: SignIn) -> None:
    client = sign_in(role)
    allowed = role in {AUDIT_ADMINISTRATOR, AUDITOR}
    paths = [*PAGES, f"/audit/{Leaf.objects.all()[0].pk}/"]
    assert {client.get(path).status_code for path in paths} == {200 if allowed else 404}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_log_lists_the_newest_first_and_pages_by_key(sign_in: SignIn, language: str) -> None:
    client = sign_in(AUDITOR, language)
    entries(120)
    page = client.get("/audit/").content.decode()
    first = [int(key) for key in re.findall(r'href="/audit/(\d+)/"', page)]
    assert first == list(Leaf.objects.order_by("-pk").values_list("pk", flat=True)[: queries.PAGE])
    older = client.get(f"/audit/?before={first[-1]}").content.decode()
    second = [int(key) for key in re.findall(r'href="/audit/(\d+)/"', older)]
    assert second[0] < first[-1]
    assert ("Audit log" in page) == (language == "en")


def test_an_accounts_actions_are_found_however_long_ago(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 10)
    entries(60)
    found = queries.entries(principal="account:3")
    assert len(found.entries) == 12
    assert found.older is None


def test_a_search_looks_through_one_stretch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKED_THROUGH", 10)
    entries(60)
    keys, before = [], None
    while True:
        found = queries.entries(action="probe.act_1", before=before)
        keys += [entry.id for entry in found.entries]
        if found.older is None:
            break
        before = found.older
    assert keys == list(Leaf.objects.filter(action="probe.act_1").order_by("-pk").values_list("pk", flat=True))


def test_an_entry_is_shown_with_a_proof_that_holds(auditor: Client) -> None:
    entries(700)
    seal()
    leaf = Leaf.objects.get(position=397)
    page = auditor.get(f"/audit/{leaf.pk}/").content.decode()
    assert "The proof holds" in page
    shown = auditor.get(f"/api/audit/entries/{leaf.pk}").json()
    assert shown["inclusion"]["holds"] is True
    assert shown["leaf_hash"] == leaf.leaf_hash
    assert (shown["inclusion"]["position"], shown["inclusion"]["size"]) == (397, Leaf.objects.count())


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_every_entry_of_a_log_of_any_size_has_its_proof(size: int) -> None:
    entries(size)
    seal()
    for leaf in Leaf.objects.filter(position__in=[0, size // 2, size - 1]):
        proof = queries.inclusion(leaf)
        assert proof is not None
        assert proof.holds


def test_what_a_proof_reads_grows_with_the_logarithm_of_the_log() -> None:
    for first, count in ((0, 600), (600, 2400)):
        entries(count, first)
        seal()
        with CaptureQueriesContext(connection) as captured:
            queries.inclusion(Leaf.objects.get(position=5))
        assert len(captured) <= (first + count).bit_length()


def test_an_entry_that_was_changed_is_shown_as_changed(auditor: Client) -> None:
    entries(20)
    seal()
    with guards_down():
        Leaf.objects.filter(position=7).update(leaf_hash="0" * 64)
    page = auditor.get(f"/audit/{Leaf.objects.get(position=7).pk}/").content.decode()
    assert "The proof does not hold" in page


def test_an_entry_that_waits_says_so(auditor: Client) -> None:
    leaf = Leaf.objects.order_by("-pk")[0]
    assert "waits to be sealed" in auditor.get(f"/audit/{leaf.pk}/").content.decode()
    assert auditor.get(f"/api/audit/entries/{leaf.pk}").json()["inclusion"] is None


@pytest.mark.parametrize(
    "path", ["/audit/999999999/", "/audit/99999999999999999999999/", "/api/audit/entries/999999999"]
)
def test_an_entry_that_is_not_there_is_not_found(auditor: Client, path: str) -> None:
    assert auditor.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", "before=99999999999999999999", "principal=%F0", "action=%27"]
)
def test_nonsense_in_the_address_is_no_error(auditor: Client, query: str) -> None:
    assert auditor.get(f"/audit/?{query}").status_code == 200
    assert auditor.get(f"/audit/checkpoints/?{query}").status_code == 200


def test_a_log_found_altered_is_announced_on_every_page_of_it(auditor: Client) -> None:
    entries(20)
    seal()
    check_now()
    assert "as sealed" in auditor.get("/audit/").content.decode()
    with guards_down():
        Leaf.objects.filter(position=7).update(content="{}")
    check_now()
    check_now()
    assert list(Check.objects.order_by("pk").values_list("ok", "first_bad")) == [(True, None), (False, 7)]
    for path in ("/audit/", "/audit/checkpoints/"):
        page = auditor.get(path).content.decode()
        assert "The log has been altered" in page
        assert "an entry was changed or is missing" in page
        assert "Entries before position 7, counted from 0, can be trusted" in page
    assert auditor.get("/api/audit/state").json()["check"]["first_bad"] == 7
