"""How far long work is, told to whoever waits for it; and his wish to stop it.

Work that may be long calls `tell` as it goes. Nobody need listen: without a listener it costs a look at a variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import DomainError

Listener = Callable[[float], bool]  # the share that is done, 0 to 1; answers whether to go on


class Stopped(DomainError):
    """Whoever waited has stopped the work; nothing of it was done."""


_listener: ContextVar[Listener | None] = ContextVar("muster_listener", default=None)
_span: ContextVar[tuple[float, float]] = ContextVar("muster_span", default=(0.0, 1.0))


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Within it, `listener` hears of every step."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def part(start: float, end: float) -> Iterator[None]:
    """What is told within it is told of one part of the work, from the share `start` to the share `end`."""
    low, high = _span.get()
    token = _span.set((low + (high - low) * start, low + (high - low) * end))
    try:
        yield
    finally:
        _span.reset(token)


def tell(done: int, of: int) -> None:
    """Say that `done` of `of` steps are behind us. Raises Stopped when the listener wants no more of it."""
    listener = _listener.get()
    if listener is None:
        return
    low, high = _span.get()
    if not listener(low + (high - low) * (done / of if of else 1.0)):
        raise Stopped(what=_("Stopped; nothing of it was done."), mend=_("Begin again whenever you like."))
