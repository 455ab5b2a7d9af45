"""Which places are open: a share of those of a kind by level, or as many as cases call for."""

from __future__ import annotations

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import LEVEL, Ints, Model, State
from muster.engines.stress.kernel.philox import PLACE, share
from muster.engines.stress.kernel.standing import close_place, open_place
from muster.engines.stress.kernel.tally import Once, Tally

ESTATES = 1 << 20  # in the counter of PLACE, beside the kinds of events


@kernel()
def learn(m: Model, s: State, seed: int, replication: int, day: int, cases: int) -> None:
    """The evening's bulletin: each case lives in an estate, which is to be closed from then on."""
    if m.estate_kind < 0:
        return
    first, last = m.site_at[m.estate_kind], m.site_at[m.estate_kind + 1]
    for k in range(min(cases, last - first)):
        estate = int(share(seed, replication, PLACE, ESTATES | k, day) * (last - first))
        s.closed_on[estate] = day


@kernel()
def open_and_close(m: Model, s: State, o: Once, t: Tally, reported: Ints, day: int) -> None:
    """Bring the open places to what is wanted: first what closes, then what opens.

    Where a measure has run out the place is closed and opened again: a new order.
    """
    level = s.scalars[LEVEL]
    for kind in range(m.site_at.size - 1):
        if s.open_count[kind] == 0 and not may_open(m, kind, level):
            continue
        beds = m.isolated_per_case * recent(reported, day, m.isolated_days)
        for step in range(2):
            chosen, found = 0, 0.0
            for site in range(m.site_at[kind], m.site_at[kind + 1]):
                wants = wanted(m, s, kind, site, level, reported, day, chosen, found, beds)
                if wants and kind == m.quarantine_kind:
                    chosen += 1
                    found += m.site_capacity[site]
                if step == 0 and (s.ran_out[site] or not wants):
                    close_place(m, s, o, t, kind, site)
                    s.ran_out[site] = 0
                elif step == 1 and wants:
                    open_place(m, s, o, kind, site)


@kernel()
def may_open(m: Model, kind: int, level: int) -> bool:
    """Whether any place of the kind may be wanted at the level."""
    if m.site_at[kind] == m.site_at[kind + 1]:
        return False
    if kind == m.estate_kind and m.closing[level]:
        return True
    if kind == m.quarantine_kind and m.quarantine[level]:
        return True
    if (kind == m.temporary_kind and level) or m.open_share[kind, level] > 0.0:
        return True
    standing = 0
    for site in range(m.site_at[kind], m.site_at[kind + 1]):
        standing += m.standing_site[site]
    return standing > 0


@kernel()
def recent(reported: Ints, day: int, days: int) -> int:
    """Cases that were reported in the last days, up to the evening before."""
    found = 0
    for d in range(max(day - days, 0), day):
        found += reported[d]
    return found


@kernel()
def wanted(
    m: Model, s: State, kind: int, site: int, level: int, reported: Ints, day: int, chosen: int, found: float,
    beds: float,
) -> bool:  # fmt: skip
    """Whether this place is to be open on this day at this level."""
    if m.standing_site[site]:
        return True
    number = site - m.site_at[kind]
    if kind == m.estate_kind and m.closing[level]:
        since = s.closed_on[number]
        if since >= 0 and since >= day - m.closed_days:
            return True
    if kind == m.quarantine_kind and m.quarantine[level] and (chosen < m.quarantine_least or found < beds):
        return True
    if kind == m.temporary_kind and level and number < recent(reported, day, m.closed_days) // m.cases_per_temporary:
        return True
    share = m.open_share[kind, level]
    return share > 0.0 and number < int(share * (m.site_at[kind + 1] - m.site_at[kind]) + 0.5)
