"""Settings of one installation; everything that differs between machines comes from MUSTER_* variables."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from muster.kernel import clock

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MUSTER_VAR", BASE_DIR / "var"))
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)  # names, secrets, logs: for the owner alone


def secret(name: str) -> str:
    """A secret of this installation: made once, kept outside the database and outside the project."""
    path = VAR / name
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):  # the first of several starting processes wins
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = os.environ.get("MUSTER_SECRET_KEY") or secret("secret_key")
PROFILE = os.environ.get(
    "MUSTER_PROFILE", "demo"
)  # demo: one machine, sample accounts; production: everything enforced
PRODUCTION = PROFILE == "production"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("MUSTER_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "muster.kernel.ui",  # before allauth: its pages are dressed in our templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "muster.kernel.audit",
    "muster.kernel.commands",
    "muster.kernel.organisation",
    "muster.kernel.access",
    "muster.kernel.notices",
    "muster.prevention.situation",
    "muster.preparedness.logistics",
    "muster.preparedness.plans",
    "muster.response.operations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "muster.kernel.ui.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "muster.kernel.ui.problems.ProblemMiddleware",
    "muster.kernel.access.middleware.AccessMiddleware",  # last: it answers before any other looks at the view
]

ROOT_URLCONF = "muster.urls"
APPEND_SLASH = False  # a redirect would tell that an address exists
WSGI_APPLICATION = "muster.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "muster.kernel.ui.context.ui",
            ],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's settings for `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST:PORT/NAME`, durable in both."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        options = {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA wal_autocheckpoint=4000;",  # 16 MiB: a write waits less often for the log to be folded in
        }
        test = {"NAME": os.environ.get("MUSTER_TEST_DATABASE")}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path)[1:],
            "OPTIONS": options,
            "TEST": test,
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "127.0.0.1",
            "PORT": str(parts.port or 5432),
            "CONN_MAX_AGE": 60,
        }
    sys.exit(
        f"MUSTER_DATABASE: {parts.scheme!r} is not a database Muster knows; give sqlite:///PATH or postgresql://USER@HOST/NAME"
    )


DATABASES = {"default": database(os.environ.get("MUSTER_DATABASE", f"sqlite:///{VAR / 'muster.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MUSTER_WITNESS = Path(os.environ.get("MUSTER_WITNESS", VAR / "witness.jsonl"))
MUSTER_RECEIPT_KEY = Path(os.environ.get("MUSTER_RECEIPT_KEY", VAR / "receipt_key"))

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "muster.kernel.access.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "muster.kernel.access.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "muster.kernel.ui.views.csrf_failure"
CACHES = {  # shared by the processes of one machine: login attempts are counted over all of them
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

MUSTER_REQUIRE_MFA = PRODUCTION or os.environ.get("MUSTER_REQUIRE_MFA") == "1"
ACCOUNT_ADAPTER = "muster.kernel.access.adapters.ClosedAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
ACCOUNT_FORMS = {
    "login": "muster.kernel.access.forms.DoorForm",
    "change_password": "muster.kernel.access.forms.PasswordForm",
    "reauthenticate": "muster.kernel.access.forms.AgainForm",
}
MFA_FORMS = {
    "authenticate": "muster.kernel.access.forms.CodeForm",
    "reauthenticate": "muster.kernel.access.forms.CodeAgainForm",
    "activate_totp": "muster.kernel.access.forms.FirstCodeForm",
    "add_webauthn": "muster.kernel.access.forms.NewPasskeyForm",
    "edit_webauthn": "muster.kernel.access.forms.PasskeyForm",
}
MFA_ADAPTER = "muster.kernel.access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # a passkey on http://localhost, for trying it out

MUSTER_EVENTS_PORT = int(os.environ.get("MUSTER_EVENTS_PORT", "8001"))  # one above the port of the pages
MUSTER_EVENTS_HEARTBEAT = float(os.environ.get("MUSTER_EVENTS_HEARTBEAT", "15"))  # s; then asks if one may stay
MUSTER_EVENTS_URL = os.environ.get("MUSTER_EVENTS_URL", "")  # behind a proxy: /events/, the same origin as the pages

LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "muster" / "locale"]
USE_I18N = True
USE_TZ = True
BUREAU_ZONE = clock.BUREAU_ZONE
TIME_ZONE = BUREAU_ZONE.key

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name}", NODE_MODULES / folder)
    for name, folder in {
        "echarts": "echarts/dist",
        "htmx": "htmx.org/dist",
        "tabler": "@tabler/core/dist",
        "noto-sans-sc": "@fontsource/noto-sans-sc",
    }.items()
    if (NODE_MODULES / folder).exists()
]
WHITENOISE_USE_FINDERS = True  # served from where they were installed: nothing is copied, nothing is fetched
WHITENOISE_AUTOREFRESH = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("MUSTER_BEHIND_PROXY") == "1" else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_AGE = 12 * 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"file": {"class": "logging.FileHandler", "filename": VAR / "muster.log", "delay": True}},
    "root": {"handlers": ["file"], "level": "WARNING"},
}
