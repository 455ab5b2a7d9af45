"""The people of a day on posts and in crews; nobody is counted twice.

A unit first keeps crews for its own single events: for twice those of the day before, two at the least. Then it fills
its own posts, those of the qualification first that fewest of its people hold. Each is filled with the people who hold
the fewest other useful qualifications. Whoever is left anywhere fills the posts of the whole force, then its crews.
"""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import DIRTY, LEVEL, Ints, Model, State


@kernel()
def muster(m: Model, s: State, everybody: bool) -> None:
    """Put everybody who is there where he is needed; only the units where something has changed, if not `everybody`."""
    if everybody:
        s.left_of_units[:] = 0
    for unit in range(m.unit_people.size):
        if everybody or s.unit_dirty[unit]:
            if not everybody:
                leave_over(m, s, unit, -1)
            come(m, s, unit)
            own_crews(m, s, unit)
            own_posts(m, s, unit)
            leave_over(m, s, unit, 1)
            s.unit_dirty[unit] = 0
    for mask in range(1, s.left_mask.size):  # those of mask 0 hold nothing that the force is asked for
        s.left_mask[mask] = s.left_of_units[mask]
    of_the_force(m, s)
    s.scalars[DIRTY] = 0


@kernel()
def leave_over(m: Model, s: State, unit: int, sign: int) -> None:
    """Whoever has no place in his unit is there for the whole force."""
    left, there, force = s.left_of_units, s.there, m.class_force
    for c in range(m.class_at[unit], m.class_at[unit + 1]):
        left[force[c]] += sign * there[c]


@kernel()
def come(m: Model, s: State, unit: int) -> None:
    """Of each class the share that the level puts on posts, of those who are not away."""
    share = m.on_posts[s.scalars[LEVEL]]
    there, present, people, away, carried = s.there, s.present, m.class_people, s.away, s.carried
    for c in range(m.class_at[unit], m.class_at[unit + 1]):
        present[c] = int((people[c] - away[c]) * share + carried[c] + 1e-9)
        there[c] = present[c]


@kernel()
def carry(m: Model, s: State) -> None:
    """Fractions of people go on to the next day, so that over the days each class gives its exact share."""
    share = m.on_posts[s.scalars[LEVEL]]
    for c in range(s.carried.size):
        exact = (m.class_people[c] - s.away[c]) * share + s.carried[c]
        s.carried[c] = min(max(exact - s.present[c], 0.0), 1.0)


@kernel()
def take(m: Model, s: State, place: int, wanted: int) -> int:
    """As many who hold what the demand asks for as are there, up to `wanted`: the least useful first."""
    found, there, holders = 0, s.there, m.holder
    for i in range(m.holder_at[place], m.holder_at[place + 1]):
        if found == wanted:
            break
        c = holders[i]
        part = min(there[c], wanted - found)
        there[c] -= part
        found += part
    return found


@kernel()
def own_posts(m: Model, s: State, unit: int) -> None:
    """Posts that draw on this unit alone."""
    for i in range(m.unit_demand_at[unit], m.unit_demand_at[unit + 1]):
        d = m.unit_demand[i]
        s.filled[d] = take(m, s, i, s.needed[d]) if s.needed[d] else 0


@kernel()
def own_crews(m: Model, s: State, unit: int) -> None:
    """Crews for single events of this unit; those who are out already are among them."""
    for i in range(m.unit_demand_at[unit], m.unit_demand_at[unit + 1]):
        d = m.unit_demand[i]
        if m.is_crew[d]:
            wanted = m.is_crew[d] * max(2, (2 * s.events_yesterday[d] + m.per_crew[d] - 1) // m.per_crew[d])
            s.cap[d] = take(m, s, i, min(wanted, m.crew_limit[d]))


@kernel()
def of_the_force(m: Model, s: State) -> None:
    """Posts and crews that may draw on anybody who is left.

    Each kind of crew gets those who hold nothing that a later one asks for, and its part of those whom both could use.
    """
    crews, later = 0, 0
    for i in range(m.force_demand.size):
        d = m.force_demand[i]
        if m.is_post[d]:
            s.filled[d] = take_of_force(m, s.left_mask, m.force_bit[m.demand_skill[d]], s.needed[d])
        if m.is_crew[d]:
            crews += 1
            later |= 1 << m.force_bit[m.demand_skill[d]]
    for i in range(m.force_demand.size):
        d = m.force_demand[i]
        if m.is_crew[d]:
            bit = m.force_bit[m.demand_skill[d]]
            later &= ~(1 << bit)
            alone, shared = holders(s.left_mask, bit, later)
            wanted = alone + (shared + crews - 1) // crews
            s.cap[d] = take_of_force(m, s.left_mask, bit, min(wanted, m.crew_limit[d]))
            crews -= 1


@kernel()
def holders(left: Ints, bit: int, later: int) -> tuple[int, int]:
    """How many are left who hold a qualification: without any of `later`, and with one of them."""
    alone, shared = 0, 0
    for mask in range(left.size):
        if mask >> bit & 1:
            if mask & later:
                shared += left[mask]
            else:
                alone += left[mask]
    return alone, shared


@kernel()
def take_of_force(m: Model, left: Ints, bit: int, wanted: int) -> int:
    """As `take`; the masks are in order of how many qualifications they hold."""
    found = 0
    for i in range(m.mask_order.size):
        mask = m.mask_order[i]
        if mask >> bit & 1 and left[mask]:
            part = min(left[mask], wanted - found)
            left[mask] -= part
            found += part
    return found
