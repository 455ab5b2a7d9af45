"""The small town as a fixture."""

from __future__ import annotations

import pytest

from tests.kernel.organisation import town


@pytest.fixture
def a_town(db: None) -> None:
    town.build()
