"""A plans officer, and the shipped plan in its two versions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from muster.kernel.commands import Actor
from muster.preparedness.plans import services
from muster.preparedness.plans.models import PlanVersion
from tests.engines.plan.faults import PLANS

NOON = datetime(2019, 12, 2, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
_days = count()


def officer() -> Actor:
    """A plans officer with a fresh command, a day later each time."""
    return Actor("account:5", frozenset({"plans_officer"}), now=NOON + next(_days) * DAY)


def text_of(name: str) -> str:
    return (PLANS / name).read_text("utf-8")


@pytest.fixture
def second(db: None) -> PlanVersion:
    return services.version_release(by=officer(), text=text_of("S-PHE-01-v2.yaml"), name="S-PHE-01-v2.yaml")


@pytest.fixture
def third(second: PlanVersion) -> PlanVersion:
    return services.version_release(by=officer(), text=text_of("S-PHE-01.yaml"), name="S-PHE-01.yaml")
