"""The log and what waits for a decision, as of a moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from muster.kernel.ui.templatetags.ui import bilingual
from muster.kernel.ui.wording import level_title
from muster.response.operations.board.shape import LogLine, Waiting
from muster.response.operations.models import LogEntry, Operation, Proposal


def latest_log(operation: Operation, at: datetime, limit: int) -> tuple[LogLine, ...]:
    """The newest entries first."""
    entries = LogEntry.objects.filter(operation=operation, at__lte=at).order_by("-at", "-pk")[:limit]
    return tuple(log_line(entry) for entry in entries)


def log_line(entry: LogEntry) -> LogLine:
    """One entry in the reader's language."""
    return LogLine(entry.at, entry.who, entry.kind, str(entry.get_kind_display()), bilingual(entry, "text"))


def waiting(operation: Operation, at: datetime) -> tuple[Waiting, ...]:
    """Proposals that nobody had decided by `at`, the oldest first."""
    undecided = Q(decided_at__isnull=True) | Q(decided_at__gt=at)
    found = Proposal.objects.filter(undecided, operation=operation, proposed_at__lte=at).order_by("proposed_at", "pk")
    return tuple(_waiting(proposal, at) for proposal in found[:10])


def _waiting(proposal: Proposal, at: datetime) -> Waiting:
    title = str(proposal.get_kind_display())
    if proposal.level:
        title = gettext("%(kind)s: %(level)s") % {"kind": title, "level": level_title(proposal.level)}
    return Waiting(
        pk=proposal.pk,
        kind=proposal.kind,
        title=title,
        reason=bilingual(proposal, "reason"),
        level=proposal.level,
        since=proposal.proposed_at,
        waited=at - proposal.proposed_at,
    )
