"""A text becomes a version that nobody can change."""

from __future__ import annotations

import json

import pytest
from django.db import DatabaseError, transaction

from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, NotPermitted
from muster.preparedness.plans import queries, services
from muster.preparedness.plans.errors import PlanReleased, PlanTextInvalid, TitleTooLong, VersionTaken
from muster.preparedness.plans.models import ContingencyPlan, PlanVersion
from tests.preparedness.plans.conftest import officer, text_of


def test_a_released_version_keeps_the_text_as_it_was_written(third: PlanVersion) -> None:
    third.refresh_from_db()
    assert third.text == text_of("S-PHE-01.yaml")
    assert queries.plan_of(third).hash == third.hash
    assert queries.plan_of(third) is queries.plan_of(PlanVersion.objects.get(pk=third.pk))


def test_the_latest_version_is_the_one_released_last(second: PlanVersion, third: PlanVersion) -> None:
    assert queries.latest_version("S-PHE-01") == third
    assert queries.versions("S-PHE-01") == [third, second]
    assert queries.versions_to_activate() == [third]
    assert queries.version("S-PHE-01", "2.0") == second


def test_there_is_no_latest_version_of_a_plan_that_does_not_exist(db: None) -> None:
    assert queries.latest_version("S-NONE") is None
    assert queries.version("S-NONE", "1.0") is None
    assert queries.plans() == []


def test_the_same_content_is_refused_even_in_other_words_of_yaml(third: PlanVersion) -> None:
    with pytest.raises(PlanReleased, match=r"S-PHE-01 3\.0"):
        services.version_release(by=officer(), text="# a comment changes nothing\n" + text_of("S-PHE-01.yaml"))
    assert queries.versions("S-PHE-01")[0] == third


def test_a_version_number_is_given_once(third: PlanVersion) -> None:
    with pytest.raises(VersionTaken, match=r"S-PHE-01 3\.0"):
        services.version_release(by=officer(), text=text_of("S-PHE-01.yaml").replace("kn95: 14", "kn95: 15"))


def test_a_malformed_text_is_told_with_its_file_line_and_clause_and_nothing_is_kept(db: None) -> None:
    wrong = text_of("S-PHE-01.yaml").replace("due: 1h\n", "due: soon\n", 1)
    line = wrong[: wrong.index("due: soon")].count("\n") + 1
    with pytest.raises(PlanTextInvalid) as told:
        services.version_release(by=officer(), text=wrong, name="new.yaml")
    assert told.value.where == f"new.yaml:{line} C01"
    assert "soon" in str(told.value.what)
    assert not ContingencyPlan.objects.exists()


def test_a_title_that_fits_on_no_line_is_refused_before_the_database_does(db: None) -> None:
    long = text_of("S-PHE-01.yaml").replace("S City police plan", "S City police plan " * 12, 1)
    with pytest.raises(TitleTooLong, match="200"):
        services.version_release(by=officer(), text=long)
    assert not ContingencyPlan.objects.exists()


def test_only_a_plans_officer_releases(db: None) -> None:
    with pytest.raises(NotPermitted):
        services.version_release(by=Actor("account:9", frozenset({"commander"})), text=text_of("S-PHE-01.yaml"))
    assert not PlanVersion.objects.exists()


def test_the_audit_log_knows_the_hash_and_how_many_faults_there_were(second: PlanVersion) -> None:
    leaf = json.loads(Leaf.objects.get(action="plans.release_version").content)
    faults = [finding for finding in queries.findings_of(second) if finding.severity == "error"]
    assert leaf["facts"] == {
        "plan": "S-PHE-01",
        "version": "2.0",
        "hash": second.hash,
        "errors": len(faults),
    }


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_keeps_a_released_text(third: PlanVersion, change: str) -> None:
    row = PlanVersion.objects.filter(pk=third.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(text="other") if change == "update" else row.delete()


def test_a_text_finds_its_version(second: PlanVersion, third: PlanVersion) -> None:
    assert queries.version_of_text(text_of("S-PHE-01-v2.yaml")) == second
    assert queries.version_of_text(text_of("S-PHE-01.yaml").replace("kn95: 14", "kn95: 15")) is None
