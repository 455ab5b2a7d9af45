"""A finding is left silent by somebody, with a reason and until a day, and speaks again by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from muster.engines.plan.findings import Finding
from muster.engines.plan.hashing import finding_content
from muster.kernel.commands import Actor, NotPermitted
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.models import NightlyCheck, Suppression
from muster.preparedness.plans.queries.suppressed import applied, findings_today
from muster.preparedness.plans.refusals import DoneAlready, NobodyKnown, WordMissing
from muster.preparedness.plans.suppression_errors import FindingUnknown, SuppressionTooLong
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = office.NOON.date()
UNTIL = TODAY + 30 * DAY


@pytest.fixture(autouse=True)
def plans_office(db: None) -> None:
    office.build()


def first_finding(text: str = office.TEXT) -> Finding:
    """The fault of a clause of the example plan that the checks name first."""
    found = findings_today(text, at=office.NOON).said
    return next(one.finding for one in found if one.finding.clause)


def suppress(
    finding: Finding, by: Actor | None = None, until: date = UNTIL, reason: str = "等待省厅批复"
) -> Suppression:
    plan = findings_today(office.TEXT, at=office.NOON).plan
    return services.finding_suppress(
        by=by or office.author(),
        code=office.CODE,
        rule=finding.id,
        clause=finding.clause,
        subject=finding.subject,
        content=finding_content(plan, finding),
        reason=reason,
        until=until,
    )


def is_silent(finding: Finding, text: str = office.TEXT, day: date = TODAY) -> bool:
    found = findings_today(text, at=office.NOON)
    found = applied(found.plan, [one.finding for one in found.said], day)
    (said,) = [one for one in found.said if one.key.startswith(f"{finding.id}:{finding.clause}:")]
    return said.suppression is not None


def test_a_suppressed_finding_is_silent_and_still_shown_with_its_reason() -> None:
    finding = first_finding()
    suppress(finding)
    found = findings_today(office.TEXT, at=office.NOON)
    assert finding not in found.speaking
    assert [(one.finding, one.suppression.reason) for one in found.suppressed if one.suppression] == [
        (finding, "等待省厅批复")
    ]
    assert found.suppressed[0].suppression.who == "P-AUTHOR"  # type: ignore[union-attr]


def test_it_speaks_again_on_the_day_after_its_expiry() -> None:
    finding = first_finding()
    suppress(finding)
    assert is_silent(finding, day=UNTIL)
    assert not is_silent(finding, day=UNTIL + DAY)


def test_it_speaks_again_when_its_clause_says_something_else_and_not_when_another_does() -> None:
    finding = first_finding()
    suppress(finding)
    plan = findings_today(office.TEXT, at=office.NOON).plan
    own, other = plan.clause(finding.clause), next(one for one in plan.clauses if one.id != finding.clause)
    assert is_silent(finding, office.TEXT.replace(other.title.zh, other.title.zh + "改"))
    assert not is_silent(finding, office.TEXT.replace(own.title.zh, own.title.zh + "改"))


def test_a_suppression_is_of_one_plan_only() -> None:
    finding = first_finding()
    suppress(finding)
    assert not is_silent(finding, office.TEXT.replace(office.CODE, "S-OTHER-01"))


def test_without_a_reason_a_name_or_an_end_nothing_is_suppressed() -> None:
    finding = first_finding()
    with pytest.raises(WordMissing):
        suppress(finding, reason="  ")
    with pytest.raises(NobodyKnown):
        suppress(finding, by=replace(office.author(), person_id=None))
    for until in (TODAY, TODAY + 181 * DAY, date(9999, 1, 1)):
        with pytest.raises(SuppressionTooLong):
            suppress(finding, until=until)
    with pytest.raises(FindingUnknown):
        suppress(replace(finding, id="P000"))
    with pytest.raises(NotPermitted):
        suppress(finding, by=office.lawyer())
    assert not Suppression.objects.exists()
    assert suppress(finding, until=TODAY + 180 * DAY).until == TODAY + 180 * DAY


def test_the_database_itself_wants_a_reason_and_an_end() -> None:
    made = suppress(first_finding())
    for wrong in ({"reason": ""}, {"until": made.since}, {"lifted_at": office.NOON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suppression.objects.filter(pk=made.pk).update(**wrong)


def test_a_finding_is_suppressed_once_until_it_is_lifted() -> None:
    finding = first_finding()
    made = suppress(finding)
    with pytest.raises(DoneAlready):
        suppress(finding)
    services.suppression_lift(by=office.author(), suppression=made)
    assert not is_silent(finding)
    with pytest.raises(DoneAlready):
        services.suppression_lift(by=office.author(), suppression=made)
    suppress(finding)
    assert is_silent(finding)


def night(after: int = 0) -> NightlyCheck:
    (row,) = services.released_check(by=office.muster().at(office.NOON + (2 + after) * DAY))
    return row


def release() -> None:
    services.draft_release(by=office.author(), draft=office.approved())


def test_a_night_done_twice_is_one_night() -> None:
    release()
    first = night()
    assert night() == first
    assert NightlyCheck.objects.count() == 1
    assert first.errors + first.warnings + first.notes == len(first.findings) > 0
    assert first.new == first.gone == []


def test_the_next_night_tells_what_is_new_and_what_is_gone() -> None:
    release()
    row = night()
    assert "P711" not in str(row.findings)
    silent = next(one for one in row.findings if one["clause"])
    finding = next(one for one in queries.findings_of(row.version) if one.id == silent["id"])
    suppress(finding)
    tomorrow = night(1)
    assert tomorrow.gone == [silent["key"]]
    assert tomorrow.suppressed == 1
    (told,) = [one for one in tomorrow.findings if one["suppressed"]]
    assert told["suppressed"]["reason"] == "等待省厅批复"
    services.suppression_lift(by=office.author(), suppression=Suppression.objects.get())
    assert night(2).new == [silent["key"]]


def test_a_night_that_was_missed_is_compared_with_the_last_that_was_not() -> None:
    release()
    night()
    assert night(7).new == []
    assert NightlyCheck.objects.count() == 2


def test_nights_are_kept_for_400_days() -> None:
    release()
    night()
    night(401)
    assert [row.day for row in NightlyCheck.objects.all()] == [(office.NOON + 403 * DAY).date()]
