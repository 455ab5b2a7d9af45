"""What must be true of an installation before it answers anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured

Rule = tuple[Callable[[], bool], str]
SECRET_LENGTH: Final = 50
PASSWORD_LENGTH: Final = 12
SHORTEST_HSTS: Final = timedelta(days=180)
LONGEST_SESSION: Final = timedelta(hours=12)
LENGTH_RULES: Final = ("LongEnough", "MinimumLengthValidator")
WEAK_HASHERS: Final = ("MD5", "SHA1", "Crypt", "Plain")
DEMONSTRATION_HOSTS: Final = {"testserver"}

ALWAYS: Final[tuple[Rule, ...]] = (
    (
        lambda: apps.is_installed("django.contrib.admin"),
        "django.contrib.admin writes past commands and audit: remove it",
    ),
    (lambda: _can_be_superuser(), "an account can be a superuser: what it may do is in its role grants alone"),
    (
        lambda: _lacks("muster.kernel.access.middleware.AccessMiddleware"),
        "nothing asks the policy table: AccessMiddleware is missing",
    ),
    (
        lambda: _lacks("muster.kernel.ui.csp.ContentSecurityPolicyMiddleware"),
        "pages may load anything: the CSP middleware is missing",
    ),
    (
        lambda: _lacks("django.middleware.csrf.CsrfViewMiddleware"),
        "other sites can send forms: CsrfViewMiddleware is missing",
    ),
    (lambda: _lacks("django.middleware.security.SecurityMiddleware"), "SecurityMiddleware is missing"),
    (
        lambda: _lacks("django.middleware.clickjacking.XFrameOptionsMiddleware"),
        "pages can be framed: XFrameOptionsMiddleware is missing",
    ),
    (lambda: settings.X_FRAME_OPTIONS != "DENY", "pages can be framed: X_FRAME_OPTIONS must be DENY"),
    (lambda: not settings.SECURE_CONTENT_TYPE_NOSNIFF, "SECURE_CONTENT_TYPE_NOSNIFF is off"),
    (lambda: settings.APPEND_SLASH, "APPEND_SLASH redirects, which tells that an address exists: switch it off"),
    (lambda: not settings.USE_TZ, "USE_TZ is off: times would be ambiguous"),
    (
        lambda: not settings.SESSION_COOKIE_HTTPONLY,
        "scripts can read the session cookie: SESSION_COOKIE_HTTPONLY is off",
    ),
    (
        lambda: settings.SESSION_COOKIE_SAMESITE not in {"Lax", "Strict"},
        "other sites send the session cookie: SESSION_COOKIE_SAMESITE",
    ),
    (lambda: _session_age() > LONGEST_SESSION, "a session lasts longer than a shift of 12 hours: SESSION_COOKIE_AGE"),
    (
        lambda: settings.ACCOUNT_ADAPTER != "muster.kernel.access.adapters.ClosedAccountAdapter",
        "anybody could sign up: ACCOUNT_ADAPTER",
    ),
    (
        lambda: settings.MFA_ADAPTER != "muster.kernel.access.adapters.SecondFactorAdapter",
        "second factors would be stored in plain text: MFA_ADAPTER",
    ),
)
IN_PRODUCTION: Final[tuple[Rule, ...]] = (
    (lambda: settings.DEBUG, "DEBUG is on: it shows tracebacks to readers"),
    (lambda: not settings.MUSTER_REQUIRE_MFA, "MUSTER_REQUIRE_MFA is off: privileged roles need a second factor"),
    (lambda: not settings.SESSION_COOKIE_SECURE, "the session cookie is not limited to HTTPS: SESSION_COOKIE_SECURE"),
    (lambda: not settings.CSRF_COOKIE_SECURE, "the CSRF cookie is not limited to HTTPS: CSRF_COOKIE_SECURE"),
    (lambda: not settings.SECURE_SSL_REDIRECT, "plain HTTP is answered: SECURE_SSL_REDIRECT is off"),
    (
        lambda: timedelta(seconds=settings.SECURE_HSTS_SECONDS) < SHORTEST_HSTS,
        "browsers may go back to HTTP: SECURE_HSTS_SECONDS",
    ),
    (lambda: "*" in settings.ALLOWED_HOSTS, "any host name is answered: name your own in MUSTER_HOSTS"),
    (
        lambda: not DEMONSTRATION_HOSTS.isdisjoint(settings.ALLOWED_HOSTS),
        "MUSTER_HOSTS is not set: name the hosts of this installation",
    ),
    (
        lambda: len(settings.SECRET_KEY) < SECRET_LENGTH or "insecure" in settings.SECRET_KEY,
        "MUSTER_SECRET_KEY is too short or a sample",
    ),
    (
        lambda: _shortest_password() < PASSWORD_LENGTH,
        "passwords may be shorter than 12 characters: AUTH_PASSWORD_VALIDATORS",
    ),
    (
        lambda: any(weak in settings.PASSWORD_HASHERS[0] for weak in WEAK_HASHERS),
        "passwords are hashed too cheaply: PASSWORD_HASHERS",
    ),
    (
        lambda: "login_failed" not in (settings.ACCOUNT_RATE_LIMITS or {}),
        "passwords can be guessed without limit: ACCOUNT_RATE_LIMITS",
    ),
    (
        lambda: settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN,
        "passkeys are accepted over plain HTTP: MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    ),
    (
        lambda: _lies_in(settings.MUSTER_WITNESS, settings.VAR),
        "the witness lies beside the database: set MUSTER_WITNESS to a file on another disk or host",
    ),
    (
        lambda: any(_is_open(settings.VAR / name) for name in ("secret_key", "receipt_key")),
        "other users of this machine can read a secret: chmod 600 its file",
    ),
)


def faults() -> Iterator[str]:
    """Each sentence is a reason not to start, in words for the system administrator."""
    rules = (*ALWAYS, *IN_PRODUCTION) if settings.PRODUCTION else ALWAYS
    return (sentence for is_wrong, sentence in rules if is_wrong())


def refuse_if_unsafe() -> None:
    """Raises ImproperlyConfigured in production, before the first request, when something is wrong."""
    if settings.PRODUCTION and (found := list(faults())):
        raise ImproperlyConfigured("Muster does not start: " + "; ".join(found))


def check_installation(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """The same for `check` and `migrate`, in every profile."""
    return [Error(fault, id=f"access.E{number:03}") for number, fault in enumerate(faults(), start=1)]


def _can_be_superuser() -> bool:
    account: Any = apps.get_model(settings.AUTH_USER_MODEL)
    return any(_has_field(account, name) for name in ("is_superuser", "is_staff"))


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _lacks(middleware: str) -> bool:
    return middleware not in settings.MIDDLEWARE


def _session_age() -> timedelta:
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _shortest_password() -> int:
    """What the validators ask for; 0 when none of them asks for a length."""
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    asked = [row.get("OPTIONS", {}).get("min_length", 8) for row in validators if row["NAME"].endswith(LENGTH_RULES)]
    return max(asked, default=0)


def _lies_in(path: Path, folder: Path) -> bool:
    return Path(path).resolve().is_relative_to(Path(folder).resolve())


def _is_open(path: Path) -> bool:
    """May others than the owner read it?"""
    return path.exists() and path.stat().st_mode & 0o077 != 0
