"""The small town, for pages that show it."""

from tests.kernel.organisation.conftest import a_town

__all__ = ["a_town"]
