"""Officers fall sick, are infected, are found and isolated with whoever was near them, and come back."""

from __future__ import annotations

import math

from muster.engines.stress.kernel.handles import kernel
from muster.engines.stress.kernel.model import FREE_HOME, HOMES, ILL, ISOLATED, SICK, Model, State
from muster.engines.stress.kernel.philox import AT_WORK, OUTSIDE, SPELL, WHO, binomial, share
from muster.engines.stress.kernel.philox import SICK as SICK_DRAW
from muster.engines.stress.kernel.tally import BY_OUTSIDE, BY_WORK, ISOLATIONS, LOST, SICK_CASES, Once


@kernel()
def morning(m: Model, s: State, o: Once, seed: int, replication: int, day: int, cases: float) -> None:
    """Who comes back, who is found, who falls sick, who is infected; `cases` confirmed on the day before."""
    come_back(m, s, day)
    for unit in range(m.unit_people.size):
        if m.unit_people[unit] == 0:
            continue
        found(m, s, o, seed, replication, unit, day)
        chance = m.sick_first if day == 0 else m.falls_sick[day]
        here = m.unit_people[unit] - s.unit_away[unit]
        count = binomial(here, chance, share(seed, replication, SICK_DRAW, unit, day)) if chance > 0.0 else 0
        for k in range(count):
            leave(m, s, seed, replication, unit, day, k, SICK, spell(m, seed, replication, unit, day, k))
        o.metric[SICK_CASES] += count
        infect(m, s, o, seed, replication, unit, day, cases)
        o.metric[LOST] += s.unit_away[unit]


@kernel()
def come_back(m: Model, s: State, day: int) -> None:
    """Everybody whose time is over."""
    node = s.home_head[day]
    while node >= 0:
        c = s.home_class[node]
        s.away[c] -= 1
        unit = m.class_unit[c]
        s.unit_away[unit] -= 1
        s.away_kind[s.home_kind[node]] -= 1
        s.unit_dirty[unit] = 1
        following = s.home_next[node]
        s.home_next[node] = s.scalars[FREE_HOME]
        s.scalars[FREE_HOME] = node
        node = following


@kernel()
def spell(m: Model, seed: int, replication: int, unit: int, day: int, k: int) -> int:
    """Days of sickness, geometric with the mean `spell`."""
    if m.spell <= 1.0:
        return 1
    u = share(seed, replication, SPELL, unit << 12 | k, day)
    return 1 + int(math.log(u) / math.log1p(-1.0 / m.spell))


@kernel()
def leave(m: Model, s: State, seed: int, replication: int, unit: int, day: int, k: int, kind: int, days: int) -> None:
    """Somebody of the unit who is there goes, anybody alike."""
    here = m.unit_people[unit] - s.unit_away[unit]
    if here <= 0:
        return
    nth = int(share(seed, replication, WHO + 16 * kind, unit << 12 | k, day) * here)
    c = m.class_at[unit]
    while nth >= m.class_people[c] - s.away[c]:
        nth -= m.class_people[c] - s.away[c]
        c += 1
    s.away[c] += 1
    s.unit_away[unit] += 1
    s.away_kind[kind] += 1
    s.unit_dirty[unit] = 1
    back = min(day + max(days, 1), s.home_head.size - 1)
    node = s.scalars[FREE_HOME]
    if node >= 0:
        s.scalars[FREE_HOME] = s.home_next[node]
    else:
        node = s.scalars[HOMES]
        s.scalars[HOMES] = node + 1
    s.home_class[node], s.home_kind[node] = c, kind
    s.home_next[node] = s.home_head[back]
    s.home_head[back] = node


@kernel()
def infect(m: Model, s: State, o: Once, seed: int, replication: int, unit: int, day: int, cases: float) -> None:
    """Outside by the city's cases, at work by colleagues who have not been found yet."""
    here = m.unit_people[unit] - s.unit_away[unit] - s.pending_now[unit]
    if here <= 0 or m.detection == 0:
        return
    factor = m.closed_outside if m.closed else 1.0
    chance = min(m.outside * factor * cases / m.inhabitants, 1.0)
    new = binomial(here, chance, share(seed, replication, OUTSIDE, unit, day)) if chance > 0.0 else 0
    inside = 0
    if s.pending_now[unit] and m.at_work > 0.0:
        among = min(here - new, m.team) if m.closed else here - new
        meets = 1.0 - math.exp(-m.at_work * s.pending_now[unit] / max(among, 1))
        inside = binomial(among, meets, share(seed, replication, AT_WORK, unit, day))
    o.metric[BY_OUTSIDE] += new
    o.metric[BY_WORK] += inside
    o.infected[0] += new + inside
    s.pending[unit, (day + m.detection) % s.pending.shape[1]] += new + inside
    s.pending_now[unit] += new + inside


@kernel()
def found(m: Model, s: State, o: Once, seed: int, replication: int, unit: int, day: int) -> None:
    """Those whose infection shows today, and whoever is isolated with them; a closed team goes as a whole."""
    column = day % s.pending.shape[1]
    count = s.pending[unit, column]
    if count == 0:
        return
    s.pending[unit, column] = 0
    if m.closed:
        count += with_their_team(m, s, unit)
    s.pending_now[unit] -= count
    for k in range(count):
        leave(m, s, seed, replication, unit, day, k, ILL, m.illness)
    near = (m.team - 1) if m.closed else m.contacts
    here = m.unit_people[unit] - s.unit_away[unit]
    isolated = min(count * near, here)
    for k in range(isolated):
        leave(m, s, seed, replication, unit, day, k, ISOLATED, m.isolation)
    o.metric[ISOLATIONS] += isolated


@kernel()
def with_their_team(m: Model, s: State, unit: int) -> int:
    """In closed teams whoever was infected at work is of the same team, so he is found with it."""
    more = 0
    for column in range(s.pending.shape[1]):
        part = min(s.pending[unit, column], m.team - 1 - more)
        s.pending[unit, column] -= part
        more += part
    return more


@kernel()
def everybody_is_somewhere(m: Model, s: State) -> bool:
    """Each officer is there or away, once; those away by reason are those away by unit."""
    away = 0
    for unit in range(m.unit_people.size):
        of_unit = 0
        for c in range(m.class_at[unit], m.class_at[unit + 1]):
            if not 0 <= s.away[c] <= m.class_people[c] or s.there[c] < 0:
                return False
            of_unit += s.away[c]
        if of_unit != s.unit_away[unit]:
            return False
        away += of_unit
    return away == s.away_kind[SICK] + s.away_kind[ILL] + s.away_kind[ISOLATED] and on_duty_are_placed(m, s)


@kernel()
def on_duty_are_placed(m: Model, s: State) -> bool:
    """Each officer-shift on duty is on a post, in a crew or in reserve, once."""
    left = 0
    for c in range(m.class_people.size):
        left += s.present[c] - (0 if m.class_force[c] else s.there[c])
    for mask in range(s.left_mask.size):
        left -= s.left_mask[mask]
    for d in range(s.filled.size):
        left -= s.filled[d] + s.cap[d]
    return left == 0
