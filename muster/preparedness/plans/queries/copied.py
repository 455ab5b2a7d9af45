"""Which plans in force were copied from one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from muster.engines.plan.checks.copies import copies
from muster.engines.plan.findings import Finding
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.versions import kept_plan, plans_of


def copied_in_force(versions: Sequence[PlanVersion]) -> Mapping[int, Finding]:
    """Versions that say what one released earlier says, by key; looked for once for the same versions."""
    in_order = sorted(versions, key=lambda version: (version.released_at, version.pk))
    plans_of(in_order)
    return _copied(tuple((version.hash, version.pk) for version in in_order))


@lru_cache(maxsize=4)
def _copied(keys: tuple[tuple[str, int], ...]) -> Mapping[int, Finding]:
    found = copies([kept_plan(*key) for key in keys])
    return {keys[place][1]: finding for place, finding in found.items()}
