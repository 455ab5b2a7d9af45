"""Live events over a real server: to those who may, about what they follow, and no longer than they may."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime

import pytest

from tests.journeys.accounts import NOBODY, login_of
from tests.journeys.site import Site, new_site
from tests.kernel.notices.follower import Stream, log_in

BEAT = 1.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running Muster whose streams are asked every second whether their reader may stay."""
    running = new_site(tmp_path_factory, "events", MUSTER_EVENTS_HEARTBEAT=str(BEAT))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def duty_officer(site: Site) -> dict[str, str]:
    return {"Cookie": log_in(site, login_of("duty_officer"))}


def announce(site: Site, topic: str, number: int | None = None, **payload: object) -> int:
    """Puts an announcement into the outbox, as a committed command does; returns its number."""
    row = (number, topic, json.dumps(payload), uuid.uuid4().hex, datetime.now(UTC).isoformat(" "))
    with closing(sqlite3.connect(site.folder / "muster.sqlite3", timeout=30)) as database, database:
        sql = "INSERT INTO commands_outboxrow (id, topic, payload, command_id, at) VALUES (?, ?, ?, ?, ?)"
        key = database.execute(sql, row).lastrowid
    assert key is not None
    return key


def change(site: Site, sql: str, *params: object) -> None:
    with closing(sqlite3.connect(site.folder / "muster.sqlite3", timeout=30)) as database, database:
        assert database.execute(sql, params).rowcount > 0


def test_an_announcement_reaches_who_follows_its_topic_within_seconds(site: Site, duty_officer: dict[str, str]) -> None:
    with Stream(site, ("operation:1",), duty_officer) as stream:
        assert (stream.status, stream.answer.headers["Content-Type"]) == (200, "text/event-stream")
        stream.next_of("alive")
        announce(site, "operation:2", what="not ours")
        number = announce(site, "operation:1", what="level", level=2)
        begun = time.monotonic()
        event = stream.next_of("notice")
        assert time.monotonic() - begun < 3
        assert (event.id, event.data["topic"], event.data["payload"]) == (
            number, "operation:1", {"what": "level", "level": 2}
        )  # fmt: skip


def test_whoever_was_away_gets_what_he_missed_in_order(site: Site, duty_officer: dict[str, str]) -> None:
    last = announce(site, "operation:7", step=0)
    missed = [announce(site, "operation:7", step=step) for step in (1, 2, 3)]
    with Stream(site, ("operation:7",), {**duty_officer, "Last-Event-ID": str(last)}) as stream:
        events = stream.events()
        got = [next(event for event in events if event.kind == "notice").id for _ in missed]
    assert got == missed


def test_an_announcement_that_is_committed_late_is_not_passed_over(site: Site, duty_officer: dict[str, str]) -> None:
    with Stream(site, ("operation:8",), duty_officer) as stream:
        stream.next_of("alive")
        newest = announce(site, "operation:8")
        announce(site, "operation:8", number=newest + 2, order="first")
        assert stream.next_of("notice").id == newest
        assert stream.next_of("notice").data["payload"] == {"order": "first"}
        announce(site, "operation:8", number=newest + 1, order="late")
        assert stream.next_of("notice").data["payload"] == {"order": "late"}


def test_resuming_behind_what_is_kept_says_that_everything_must_be_read_anew(
    site: Site, duty_officer: dict[str, str]
) -> None:
    number = announce(site, "operation:9")
    change(site, "DELETE FROM commands_outboxrow WHERE id <= ?", number)
    announce(site, "operation:9")
    with Stream(site, ("operation:9",), {**duty_officer, "Last-Event-ID": "0"}) as stream:
        assert stream.next_of("reset").data == {}


@pytest.mark.parametrize(
    "topics", [("nothing:1",), ("operation:1", "nothing:1"), (), tuple(f"operation:{n}" for n in range(40)), ("",)]
)
def test_a_topic_that_nobody_announces_does_not_exist(
    site: Site, duty_officer: dict[str, str], topics: tuple[str, ...]
) -> None:
    with Stream(site, topics, duty_officer) as stream:
        assert stream.status == 404


def test_who_may_not_see_the_board_gets_the_answer_for_what_does_not_exist(site: Site) -> None:
    answers = set()
    cookie = {"Cookie": log_in(site, login_of("system_administrator"))}
    for topic in ("operation:1", "nothing:1"):
        with Stream(site, (topic,), cookie) as stream:
            answers.add((stream.status, stream.answer.read()))
    ((status, _),) = answers
    assert status == 404


def test_a_stranger_is_sent_to_the_door(site: Site) -> None:
    with Stream(site, ("operation:1",)) as stream:
        assert (stream.status, stream.answer.headers["Location"].split("?")[0]) == (302, "/login/")


def test_our_own_pages_on_the_other_port_may_read_it_and_no_other_site(
    site: Site, duty_officer: dict[str, str]
) -> None:
    with Stream(site, ("operation:1",), {**duty_officer, "Origin": site.url}) as stream:
        assert stream.answer.headers["Access-Control-Allow-Origin"] == site.url
        assert stream.answer.headers["Access-Control-Allow-Credentials"] == "true"
    for origin in ("http://127.0.0.1:1", "https://elsewhere.example", "null"):
        with Stream(site, ("operation:1",), {**duty_officer, "Origin": origin}) as stream:
            assert stream.status == 404
            assert stream.answer.headers["Access-Control-Allow-Origin"] is None


def test_the_pages_server_does_not_hold_a_thread_for_a_stream(site: Site, duty_officer: dict[str, str]) -> None:
    with Stream(site, ("operation:1",), duty_officer, port=site.port) as stream:
        assert stream.status == 404


def test_the_events_server_serves_no_pages(site: Site) -> None:
    with Stream(site, ()) as stream:
        stream.connection.close()
        stream.connection.request("GET", "/login/")
        assert stream.connection.getresponse().status == 404


@pytest.mark.parametrize(
    ("role", "sql"),
    [
        ("commander", "UPDATE access_rolegrant SET revoked_at = starts_at WHERE account_id = {account}"),
        ("plans_officer", "UPDATE access_account SET is_active = 0, closed_at = '2026-01-01' WHERE id = {account}"),
        ("auditor", "UPDATE access_account SET password = '!changed' WHERE id = {account}"),
        ("medical_officer", "UPDATE django_session SET session_data = '' WHERE session_key = '{session}'"),
    ],
    ids=["the role is revoked", "the account is closed", "the password is changed", "the session is ended"],
)
def test_a_reader_who_may_not_stay_is_cut_at_the_next_heartbeat(site: Site, role: str, sql: str) -> None:
    cookie = log_in(site, login_of(role))
    session = cookie.partition("sessionid=")[2].partition(";")[0]
    with closing(sqlite3.connect(site.folder / "muster.sqlite3")) as database:
        found = database.execute("SELECT id FROM access_account WHERE login = ?", (login_of(role),)).fetchone()
    with Stream(site, ("operation:1",), {"Cookie": cookie}, timeout=8 * BEAT) as stream:
        stream.next_of("alive")
        change(site, sql.format(account=found[0], session=session))
        assert stream.seconds_until_cut() < 5 * BEAT
    with Stream(site, ("operation:1",), {"Cookie": cookie}) as stream:
        assert stream.status in {302, 404}


def test_forty_boards_follow_at_once_and_a_new_one_still_opens(site: Site, duty_officer: dict[str, str]) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(Stream(site, ("operation:40",), duty_officer)) for _ in range(40)]
        with ThreadPoolExecutor(8) as readers:
            list(readers.map(lambda stream: stream.next_of("alive"), streams))
            number = announce(site, "operation:40")
            got = set(readers.map(lambda stream: stream.next_of("notice").id, streams))
        assert got == {number}
        with Stream(site, ("operation:40",), duty_officer) as late:
            assert late.status == 200


def test_an_account_without_a_role_follows_nothing(site: Site) -> None:
    with Stream(site, ("operation:1",), {"Cookie": log_in(site, login_of(NOBODY))}) as stream:
        assert stream.status == 404
