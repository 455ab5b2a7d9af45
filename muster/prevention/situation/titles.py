"""What the commands of the situation are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMMANDS: Final[Mapping[str, Promise]] = {
    "situation.counts_receive": _("Case counts received"),
    "situation.inputs_record": _("Readings entered"),
    "situation.serial_interval_record": _("Serial interval set"),
    "situation.signal_move": _("Signal decided on"),
    "situation.signal_rule_add": _("Signal rule added"),
    "situation.signal_rule_set": _("Signal rule changed"),
    "situation.signals_evaluate": _("Signals evaluated"),
    "situation.surveillance_start_state": _("State at the start entered"),
}
