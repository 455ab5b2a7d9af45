"""Real commands in real situations, driven through every crash. An area adds a few lines for each of its commands."""

from tests.faults.crash import SCENARIOS
from tests.faults.scenarios import access, kernel, logistics, operations, organisation, plans, proposals, situation

__all__ = [
    "SCENARIOS",
    "access",
    "kernel",
    "logistics",
    "operations",
    "organisation",
    "plans",
    "proposals",
    "situation",
]
