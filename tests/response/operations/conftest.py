"""The small bureau and its plan as fixtures."""

from __future__ import annotations

import pytest

from muster.preparedness.plans.models import PlanVersion
from muster.response.operations.models import Operation
from tests.response.operations import bureau


@pytest.fixture
def plan(db: None) -> PlanVersion:
    """The bureau with a released plan, and no operation."""
    return bureau.build()


@pytest.fixture
def operation(plan: PlanVersion) -> Operation:
    """A live operation at level III."""
    return bureau.activated(plan)
