"""A small S City for journeys: its plan released, and the people who decide, each with an account of his own."""

from __future__ import annotations

from typing import Final

from tests.journeys.accounts import PASSWORD, login_of

DAYS: Final = 20  # 12 to 31 January: three levels, and the late bulletin of the last day
DECIDERS: Final = {
    "city_commander": ("commander", 0),
    "city_duty": ("duty_officer", 1),
    "city_duty_2": ("duty_officer", 2),
}


def load() -> None:
    """City, plan, accounts, once; for `site.prepare("tests.journeys.small_city:load")`."""
    from contextlib import nullcontext

    from muster.kernel.access.models import Account
    from muster.kernel.access.services import account_open, role_grant
    from muster.kernel.commands import Actor
    from muster.kernel.organisation.models import Person
    from muster.preparedness.plans.services import version_release
    from muster.sample.city import city_load
    from muster.sample.size import Size
    from tests.journeys.site import ROOT

    if Account.objects.filter(login=login_of("city_commander")).exists():
        return
    city_load(size=Size.of(officers=600, stations=16, seed=7), progress=lambda _title: nullcontext())
    setup = Actor.system("journeys")
    plan = ROOT / "muster" / "sample" / "plans" / "S-PHE-01.yaml"
    version_release(by=setup.again(), text=plan.read_text("utf-8"), name=plan.name)
    officers = list(Person.objects.filter(kind="officer", unit__code="CMD").order_by("code")[: len(DECIDERS)])
    for name, (role, place) in DECIDERS.items():
        account = account_open(by=setup.again(), login=login_of(name), password=PASSWORD, person=officers[place])
        role_grant(by=setup.again(), account=account, role=role, reason="journeys")


def replay() -> None:
    """The first weeks of the wave through the plan; after `load`."""
    from dataclasses import replace

    from muster.preparedness.plans.queries import latest_version
    from muster.response.operations.replay.command import own_epidemic
    from muster.response.operations.replay.playing import play

    version = latest_version("S-PHE-01")
    assert version is not None
    epidemic = own_epidemic(None)
    play(version=version, epidemic=replace(epidemic, days=epidemic.days[:DAYS]))
