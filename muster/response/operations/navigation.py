"""Where operations stand in the navigation, and what waits there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from muster.kernel.commands import Actor
from muster.kernel.organisation.models.named import in_readers_language
from muster.kernel.ui.navigation import Entry, Waiting
from muster.kernel.ui.wording import level_title
from muster.response.operations.models import Mode, Operation
from muster.response.operations.queries.pages import in_state, waiting_proposals


def running(reader: Actor) -> Iterator[Waiting]:
    """Each live operation with its level, and how many of its tasks are overdue."""
    for operation in Operation.objects.filter(mode=Mode.LIVE, state=Operation.State.ACTIVE).order_by("-opened_at"):
        matter = in_readers_language(operation.matter_zh, operation.matter_en)
        named = {"matter": matter, "level": level_title(operation.level)}
        board = reverse("operations:operation_board", args=[operation.code])
        yield Waiting(gettext("%(matter)s: %(level)s") % named, board)
        if overdue := in_state(operation, reader.now, "late").count():
            words = ngettext("%(count)d task is overdue", "%(count)d tasks are overdue", overdue) % {"count": overdue}
            yield Waiting(f"{words} · {matter}", reverse("operations:detail", args=[operation.code]), "bad")


def to_decide(_reader: Actor) -> Iterator[Waiting]:
    """Proposals that wait for a second person."""
    if count := len(waiting_proposals()):
        words = ngettext(
            "%(count)d proposal waits for a second person", "%(count)d proposals wait for a second person", count
        )
        yield Waiting(words % {"count": count}, reverse("operations:list"), "warn")


ENTRIES = (
    Entry(
        route="operations:board",
        title=_("Command board"),
        phase="command",
        order=10,
        note=_("Level, epidemic curve, map, overdue tasks, shortfalls and decisions in one look."),
        waiting=running,
    ),
    Entry(
        route="operations:list",
        title=_("Operations"),
        phase="response",
        order=10,
        note=_("Activate a plan, change its level, follow its tasks and its log."),
        waiting=to_decide,
    ),
)
