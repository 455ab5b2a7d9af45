"""A plans office at work: an author, lawyers, three people who approve, and the liaisons of three partners."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from muster.engines.plan import Plan
from muster.kernel.commands import Actor
from muster.kernel.organisation import services as organisation
from muster.kernel.organisation.models import Person
from muster.kernel.organisation.rows import AreaRow, PartnerRow, PersonRow, QualificationRow, UnitRow
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import Consultation, Draft
from muster.preparedness.plans.queries.consulting import partner_row

NOON = datetime(2026, 5, 4, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
CODE = "S-SMALL-01"
TEXT = (Path(__file__).parents[2] / "engines" / "plan" / "example.yaml").read_text("utf-8")
PARTNERS = ("disease_control", "property_companies", "subdistricts")
PDF = b"%PDF-1.4 an assessment"
_minutes = [count()]  # begins anew with each office: a long run stays on its day


def moment() -> datetime:
    """A minute later each time."""
    return NOON + next(_minutes[0]) * timedelta(minutes=1)


def muster() -> Actor:
    return Actor.system("tests", moment())


def build() -> None:
    """The bureau, its partners and the people."""
    _minutes[0] = count()
    start = Actor.system("tests", NOON - DAY)
    organisation.areas_add(by=start.again(), rows=[AreaRow("CITY", "city", "S市", "S City", 124.6, 29.2)])
    units = [UnitRow("PSB", "bureau", "市公安局", "Bureau", area="CITY")]
    units += [UnitRow(code, "office", code, code, parent="PSB") for code in ("CMD", "LEGAL")]
    organisation.units_add(by=start.again(), rows=units)
    organisation.qualifications_add(by=start.again(), rows=[QualificationRow("legal", "法制审核", "Legal review")])
    named = [PartnerRow(code, "department", code, code) for code in (*PARTNERS, "media")]
    organisation.partners_add(by=start.again(), rows=named)
    people = [PersonRow(f"P-{n}", "officer", "某人", unit="PSB") for n in ("CHIEF", "DEPUTY", "THIRD")]
    people += [PersonRow(f"P-{n}", "officer", "某人", unit="CMD") for n in ("AUTHOR", "WRITER")]
    people.append(PersonRow("P-LAWYER", "officer", "某人", unit="LEGAL", qualifications=("legal",)))
    people += [PersonRow(f"L-{code}", "liaison", "某人", partner=code) for code in (*PARTNERS, "media")]
    organisation.people_add(by=start.at(NOON - DAY), rows=people)


def someone(code: str, *roles: str, account: str = "") -> Actor:
    """A person with a fresh command; `account` is another account of his."""
    person = Person.objects.get(code=code)
    return Actor(
        f"account:{account or person.pk}",
        frozenset(roles),
        account_id=person.pk,
        person_id=person.pk,
        unit_id=person.unit_id,
        partner_id=person.partner_id,
        now=moment(),
    )


def author() -> Actor:
    return someone("P-AUTHOR", "plans_officer")


def lawyer() -> Actor:
    return someone("P-LAWYER", "field_officer")


def chief() -> Actor:
    return someone("P-CHIEF", "commander")


def deputy() -> Actor:
    return someone("P-DEPUTY", "commander")


def liaison(partner: str) -> Actor:
    return someone(f"L-{partner}", "partner_liaison")


def fresh(draft: Draft) -> Draft:
    found = queries.draft(draft.pk)
    assert found is not None
    return found


def plan(draft: Draft) -> Plan:
    found = queries.draft_plan(fresh(draft))
    assert isinstance(found, Plan)
    return found


def opened(text: str = TEXT) -> Draft:
    """A draft with both papers beside it."""
    draft = services.draft_open(by=author(), code=CODE, text=text)
    services.document_attach(by=author(), draft=draft, kind="risk_assessment", file_name="risk.pdf", content=PDF)
    survey = b"item,count\nkn95,12\n"
    services.document_attach(by=author(), draft=draft, kind="resource_survey", file_name="survey.csv", content=survey)
    return draft


def consulted(text: str = TEXT, days: int = 10) -> Draft:
    """A draft about which its partners are asked."""
    draft = opened(text)
    by = author()
    return services.consultation_begin(by=by, draft=draft, deadline=by.now + days * DAY)


def asked(draft: Draft, partner: str) -> Consultation:
    return Consultation.objects.select_related("draft", "partner").get(draft=draft, partner__code=partner)


def readings(draft: Draft, partner: str) -> dict[str, str]:
    """The clauses that a partner is asked about, with their hashes."""
    return {one.clause.id: one.hash for one in partner_row(asked(draft, partner), moment()).asked}


def acknowledge(draft: Draft, *partners: str) -> None:
    for partner in partners or PARTNERS:
        clauses = readings(draft, partner)
        services.clauses_acknowledge(by=liaison(partner), consultation=asked(draft, partner), clauses=clauses)


def reviewed(text: str = TEXT) -> Draft:
    """A draft that lies with the lawyers."""
    draft = consulted(text)
    acknowledge(draft)
    return services.legal_submit(by=author(), draft=draft)


def put_up(text: str = TEXT) -> Draft:
    """A draft that awaits approval."""
    draft = reviewed(text)
    advice = "合法合规 / lawful"
    services.legal_opine(by=lawyer(), draft=draft, seen=plan(draft).hash, outcome="passed", advice=advice)
    return fresh(draft)


def approved(text: str = TEXT) -> Draft:
    """A draft that two people have approved."""
    draft = put_up(text)
    for by in (chief(), deputy()):
        services.draft_approve(by=by, draft=draft, seen=plan(draft).hash)
    return fresh(draft)


def with_another_word(clause_title: str = "Guard", text: str = TEXT) -> str:
    """The text with one clause changed."""
    assert f"en: {clause_title}" in text
    return text.replace(f"en: {clause_title}", f"en: Carefully {clause_title}", 1)


FILED_ON = date(2026, 6, 1)
