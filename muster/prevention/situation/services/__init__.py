"""Everything that changes the situation: one function a business action, each a command."""

from muster.prevention.situation.services.counts import counts_receive, surveillance_start_state
from muster.prevention.situation.services.inputs import inputs_record
from muster.prevention.situation.services.signals import signal_move, signals_evaluate

__all__ = ["counts_receive", "inputs_record", "signal_move", "signals_evaluate", "surveillance_start_state"]
