"""What the kernel reads, changes and counts: arrays under names. Times are minutes from the first midnight.

Clauses have the numbers of `Plan.positions`. A spot is a clause in one place, or for the operation; spots have the
first slots of the task arrays, tasks for single events the slots behind them. A place is the number of a site, -1 for
none, or -2 less the number of a unit. A demand is a qualification of one unit, or of the whole force (unit -1). A shelf
is an item in a store. A class is the people of one unit with the same set of useful qualifications. Needs of items are
whole thousandths of a unit of issue, so that sums are exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Reals = NDArray[np.float64]

DAY = 1440
THOUSAND = 1000
ONCE, SITE, EVENT = 0, 1, 2
LEVEL_DOWN, STAND_DOWN = 1, 2
STAFF, STOCK, PARTNER, TIME = 0, 1, 2, 3
WAITING, OPEN = 1, 2
STANDS, ENDED = 1, 2
SICK, ILL, ISOLATED = 0, 1, 2
SHIFT_HOURS = 8


class Model(NamedTuple):
    """Read only; the same for every replication of a variant. CSR pairs are `x_at` (starts) and what they start."""

    days: int
    # clauses
    scale: Ints
    kind: Ints  # of site or of event
    stands: Ints  # (clause, level 0..4)
    on: Ints
    due: Ints  # minutes, or minute of the day
    due_clock: Ints  # 1 where `due` is a time of day
    every: Ints
    expires: Ints  # of its measure, 0 for none
    has_measure: Ints
    starts: Ints  # 1 where it starts with the level; not the review of a measure
    review: Ints  # clause number of the review of its measure, -1
    renews: Ints
    after_at: Ints
    after: Ints
    before_at: Ints  # the same turned round
    before: Ints
    renewed_at: Ints
    renewed: Ints
    partner_at: Ints
    partner: Ints
    spot: Ints  # first spot of a clause, -1 for events
    spots: int
    clause_of: Small  # by spot
    place_of: Small  # site number by spot, -1
    # places
    site_at: Ints  # by kind: first site
    site_unit: Ints
    site_capacity: Ints
    standing_site: Ints
    open_share: Reals  # (kind, level)
    closing: Ints  # by level: estates are closed
    quarantine: Ints
    estate_kind: int
    quarantine_kind: int
    temporary_kind: int
    port_kind: int
    checkpoint_kind: int
    closed_days: int
    isolated_days: int
    isolated_per_case: float
    quarantine_least: int
    cases_per_temporary: int
    places_at: int
    # events
    event_clause_at: Ints
    event_clause: Ints
    load: Reals  # (event kind, see BASE below)
    stations: Ints  # unit numbers
    begins: int
    hours: float
    # people
    demand_unit: Ints
    demand_skill: Ints
    unit_demand_at: Ints
    unit_demand: Ints  # scarcest first
    holder_at: Ints  # by entry of unit_demand: the classes of the unit that hold it
    holder: Ints
    force_demand: Ints
    post_spots: Ints  # spots that need people
    rest_at: Ints  # by spot: what it rests on
    rest_demand: Ints
    rest_people: Ints
    rest_need: Ints
    crew_at: Ints  # by clause, for events: what a crew is made of
    crew_skill: Ints
    crew_count: Ints
    crew_source: Ints  # 0 a unit, 1 the unit of the place, 2 the force
    crew_unit: Ints
    crew_hold: Ints  # minutes that one event keeps a crew
    crew_minutes: Ints  # officer-minutes of each of the crew for one event
    demand_of: Ints  # (unit + 1, skill): number of the demand, -1; row 0 is the force
    is_crew: Ints  # by demand: people of the largest crew that events draw from it, 0 for none
    per_crew: Ints  # by demand: events that such a crew deals with in a day
    is_post: Ints  # by demand: spots draw on it
    class_at: Ints  # by unit
    class_holds: Ints
    class_people: Ints
    class_unit: Ints
    class_force: Ints  # its qualifications that the whole force is asked for, as bits
    unit_people: Ints
    force_bit: Ints  # by skill: its bit among those that the whole force is asked for, -1
    mask_order: Ints  # all sets of those, the smallest first
    on_posts: Reals  # by level
    crew_limit: Ints  # by demand: people for whom there are vehicles
    # absence and infection
    falls_sick: Reals  # by day: chance of one who is there
    sick_first: float
    spell: float
    outside: float
    at_work: float
    detection: int
    closed: int
    closed_outside: float
    team: int
    contacts: int
    isolation: int
    illness: int
    inhabitants: float
    # stock
    use_at: Ints  # by spot
    use_shelf: Ints
    use_daily: Ints
    use_first: Ints  # on the day on which the clause starts
    event_use_at: Ints  # by clause
    event_use_item: Ints
    event_use: Ints
    shelf_item: Ints
    shelf_store: Ints
    shelf_of: Ints  # (store, item)
    store_of_unit: Ints
    central: int
    lots: Ints  # (shelf, slot)
    slot_expires: Ints  # (item, slot): last day of use
    reserve: Ints  # by item, days
    term_item: Ints
    term_lead: Ints
    term_daily: Ints
    store_days: int
    mean_days: int
    lead_factor: float
    lead_spread: float
    # work
    share_low: float
    share_high: float
    exponential: int
    shortest: int
    hopeless: float
    partner_hours: Reals
    silent_first: Ints
    silent_last: Ints
    silent_who: Ints


class State(NamedTuple):
    """One replication; cleared before each."""

    status: Small  # by task slot
    task_clause: Small
    task_place: Small
    raised: Small
    due: Small
    batch: Small
    waits: Small
    mark: Small  # grows whenever a slot gets another task or loses it: an appointment with an old mark is void
    cause: Small
    cause_name: Small
    occurrence: Small
    event_first: Small  # first slot of the tasks of the same event
    event_kind: Small
    event_ref: Small
    crew_busy: Small  # people held by the task
    standing: Small  # by spot
    next_round: Small
    expires: Small
    rounds: Small
    is_open: Small  # by site
    open_count: Ints  # by kind of site
    ran_out: Small  # by site: a measure has run out here
    closed_on: Small  # by estate
    head: Small  # by minute
    tail: Small
    node_next: Small
    node_kind: Small
    node_task: Small
    node_mark: Small
    fresh: Small
    put_off: Small
    coming: Small
    gone: Small
    needed: Ints  # by demand, officer-shifts of posts
    filled: Ints
    cap: Ints  # by demand, people for crews
    busy: Ints
    queue_head: Small
    queue_tail: Small
    queue_next: Small  # by task slot
    queued: Ints
    events_yesterday: Ints  # by demand
    events_today: Ints
    away: Ints  # by class
    away_kind: Ints
    there: Ints  # by class, not yet on a post
    present: Ints  # by class, on duty
    carried: Reals
    unit_away: Ints
    unit_dirty: Small
    pending: Ints  # (unit, day): infected, to be found on that day
    pending_now: Ints  # by unit
    home_head: Small  # by day: who comes back
    home_next: Small
    home_class: Small
    home_kind: Small
    left_of_units: Ints  # by set of qualifications of the force: who has no place in his unit
    left_mask: Ints  # the same, less those whom the force has placed
    shelf: Ints  # (shelf, slot), units of issue
    daily: Ints  # by shelf, thousandths
    today: Ints
    ratio: Reals  # by shelf
    coming_in: Ints  # (day, item)
    on_order: Ints  # by item
    lately: Ints  # (day, item)
    scalars: Ints  # see below
    trace: Ints  # (n, 5) what happened, for tests; no rows in production


# positions in State.scalars
LEVEL, PHASE, BATCH, NODES, FREE, EVENTS, FIRST_LIVE, FRESH = range(8)
PUT_OFF, DIRTY, HOMES, FREE_HOME, NOW, COMING, FULL, TRACED, GONE = range(8, 17)
SCALARS = 17
ACTIVE, STOOD_DOWN = 1, 2

# columns of Model.load
BASE, PER_CASE, CASES_PER_LIST, LEAST, MOST, PER_PLACE, WHERE = range(7)
NOWHERE, STATION, POST, ESTATE, PORT = range(5)
