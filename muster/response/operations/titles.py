"""What the commands of operations are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "operations.activation_propose": _("Activation proposed"),
    "operations.arising_enter": _("Event entered"),
    "operations.day_keep": _("Day of an operation kept"),
    "operations.decision_record": _("Decision recorded"),
    "operations.events_play": _("Events played"),
    "operations.level_propose": _("Level proposed"),
    "operations.note_write": _("Note written"),
    "operations.place_close": _("Place closed"),
    "operations.place_open": _("Place opened"),
    "operations.proposal_approve": _("Proposal approved"),
    "operations.proposal_refuse": _("Proposal refused"),
    "operations.proposal_withdraw": _("Proposal withdrawn"),
    "operations.recommendation_take_up": _("Recommendation taken up"),
    "operations.replay_day": _("Day replayed"),
    "operations.stand_down_propose": _("Stand-down proposed"),
    "operations.task_acknowledge": _("Task acknowledged"),
    "operations.task_begin": _("Task begun"),
    "operations.task_complete": _("Task completed"),
    "operations.tick": _("Time passed"),
}
