"""The worker does every area's background work, and one failure does not stop the rest."""

from __future__ import annotations

import logging

import pytest

from muster.kernel.jobs import Job, all_jobs
from muster.worker import round_of


def test_the_log_is_sealed_and_checked_in_the_background() -> None:
    names = {job.name: job.every for job in all_jobs()}
    assert names["seal the audit log"] <= 60
    assert names["check the whole audit log"] <= 300


def test_a_job_that_fails_is_logged_and_the_others_are_done(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError("the disk is full")

    due = {Job("broken", 3600, broken): 0.0, Job("whole", 3600, lambda: done.append("whole")): 0.0}
    with caplog.at_level(logging.ERROR):
        round_of(due)
        round_of(due)
    assert done == ["whole"]
    assert [record.getMessage() for record in caplog.records] == ["job broken"]


def test_a_job_waits_for_its_time() -> None:
    done: list[str] = []
    often, rarely = Job("often", 0, lambda: done.append("often")), Job("rarely", 3600, lambda: done.append("rarely"))
    due = {often: 0.0, rarely: 0.0}
    for _ in range(3):
        round_of(due)
    assert done == ["often", "rarely", "often", "often"]
