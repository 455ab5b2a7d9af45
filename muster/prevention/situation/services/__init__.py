"""Everything that changes the situation: one function a business action, each a command."""

from muster.prevention.situation.services.counts import counts_receive, surveillance_start_state
from muster.prevention.situation.services.inputs import inputs_record
from muster.prevention.situation.services.rules import serial_interval_record, signal_rule_add, signal_rule_set
from muster.prevention.situation.services.signals import signal_move, signals_evaluate

__all__ = [
    "counts_receive",
    "inputs_record",
    "serial_interval_record",
    "signal_move",
    "signal_rule_add",
    "signal_rule_set",
    "signals_evaluate",
    "surveillance_start_state",
]
