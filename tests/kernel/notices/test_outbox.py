"""The outbox is kept for as long as somebody may resume from it, and no longer."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from muster.kernel import clock
from muster.kernel.audit.models import Leaf
from muster.kernel.commands import Actor, NotPermitted
from muster.kernel.commands.models import OutboxRow
from muster.kernel.jobs import all_jobs
from muster.kernel.notices.queries import after, newest, oldest
from muster.kernel.notices.services import KEPT, outbox_clear
from muster.kernel.notices.topics import may_follow, policy_of_topic, topic_routes
from muster.kernel.ui.catalogue import PACKAGE


@pytest.fixture
def rows(db: None) -> list[OutboxRow]:
    """One announcement that is older than what is kept, two that are not."""
    now = clock.now()
    ages = (KEPT + timedelta(minutes=1), KEPT - timedelta(minutes=1), timedelta())
    return [OutboxRow.objects.create(topic="operation:1", command_id=uuid4(), at=now - age) for age in ages]


def test_what_is_too_old_to_resume_from_is_deleted_and_the_log_says_how_much(rows: list[OutboxRow]) -> None:
    assert outbox_clear(by=Actor.system("worker")) == 1
    assert (oldest(), newest()) == (rows[1].pk, rows[2].pk)
    assert '"deleted":1' in Leaf.objects.get(action="notices.clear_outbox").content


def test_only_muster_itself_clears_it(rows: list[OutboxRow]) -> None:
    with pytest.raises(NotPermitted):
        outbox_clear(by=Actor("account:1", frozenset({"system_administrator"})))


def test_the_worker_clears_it_and_writes_nothing_when_nothing_is_old(rows: list[OutboxRow]) -> None:
    (clear,) = [job.do for job in all_jobs() if job.name == "clear old announcements"]
    assert [clear(), clear()] == [1, 0]
    assert Leaf.objects.filter(action="notices.clear_outbox").count() == 1


def test_a_reader_gets_his_topics_after_his_last_number(rows: list[OutboxRow]) -> None:
    other = OutboxRow.objects.create(topic="logistics", command_id=uuid4(), at=clock.now())
    assert [notice.id for notice in after(rows[0].pk, ["operation:1"])] == [rows[1].pk, rows[2].pk]
    assert [notice.id for notice in after(rows[2].pk)] == [other.pk]


def test_one_topic_that_is_not_permitted_closes_the_whole_stream() -> None:
    commander = frozenset({"commander"})
    assert may_follow(["operation:1", "operation:2"], commander)
    assert not may_follow(["operation:1", "secret:1"], commander)
    assert not may_follow([], commander)
    assert not may_follow(["operation:1"], frozenset())


def test_every_topic_that_a_service_announces_can_be_followed_by_somebody() -> None:
    said = re.compile(r'^TOPIC(?::[^=]*)? = "([a-z_]+)', re.MULTILINE)
    kinds = {kind for path in PACKAGE.rglob("*.py") for kind in said.findall(path.read_text("utf-8"))}
    assert kinds
    assert kinds - set(topic_routes()) == set(), "say in the area's policies.TOPICS which route's readers may follow"
    assert {kind for kind in topic_routes() if policy_of_topic(kind) is None} == set()
