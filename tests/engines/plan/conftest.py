"""The small plan that the sentences are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.engines.plan import Plan, load_plan


@pytest.fixture(scope="session")
def example_text() -> str:
    return Path(__file__).with_name("example.yaml").read_text("utf-8")


@pytest.fixture(scope="session")
def small_plan(example_text: str) -> Plan:
    return load_plan(example_text, name="example.yaml")
