"""An unsafe installation does not start, and says why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from muster.kernel.access.startup import check_installation, faults, refuse_if_unsafe

ROOT = Path(__file__).resolve().parents[3]
HASHERS = "django.contrib.auth.hashers."
MIDDLEWARE = [
    "muster.kernel.access.middleware.AccessMiddleware",
    "muster.kernel.ui.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
WRONG: list[tuple[str, Any]] = [
    ("DEBUG", True),
    ("MUSTER_REQUIRE_MFA", False),
    ("SESSION_COOKIE_SECURE", False),
    ("CSRF_COOKIE_SECURE", False),
    ("SECURE_SSL_REDIRECT", False),
    ("SECURE_HSTS_SECONDS", 60),
    ("ALLOWED_HOSTS", ["*"]),
    ("ALLOWED_HOSTS", ["127.0.0.1", "testserver"]),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", "django-insecure-" + "x" * 60),
    ("AUTH_PASSWORD_VALIDATORS", []),
    ("PASSWORD_HASHERS", [f"{HASHERS}MD5PasswordHasher"]),
    ("ACCOUNT_RATE_LIMITS", False),
    ("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", True),
    ("X_FRAME_OPTIONS", "SAMEORIGIN"),
    ("SECURE_CONTENT_TYPE_NOSNIFF", False),
    ("APPEND_SLASH", True),
    ("USE_TZ", False),
    ("SESSION_COOKIE_HTTPONLY", False),
    ("SESSION_COOKIE_SAMESITE", "None"),
    ("SESSION_COOKIE_AGE", 7 * 24 * 3600),
    ("ACCOUNT_ADAPTER", "allauth.account.adapter.DefaultAccountAdapter"),
    ("MFA_ADAPTER", "allauth.mfa.adapter.DefaultMFAAdapter"),
]


@pytest.fixture
def production(settings: Any, tmp_path: Path) -> Any:
    """The settings of a bureau's installation."""
    settings.PRODUCTION = settings.MUSTER_REQUIRE_MFA = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.ALLOWED_HOSTS = ["muster.example"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    settings.PASSWORD_HASHERS = [f"{HASHERS}PBKDF2PasswordHasher"]
    settings.MUSTER_WITNESS = tmp_path / "elsewhere" / "witness.jsonl"
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    return settings


def test_a_safe_installation_starts(production: Any) -> None:
    assert list(faults()) == []
    refuse_if_unsafe()


@pytest.mark.parametrize(("name", "value"), WRONG, ids=[f"{name}={value}"[:60] for name, value in WRONG])
def test_one_wrong_setting_keeps_a_bureau_from_starting(production: Any, name: str, value: Any) -> None:
    setattr(production, name, value)
    with pytest.raises(ImproperlyConfigured, match="does not start"):
        refuse_if_unsafe()
    assert len(check_installation()) == 1


@pytest.mark.parametrize("middleware", MIDDLEWARE)
def test_no_guard_can_be_left_out(production: Any, middleware: str) -> None:
    production.MIDDLEWARE = [name for name in production.MIDDLEWARE if name != middleware]
    with pytest.raises(ImproperlyConfigured):
        refuse_if_unsafe()


def test_the_witness_does_not_lie_beside_the_database(production: Any) -> None:
    production.MUSTER_WITNESS = production.VAR / "witness.jsonl"
    with pytest.raises(ImproperlyConfigured, match="MUSTER_WITNESS"):
        refuse_if_unsafe()


def test_a_secret_that_others_can_read_is_none(production: Any) -> None:
    key = production.VAR / "secret_key"
    key.touch(mode=0o644)
    key.chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 600"):
        refuse_if_unsafe()
    key.chmod(0o600)
    refuse_if_unsafe()


def test_a_demonstration_is_told_and_still_runs(settings: Any) -> None:
    settings.APPEND_SLASH = True
    assert settings.PRODUCTION is False
    assert len(check_installation()) == 1
    refuse_if_unsafe()


def run(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process of an installation in production, with a folder of its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    own = {"MUSTER_PROFILE": "production", "MUSTER_VAR": str(tmp_path / "var")}
    environment = {**inherited, **own, **variables, "DJANGO_SETTINGS_MODULE": "muster.settings"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_bureau_that_has_set_nothing_does_not_start(tmp_path: Path) -> None:
    started = run(tmp_path, "-m", "django", "check")
    assert started.returncode != 0
    assert "Muster does not start" in started.stderr
    assert "MUSTER_HOSTS" in started.stderr
    assert "MUSTER_WITNESS" in started.stderr


def test_the_production_profile_passes_every_deployment_check_with_nothing_silenced(tmp_path: Path) -> None:
    safe = {"MUSTER_HOSTS": "muster.example", "MUSTER_WITNESS": str(tmp_path / "witness.jsonl")}
    checked = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **safe)
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
