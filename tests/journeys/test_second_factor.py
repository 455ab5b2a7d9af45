"""The second factor: set up on one's own pages, asked for at the door, enough to let a privileged role go on."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accounts import login_of
from tests.journeys.conftest import installed_browser
from tests.journeys.site import Site, new_site
from tests.journeys.visits import Visits, log_in

Shot = Callable[..., object]
Axe = Callable[[Page], None]
PERIOD = 30


@pytest.fixture(scope="module")
def strict_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A Muster that asks privileged roles for a second factor, as a bureau's does."""
    installed_browser()
    running = new_site(tmp_path_factory, "strict", MUSTER_REQUIRE_MFA="1")
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def strict(browser: Browser, strict_site: Site) -> Iterator[Visits]:
    opened = Visits(browser, strict_site, {})
    yield opened
    opened.close()


def one_time_code(secret: str, moment: float) -> str:
    """RFC 6238 with SHA-1, 30 seconds and 6 figures, from the key in base 32."""
    counter = struct.pack(">Q", int(moment) // PERIOD)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, hashlib.sha1)
    place = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_the_codes_of_this_test_are_those_of_the_standard() -> None:
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert [one_time_code(secret, moment) for moment in (59, 1111111109, 20000000000)] == [
        "287082", "081804", "353130",
    ]  # RFC 6238, appendix B, last six figures  # fmt: skip


@pytest.mark.parametrize(("language", "role"), [("zh", "commander"), ("en", "duty_officer")])
def test_a_privileged_role_sets_up_a_code_and_uses_it_at_the_door(
    strict: Visits, shot: Shot, axe: Axe, language: str, role: str
) -> None:
    page = strict.page(language=language, screen="phone")
    log_in(page, login_of(role))
    assert urlsplit(page.url).path == "/me/second-factor/", "nothing but the set-up opens"
    page.goto("/")
    assert urlsplit(page.url).path == "/me/second-factor/"
    axe(page)
    shot(page, f"second-factor-{language}-phone")
    page.click("a[href='/me/second-factor/code/']")
    expect(page.locator("#authenticator_secret")).to_be_visible()
    axe(page)
    shot(page, f"second-factor-code-{language}-phone")
    secret = page.locator("#authenticator_secret").inner_text()
    page.fill("input[name=code]", "000000")
    page.click("main form button")
    expect(page.locator(".m-field-error")).to_be_visible()
    page.fill("input[name=code]", one_time_code(secret, time.time()))
    page.click("main form button")
    page.wait_for_url("**/me/second-factor/recovery/")
    recovery = page.locator(".m-codes li").all_inner_texts()
    assert len(recovery) == len(set(recovery)) == 10
    axe(page)
    page.goto("/")
    assert urlsplit(page.url).path == "/", "now the other pages open"

    door = strict.page(language=language)
    log_in(door, login_of(role))
    door.wait_for_url("**/login/second-factor/")
    axe(door)
    shot(door, f"second-factor-door-{language}")
    door.goto("/")
    assert urlsplit(door.url).path == "/login/second-factor/", "the password alone opens nothing"
    door.fill("input[name=code]", "000000")
    door.click("form.m-form button.btn-primary")
    expect(door.locator(".m-field-error")).to_be_visible()
    door.fill("input[name=code]", recovery[0])
    door.click("form.m-form button.btn-primary")
    door.wait_for_url(f"{strict.site.url}/")

    again = strict.page(language=language)
    log_in(again, login_of(role))
    again.fill("input[name=code]", recovery[0])
    again.click("form.m-form button.btn-primary")
    expect(again.locator(".m-field-error")).to_be_visible()


def test_a_role_that_needs_none_works_without_one(strict: Visits) -> None:
    page = strict.page(language="en")
    log_in(page, login_of("field_officer"))
    assert urlsplit(page.url).path == "/"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_passkey_is_added_named_and_used_at_the_door(
    visits: Visits, site: Site, shot: Shot, axe: Axe, language: str
) -> None:
    role = {"zh": "station_chief", "en": "medical_officer"}[language]  # nobody else visits with these
    page = visits.page(language=language)
    with_a_security_key(page)
    # a passkey belongs to a host name; browsers have none for an address in figures
    here = site.url.replace("127.0.0.1", "localhost")
    log_in(page, login_of(role), at=here)
    page.goto(f"{here}/me/second-factor/passkeys/add/")
    axe(page)
    page.fill("input[name=name]", "YubiKey 7")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/me/second-factor/recovery/")
    page.goto(f"{here}/me/second-factor/passkeys/")
    expect(page.get_by_role("cell", name="YubiKey 7")).to_be_visible()
    axe(page)
    shot(page, f"passkeys-{language}")
    page.goto(f"{here}/logout/")
    page.click("main form button")
    page.goto(f"{here}/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{here}/")
    expect(page.locator("details.m-menu summary")).to_have_text(login_of(role))


def with_a_security_key(page: Page) -> None:
    """A device that answers by itself and proves a fingerprint, as DevTools offers it."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_of_ones_own_account_are_readable_in_both_languages(
    visits: Visits, shot: Shot, axe: Axe, language: str
) -> None:
    page = visits.page_as("plans_officer", language=language)
    for name in ("me/second-factor", "me/password", "logout", "me/again", "me/second-factor/passkeys"):
        answer = page.goto(f"/{name}/")
        assert answer is not None
        assert answer.status == 200
        axe(page)
        shot(page, f"{name.replace('/', '-')}-{language}")
        text = page.locator("main").inner_text()
        assert ("设" in text or "密" in text or "退" in text) == (language == "zh"), text
