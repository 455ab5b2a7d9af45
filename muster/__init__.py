"""Muster: a police bureau's emergency management for public-health emergencies."""

from typing import Final

__version__: Final = "0.1.0"
