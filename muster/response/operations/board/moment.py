"""Which moment of an operation is looked at."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.errors import DomainError
from muster.kernel.ui.templatetags.ui import when
from muster.response.operations.board.shape import Moment
from muster.response.operations.board.tasks import owed, parts_of
from muster.response.operations.models import Operation


class MomentInvalid(DomainError):
    """A moment that cannot be read."""


class NotThereYet(DomainError):
    """Something that did not exist at the moment that is looked at."""


def moment_of(operation: Operation, asked: str = "") -> Moment:
    """The moment that was asked for, kept between the operation's start and its own now; its now if none was asked for.

    `asked` is ISO 8601; without an offset it is in the bureau's zone. Raises MomentInvalid.
    """
    now = now_of(operation)
    start = min(operation.opened_at or now, now)
    if not asked:
        return Moment(now, start, now)
    return Moment(min(max(_read(asked), start), now), start, now)


def now_of(operation: Operation) -> datetime:
    """The operation's own now: the clock of the wall, or the simulated one of an exercise or a replay.

    One that is stood down goes on as long as a task of its winding up is open, and ends with the last line of its log.
    """
    now = operation.clock_at or clock.now()
    winding_up = owed(operation, now).filter(withdrawn_at__isnull=True)
    if operation.closed_at is None or any(part.exists() for part in parts_of(winding_up, now)):
        return now
    last = operation.log.aggregate(last=Max("at"))["last"]
    return min(max(operation.closed_at, last or operation.closed_at), now)


def require_there(since: datetime, moment: Moment, what: str) -> None:
    """Raises NotThereYet for what began only after the moment; `what` names it."""
    if since > moment.at:
        raise NotThereYet(
            what=_("At this moment this was not there yet."),
            where=what,
            expected=_("a moment from %(since)s on") % {"since": when(since)},
            mend=_("Look at a later moment, or go back to now."),
        )


def as_asked(at: datetime) -> str:
    """A moment as an address writes it, in the bureau's zone."""
    return f"{at.astimezone(settings.BUREAU_ZONE):%Y-%m-%dT%H:%M}"


def _read(asked: str) -> datetime:
    try:
        moment = datetime.fromisoformat(asked)
    except ValueError:
        raise MomentInvalid(
            what=_("This is not a moment in time."),
            where=f"as_of={asked[:40]}",
            expected=_("day and time such as 2020-01-25T22:00"),
            mend=_("Choose a moment with the slider instead."),
        ) from None
    return moment.replace(tzinfo=settings.BUREAU_ZONE) if moment.tzinfo is None else moment
