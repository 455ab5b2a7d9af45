"""The small town, of which counts are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kernel.organisation import town
from tests.prevention.situation.reports import recorded


@pytest.fixture
def a_town(db: None) -> None:
    town.build()


@pytest.fixture(scope="session")
def s_city(shared_data: Path) -> list[int]:
    """New cases of S City from 12 January to 30 April 2020."""
    return recorded(shared_data / "epidemic" / "s_city_2020.csv")
