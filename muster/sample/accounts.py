"""One login per role for trying S City out; never in production."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.functional import Promise

from muster.kernel import clock
from muster.kernel.access.models import Account
from muster.kernel.access.roles import ROLES
from muster.kernel.access.services import account_open, password_set, role_grant
from muster.kernel.commands import Actor
from muster.kernel.organisation.models import Appointment, Person
from muster.sample.presence import refuse_production

PASSWORD_FILE: Final = "demo_password"  # noqa: S105 - the name of the file, not a password
REASON: Final = "S City's demonstration"
_WORDS = (
    "amber bamboo barley beacon birch breeze candle canyon cedar cherry cinder clover cobalt copper coral "
    "cotton crane desert dragon drum ember falcon fern flint forest garnet ginger harbor hazel heron indigo "
    "island ivory jade jasmine juniper kettle lantern lemon lily lotus magnet maple marble meadow mint mirror "
    "moss nectar oak olive opal orchid otter paper pebble pepper pine plum pond quartz rain reed ribbon river "
    "robin saddle saffron sail salmon sand shadow silk silver sparrow spruce stone sugar summit swan thunder "
    "tiger timber topaz tulip valley velvet violet walnut water willow winter"
)
WORDS: Final = tuple(_WORDS.split())


@dataclass(frozen=True, slots=True)
class Post:
    """Whose login a demonstration account is: a rank in a command role, or the n-th of a unit or partner.

    `qualification` counts only those of the unit who hold it.
    """

    login: str
    role: str
    command_role: str = ""
    unit: str = ""
    rank: int = 0
    qualification: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """What somebody types to try a role; `role` is its title in the language of the reader."""

    role: str | Promise
    login: str
    password: str


POSTS: Final = (
    Post("commander", "commander", "commander", "PSB"),
    Post("commander-2", "commander", "commander", "PSB", 1),
    Post("duty", "duty_officer", "duty_chief", "CMD"),
    Post("duty-2", "duty_officer", "duty_chief", "CMD", 1),
    Post("plans", "plans_officer", "plans_chief", "CMD"),
    Post("exercise", "exercise_controller", "training_chief", "TRAINING"),
    Post("logistics", "logistics_officer", "logistics_chief", "LOGISTICS"),
    Post("station", "station_chief", "station_chief", "ST-JIANGBEI-01"),
    Post("field", "field_officer", unit="ST-JIANGBEI-01", rank=5),
    Post("legal", "field_officer", unit="LEGAL", qualification="legal"),
    Post("liaison", "partner_liaison", unit="disease_control"),
    Post("data", "data_officer", "data_chief", "INFO"),
    Post("auditor", "auditor", "inspection_chief", "INSPECTION"),
    Post("training", "training_officer", "training_chief", "TRAINING", 1),
    Post("medical", "medical_officer", "health_chief", "MEDICAL"),
    Post("sysadmin", "system_administrator", unit="INFO", rank=4),
    Post("secadmin", "security_administrator", unit="INFO", rank=5),
    Post("auditadmin", "audit_administrator", unit="INSPECTION", rank=4),
)


def accounts_missing() -> bool:
    """True while a demonstration login is not there or has lost its role, or nobody knows its password."""
    return len(_ours(in_force=True)) < len(POSTS) or not _password_file().exists()


def accounts_load() -> int:
    """Open the logins that are missing, all of them or none, and grant each its role; returns how many were opened.

    They are opened now, not when the story happens: a grant runs out by the clock of the wall, and is renewed here.
    Logins that are there get the password of this installation if it was lost. Raises NotInProduction.
    """
    refuse_production()
    lost = not _password_file().exists()
    there, at_work = _ours(), _ours(in_force=True)
    with transaction.atomic():
        for post in POSTS:
            account = there.get(post.login) or _open(post)
            if post.login not in at_work:
                role_grant(by=_opener(), account=account, role=post.role, reason=REASON)
        for account in there.values() if lost else ():
            password_set(by=_opener(), account=account, password=demo_password())
    return len(POSTS) - len(there)


def _ours(in_force: bool = False) -> dict[str, Account]:
    """The demonstration's open logins that are there; only those whose role is in force, if that is asked."""
    now = clock.now()
    ours = Q(grants__reason=REASON, grants__revoked_at=None) if in_force else Q(grants__reason=REASON)
    lasting = Q(grants__starts_at__lte=now, grants__ends_at__gt=now) if in_force else Q()
    wanted = Account.objects.filter(ours & lasting, closed_at=None, login__in=[post.login for post in POSTS])
    return {account.login: account for account in wanted.distinct()}


def _open(post: Post) -> Account:
    return account_open(by=_opener(), login=post.login, password=demo_password(), person=_person(post))


def demo_logins() -> list[Login]:
    """One login per role, two for those who decide in pairs, with the password; empty where none was loaded."""
    there = _ours(in_force=True) if not settings.PRODUCTION else {}
    posts = [post for post in POSTS if post.login in there]
    return [Login(ROLES[post.role].title, post.login, demo_password()) for post in posts]


def demo_password() -> str:
    """The password of the demonstration's accounts: made once for each installation, readable by its owner alone."""
    path = _password_file()
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join([*(secrets.choice(WORDS) for _ in range(3)), f"{secrets.randbelow(10_000):04d}"]))
    return path.read_text("utf-8").strip()


def _password_file() -> Path:
    return Path(settings.VAR) / PASSWORD_FILE


def _person(post: Post) -> Person | None:
    """The sample's person for a login, or nobody where the city has no such person."""
    if post.command_role:
        held = Appointment.objects.filter(role__code=post.command_role, unit__code=post.unit, rank=post.rank)
        found = held.select_related("person").first()
        return found.person if found else None
    people = Person.objects.filter(unit__code=post.unit) | Person.objects.filter(partner__code=post.unit)
    if post.qualification:
        people = people.filter(qualifications__qualification__code=post.qualification)
    return people.order_by("-kind", "code").filter(kind__in=["officer", "liaison"])[post.rank :].first()


def _opener() -> Actor:
    return Actor.system("sample")
