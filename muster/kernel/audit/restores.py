"""After a backup was put back on purpose: what was lost is acknowledged, and stays visible for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.audit import witness
from muster.kernel.audit.checks import by_muster
from muster.kernel.audit.errors import WitnessProblem
from muster.kernel.audit.models import Checkpoint
from muster.kernel.commands import Actor, command, record
from muster.kernel.errors import DomainError


class NothingRolledBack(DomainError):
    """The database is not behind its witness."""


def acknowledge(*, path: Path, reason: str) -> dict[str, Any]:
    """Write into the log and into the witness that the database was set back, from where to where, and why.

    Raises NothingRolledBack when log and witness agree, WitnessProblem when the database holds another history.
    """
    seen, held = witness.newest(path), Checkpoint.objects.order_by("-size").first()
    if seen is None or (held is not None and held.size >= seen.size):
        raise NothingRolledBack(_("The database is not behind its witness."), where=str(path))
    target = json.loads(witness.line_of(held)) if held else None
    if target is None or witness.Seen(**target) not in witness.read(path).seen:
        raise WitnessProblem(
            _("The restored database ends with a checkpoint that the witness has not seen."),
            where=str(path),
            mend=_("Keep this witness as evidence and begin another with: muster audit witness FILE --new"),
        )
    with witness.held(path):
        restore_acknowledge(by=Actor.system("console"), lost_from=target["size"], lost_to=seen.size, reason=reason)
        facts = {
            "restored": {"from": {"size": seen.size, "hash": seen.hash}, "to": target},
            "reason": reason,
            "by": "system:console",
            "at": clock.now().isoformat(),
        }
        witness.append(path, [json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))])
    return facts


@command("audit.restore_acknowledge", policy=by_muster)
def restore_acknowledge(*, by: Actor, lost_from: int, lost_to: int, reason: str) -> None:
    """The entries between the two positions were lost with the database that a backup has replaced."""
    record(lost_from=lost_from, lost_to=lost_to, reason=reason)
