"""A plans office for journeys, in the small city: who writes, judges and approves, and the liaisons who answer."""

from __future__ import annotations

from typing import Final

from tests.journeys.accounts import PASSWORD, login_of

PEOPLE: Final = {  # name: (role, where, the n-th of those, qualification)
    "office_author": ("plans_officer", {"kind": "officer", "unit__code": "CMD"}, 10, ""),
    "office_lawyer": ("field_officer", {"kind": "officer", "unit__code": "LEGAL"}, 0, "legal"),
    "office_chief": ("commander", {"kind": "officer", "unit__code": "CMD"}, 11, ""),
    "office_deputy": ("commander", {"kind": "officer", "unit__code": "CMD"}, 12, ""),
    "office_disease_control": ("partner_liaison", {"kind": "liaison", "partner__code": "disease_control"}, 0, ""),
    "office_subdistricts": ("partner_liaison", {"kind": "liaison", "partner__code": "subdistricts"}, 0, ""),
    "office_property": ("partner_liaison", {"kind": "liaison", "partner__code": "property_companies"}, 0, ""),
}


def load() -> None:
    """Their accounts, once, after the small city; for `site.prepare("tests.journeys.plans_office:load")`."""
    from muster.kernel.access.models import Account
    from muster.kernel.access.services import account_open, role_grant
    from muster.kernel.commands import Actor
    from muster.kernel.organisation.models import Person

    setup = Actor.system("journeys")
    for name, (role, where, place, qualification) in PEOPLE.items():
        if Account.objects.filter(login=login_of(name)).exists():
            continue
        found = Person.objects.filter(**where).order_by("code")
        if qualification:
            found = found.filter(qualifications__qualification__code=qualification)
        account = account_open(by=setup.again(), login=login_of(name), password=PASSWORD, person=found[place])
        role_grant(by=setup.again(), account=account, role=role, reason="journeys")
