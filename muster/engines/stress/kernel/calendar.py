"""What is due at each minute: first in, first out, at the cost of one step each."""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import DAY, FREE, FULL, NODES, Model, State

EXPIRY, ROUND, DONE, ARISES, CREW_FREE = 1, 2, 3, 4, 5


@kernel()
def put(m: Model, s: State, at: int, kind: int, task: int, mark: int) -> None:
    """Make an appointment; one beyond the last day is none."""
    if at >= m.days * DAY:
        return
    node = s.scalars[FREE]
    if node >= 0:
        s.scalars[FREE] = s.node_next[node]
    else:
        node = s.scalars[NODES]
        if node >= s.node_next.size:
            s.scalars[FULL] = 1
            return
        s.scalars[NODES] = node + 1
    s.node_next[node] = -1
    s.node_kind[node] = kind
    s.node_task[node] = task
    s.node_mark[node] = mark
    if s.head[at] < 0:
        s.head[at] = node
    else:
        s.node_next[s.tail[at]] = node
    s.tail[at] = node


@kernel()
def take(s: State, at: int) -> int:
    """The first appointment of a minute, or -1; whoever takes it lets it go with `free`."""
    node = s.head[at]
    if node >= 0:
        s.head[at] = s.node_next[node]
    return node


@kernel()
def free(s: State, node: int) -> None:
    """The appointment is over."""
    s.node_next[node] = s.scalars[FREE]
    s.scalars[FREE] = node


@kernel()
def has_timer(s: State, at: int) -> bool:
    """Whether a measure runs out or a round begins at this minute."""
    node = s.head[at]
    while node >= 0:
        if s.node_kind[node] <= ROUND:
            return True
        node = s.node_next[node]
    return False
