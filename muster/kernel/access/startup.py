"""What must be true of an installation before it answers anybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured


def faults() -> Iterator[str]:
    """Each sentence is a reason not to start, in words for the system administrator."""
    account = apps.get_model(settings.AUTH_USER_MODEL)
    if apps.is_installed("django.contrib.admin"):
        yield "django.contrib.admin is installed: it writes past commands, audit and policies; remove it"
    if any(_has_field(account, name) for name in ("is_superuser", "is_staff")):
        yield f"{settings.AUTH_USER_MODEL} can be a superuser: what an account may do is in its role grants alone"
    if "muster.kernel.access.middleware.AccessMiddleware" not in settings.MIDDLEWARE:
        yield "AccessMiddleware is missing from MIDDLEWARE: nothing would ask the policy table"
    if settings.PRODUCTION:
        yield from _faults_in_production()


def _faults_in_production() -> Iterator[str]:
    if settings.DEBUG:
        yield "DEBUG is on: it shows tracebacks to readers"
    if not settings.MUSTER_REQUIRE_MFA:
        yield "MUSTER_REQUIRE_MFA is off: privileged roles need a second factor in production"
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield "cookies are not limited to HTTPS: set SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE"


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def refuse_if_unsafe() -> None:
    """Raises ImproperlyConfigured in production, before the first request, when something is wrong."""
    if settings.PRODUCTION and (found := list(faults())):
        raise ImproperlyConfigured("Muster does not start: " + "; ".join(found))


def check_installation(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """The same for `check` and `migrate`, in every profile."""
    return [Error(fault, id=f"access.E{number:03}") for number, fault in enumerate(faults(), start=1)]
