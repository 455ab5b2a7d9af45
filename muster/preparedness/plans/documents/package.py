"""The package of a released version, from what the database knows of it."""

from __future__ import annotations

from typing import Any

from muster.engines.plan.packing import pack
from muster.kernel.commands.content import content_hash
from muster.preparedness.plans.models import PlanVersion
from muster.preparedness.plans.queries.life import life_facts


def package_of(version: PlanVersion) -> bytes:
    """The texts of the version and of those above it, with what was approved, acknowledged and filed."""
    return pack(_texts(version), _facts(version))


def _texts(version: PlanVersion) -> list[str]:
    above: PlanVersion | None = version
    texts = []
    while above is not None:
        texts.append(above.text)
        above = above.higher
    return texts


def _facts(version: PlanVersion) -> dict[str, Any]:
    """What leaves the bureau names nobody: free words, which may, go as their hash, documents without their names."""
    life = life_facts(version)
    reference = life.pop("approved_elsewhere")
    papers = [{word: one[word] for word in ("kind", "size", "sha256")} for one in life.pop("attachments")]
    return life | {
        "released_at": version.released_at.isoformat(),
        "attachments": papers,
        "approved_elsewhere_sha256": content_hash(reference) if reference else None,
    }
