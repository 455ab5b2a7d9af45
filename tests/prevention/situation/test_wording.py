"""A value of an indicator is told as people say it, in the language of the reader."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from muster.prevention.situation.queries import Indicators
from muster.prevention.situation.wording import figures, in_words

NOON = datetime(2020, 2, 4, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "name", "value", "said"),
    [
        ("en", "external_alert", True, "yes"),
        ("zh-hans", "external_alert", False, "否"),
        ("en", "province_level", 1, "Level I response"),
        ("zh-hans", "province_level", 0, "未启动响应"),
        ("en", "local_cases_7d", 12345, "12,345"),
        ("en", "incidence_7d", 2.514, "2.51"),
        ("en", "officer_absence_pct", 8.26, "8.3"),
        ("en", "rt_q025", 0.849, "0.85"),
    ],
)
def test_an_indicator_is_told_in_words(language: str, name: str, value: float | bool, said: str) -> None:
    with translation.override(language):
        assert in_words(name, value) == said


def test_rt_is_told_with_its_interval_on_one_line() -> None:
    seen = Indicators({"rt_mean": 1.02, "rt_q025": 0.85, "rt_q975": 1.2}, {}, {}, None)
    with translation.override("en"):
        told = {figure.name: figure.value for figure in figures(seen, NOON)}
    assert told["rt_mean"].replace("\u2060", "") == "1.02 (0.85–1.20)"
    assert "–" not in told["rt_mean"].replace("\u2060–\u2060", "")
