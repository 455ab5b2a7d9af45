"""What follows a release: filing, publication of the public part, and the call to look at the plan again."""

from __future__ import annotations

from datetime import date

import pytest

from muster.kernel.commands import Actor, NotPermitted
from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion, ReviewDue
from muster.preparedness.plans.queries.public import public_clauses, published
from muster.preparedness.plans.queries.reviews import calls_now, reviews_closed, reviews_due
from muster.preparedness.plans.refusals import DoneAlready, NothingPublic, WordMissing
from tests.preparedness.plans import office

pytestmark = pytest.mark.django_db
PUBLIC = office.TEXT.replace("    data_class: personal", "    public: true")


@pytest.fixture
def version(db: None) -> PlanVersion:
    office.build()
    return services.version_release(by=office.muster(), text=PUBLIC, approved_elsewhere="市政府〔2018〕12号")


def call(version: PlanVersion, source: str = "OP-2026-1") -> ReviewDue:
    return services.review_call(
        by=office.muster(), plan=version.plan, reason="operation", source=source, clauses=["K05", "K02"]
    )


def test_a_version_is_filed_once_with_number_authority_and_day(version: PlanVersion) -> None:
    filed = {"number": "备〔2026〕3号", "authority": "市应急管理局", "day": date(2026, 6, 1)}
    with pytest.raises(WordMissing):
        services.version_file(by=office.author(), version=version, **{**filed, "number": ""})
    services.version_file(by=office.author(), version=version, **filed)
    with pytest.raises(DoneAlready):
        services.version_file(by=office.author(), version=version, **filed)


def test_exactly_the_clauses_that_are_marked_are_public(version: PlanVersion) -> None:
    assert published(office.CODE) is None
    services.version_publish(by=office.author(), version=version)
    assert published(office.CODE) == version
    assert [clause.id for clause in public_clauses(version)] == ["K05"]
    with pytest.raises(DoneAlready):
        services.version_publish(by=office.author(), version=version)


def test_where_nothing_is_public_nothing_is_published() -> None:
    office.build()
    version = services.version_release(by=office.muster(), text=office.TEXT)
    with pytest.raises(NothingPublic):
        services.version_publish(by=office.author(), version=version)


def test_a_review_from_one_source_is_one_review(version: PlanVersion) -> None:
    first = call(version)
    assert call(version) == first
    assert first.clauses == ["K02", "K05"]
    call(version, "OP-2026-2")
    assert len(reviews_due(office.CODE)) == 2


def test_the_next_version_closes_the_reviews_that_were_due(version: PlanVersion) -> None:
    call(version)
    text = PUBLIC.replace("version: 1.0", "version: 1.1")
    second = services.version_release(by=office.muster(), text=text)
    assert reviews_due() == []
    assert [one.closed_with for one in reviews_closed()] == [second]


def test_a_reasoned_decision_closes_a_review_and_the_same_source_does_not_call_again(version: PlanVersion) -> None:
    due = call(version)
    with pytest.raises(WordMissing):
        services.review_decide(by=office.author(), review=due, reason=" ")
    services.review_decide(by=office.author(), review=due, reason="预案经受住了检验")
    with pytest.raises(DoneAlready):
        services.review_decide(by=office.author(), review=due, reason="再次")
    call(version)
    assert reviews_due() == []


def test_partners_call_for_no_review_and_only_plans_officers_decide(version: PlanVersion) -> None:
    with pytest.raises(NotPermitted):
        services.review_call(by=office.liaison("media"), plan=version.plan, reason="other", source="x")
    with pytest.raises(NotPermitted):
        services.review_decide(by=office.chief(), review=call(version), reason="不改")


def called(version: PlanVersion, days: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in calls_now(version.released_at + days * office.DAY):
        found.setdefault(str(one.reason), set()).add(one.source.split()[0])
    return found


def test_the_period_of_review_ends_after_three_years_at_the_latest(version: PlanVersion) -> None:
    assert "period" not in called(version, 1000)
    assert called(version, 1100)["period"] == {"1.0"}


def test_a_legal_basis_that_has_ended_calls_for_a_review_of_what_rests_on_it() -> None:
    office.build()
    text = PUBLIC.replace('articles: "33, 44"}', 'articles: "33, 44", until: 2026-12-31}')
    version = services.version_release(by=office.muster(), text=text)
    assert "law" not in called(version, 100)
    calls = [one for one in calls_now(version.released_at + 300 * office.DAY) if one.reason == "law"]
    assert [(one.source, one.clauses) for one in calls] == [("phe_regulation 1.0", ("K02",))]


def test_a_role_that_nobody_holds_calls_for_a_review(version: PlanVersion) -> None:
    assert called(version, 1)["role"] == {
        "commander", "plans_chief", "traffic_chief", "sub_bureau_chief", "station_chief"
    }  # fmt: skip


def test_the_nightly_look_adds_each_call_once(version: PlanVersion) -> None:
    later = Actor.system("worker", version.released_at + 1100 * office.DAY)
    assert services.reviews_look(by=later) > 0
    assert services.reviews_look(by=later.again()) == 0
    with pytest.raises(NotPermitted):
        services.reviews_look(by=office.author())


def test_the_worker_writes_only_when_a_review_is_new(version: PlanVersion) -> None:
    from muster.kernel.commands.models import CommandRecord
    from muster.preparedness.plans.jobs import look_for_reviews

    assert look_for_reviews() > 0
    before = CommandRecord.objects.count()
    assert look_for_reviews() == 0
    assert CommandRecord.objects.count() == before
