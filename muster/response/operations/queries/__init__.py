"""Everything that is read of operations."""

from muster.response.operations.queries.difference import Change, Difference, Need, difference, difference_of
from muster.response.operations.queries.knowledge import known_at
from muster.response.operations.queries.pages import (
    Page,
    PageUnknown,
    decision_page,
    log_page,
    opening_page,
    operation_page,
    proposal_page,
    task_page,
    waiting_proposals,
)
from muster.response.operations.queries.records import (
    TaskView,
    open_places,
    operation,
    operation_now,
    state_of,
    task,
    task_counts,
    task_view,
    waits_for,
)

__all__ = [
    "Change",
    "Difference",
    "Need",
    "Page",
    "PageUnknown",
    "TaskView",
    "decision_page",
    "difference",
    "difference_of",
    "known_at",
    "log_page",
    "open_places",
    "opening_page",
    "operation",
    "operation_now",
    "operation_page",
    "proposal_page",
    "state_of",
    "task",
    "task_counts",
    "task_page",
    "task_view",
    "waiting_proposals",
    "waits_for",
]
