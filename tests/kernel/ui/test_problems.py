"""Requests that no page sends, and faults: a page for people, JSON for programs, and never a traceback."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from muster.kernel.ui.views import server_error
from tests.kernel.organisation.browser import reader

pytestmark = pytest.mark.usefixtures("a_town")


@pytest.mark.parametrize(("language", "words"), [("en", "not understood"), ("zh-hans", "无法识别")])
def test_a_character_that_no_database_holds_is_refused_before_any_page(language: str, words: str) -> None:
    duty = reader("duty_officer", language=language)
    for answer in (
        duty.get(reverse("organisation:people") + "?number=%00"),
        duty.post(reverse("organisation:return_person", args=["P0001"]), {"unit": "a\0b"}),
        Client(headers={"accept-language": language}).post("/login/", {"login": "a\0", "password": "x"}),
    ):
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_a_program_is_answered_in_json_whatever_goes_wrong() -> None:
    duty = reader("duty_officer")
    refused = duty.get("/api/organisation/people?number=%00")
    assert refused.status_code == 422
    assert "U+0000" in refused.json()["detail"]
    assert duty.get("/api/nothing").json() == {"detail": "not found"}
    answer = server_error(RequestFactory().get("/api/organisation/units"))
    assert answer.status_code == 500
    assert re.fullmatch(r"[0-9A-F]{8}", json.loads(answer.content)["incident"])


@pytest.mark.parametrize("odd", ["\u202e", "'; --", "💥", "x" * 3000, "../../etc/passwd", "{{7*7}}"])
def test_odd_addresses_lead_nowhere_and_are_no_fault(odd: str) -> None:
    duty = reader("duty_officer")
    for name in ("unit", "person", "team", "site"):
        answer = duty.get(reverse(f"organisation:{name}", args=["CODE"]).replace("CODE", quote(odd, safe="")))
        assert answer.status_code == 404
