"""Which moment of an operation is looked at."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from muster.kernel import clock
from muster.kernel.errors import DomainError
from muster.response.operations.board.shape import Moment
from muster.response.operations.models import Operation


class MomentInvalid(DomainError):
    """A moment that cannot be read."""


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
    """The operation's own now: the clock of the wall, or the simulated one of an exercise or a replay."""
    if operation.closed_at is not None:
        return operation.closed_at
    return operation.clock_at or clock.now()


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
