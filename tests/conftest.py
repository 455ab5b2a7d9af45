"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real figures kept beside the project; where they are absent the test is skipped by name, except in CI."""
    path = ROOT.parent / "shared" / "data"
    if not path.exists() and "CI" not in os.environ:
        pytest.skip("the shared figures are not beside this clone")
    assert path.exists(), "CI has the shared figures beside the clone"
    return path
