"""Everything that changes operations."""

from muster.response.operations.services.deciding import (
    proposal_approve,
    proposal_refuse,
    proposal_withdraw,
    recommendation_take_up,
)
from muster.response.operations.services.places import arising_enter, note_write, place_close, place_open
from muster.response.operations.services.proposing import (
    activation_propose,
    level_propose,
    require_active,
    stand_down_propose,
)
from muster.response.operations.services.recording import decision_record
from muster.response.operations.services.ticking import tick, tick_all
from muster.response.operations.services.working import (
    EvidenceRow,
    task_acknowledge,
    task_begin,
    task_complete,
)

__all__ = [
    "EvidenceRow",
    "activation_propose",
    "arising_enter",
    "decision_record",
    "level_propose",
    "note_write",
    "place_close",
    "place_open",
    "proposal_approve",
    "proposal_refuse",
    "proposal_withdraw",
    "recommendation_take_up",
    "require_active",
    "stand_down_propose",
    "task_acknowledge",
    "task_begin",
    "task_complete",
    "tick",
    "tick_all",
]
