"""A small S City, loaded once for each test that asks."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from django.conf import LazySettings

from muster.sample.city import city_load
from muster.sample.progress import Tell
from muster.sample.size import Size

SMALL = Size.of(480, 16)


def silent(_title: str) -> nullcontext[Tell]:
    """Progress that nobody sees."""
    return nullcontext(lambda _detail: None)


@pytest.fixture
def own_files(settings: LazySettings, tmp_path: Path) -> Path:
    """Files of an installation that nobody else uses."""
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def small_city(db: None) -> dict[str, int]:
    """The counts of a small S City that is in the database."""
    return city_load(size=SMALL, progress=silent)
