"""Restrictions of people's rights in time: in place, looked at again, renewed, run out."""

from __future__ import annotations

from dataclasses import replace

from muster.engines.plan.draft import Draft
from muster.engines.plan.effects import MeasureExpired
from muster.engines.plan.raising import raise_tasks
from muster.engines.plan.types import Clause


def begin_measure(draft: Draft, clause: Clause, place: str) -> None:
    """The task is done, so its measure is in place: its time runs, and the time of its review.

    A later round of the same task renews nothing.
    """
    standing = draft.standing.get((clause.id, place))
    if standing is None or clause.measure is None or standing.ended:
        return
    if clause.measure.expires is not None and standing.expires_at is None:
        draft.own("standing")[clause.id, place] = replace(standing, expires_at=draft.moment + clause.measure.expires)
    review = draft.plan.measure_reviews.get(clause.id)
    if review is not None and (review.id, place) not in draft.standing:
        raise_tasks(draft, [draft.stand(review, place)])


def renew(draft: Draft, clause: Clause, place: str) -> None:
    """A done task of `clause` renews the measure in its place, or everywhere if it is done once for the operation."""
    if not clause.renews:
        return
    everywhere = clause.scales == "once"
    places = [where for name, where in draft.standing if name == clause.renews] if everywhere else [place]
    for where in places:
        _renew_at(draft, draft.plan.clause(clause.renews), where)


def _renew_at(draft: Draft, clause: Clause, place: str) -> None:
    standing = draft.standing.get((clause.id, place))
    if standing is None or standing.expires_at is None or clause.measure is None or clause.measure.expires is None:
        return
    if standing.expires_at <= draft.moment:
        expire(draft, clause.id, place)
        return
    draft.own("standing")[clause.id, place] = replace(standing, expires_at=draft.moment + clause.measure.expires)
    _reviewed(draft, clause, place)


def _reviewed(draft: Draft, clause: Clause, place: str) -> None:
    """To renew is to look at it again: the open review is done, and the next counts from now."""
    review = draft.plan.measure_reviews.get(clause.id)
    if review is None or (review.id, place) not in draft.standing:
        return
    if (key := draft.latest(review.id, place)) is not None:
        draft.close(key)
    raise_tasks(draft, [draft.stand(review, place)])


def expire(draft: Draft, clause_id: str, place: str) -> None:
    """The measure has run out: the clause ends in this place, with its review and the clauses that renew it there."""
    expired = draft.standing[clause_id, place].expires_at
    assert expired is not None, "only a measure that is in place runs out"
    draft.effects.append(MeasureExpired(clause_id, place, expired))
    renewing = (clause for clause in draft.plan.renewed_by.get(clause_id, ()) if clause.scales == "site" or not place)
    review = draft.plan.measure_reviews.get(clause_id)
    names = dict.fromkeys((clause_id, *([review.id] if review else []), *(clause.id for clause in renewing)))
    ended = [name for name in names if (name, place) in draft.standing]
    for name in ended:
        standing = draft.standing[name, place]
        draft.own("standing")[name, place] = replace(standing, next_at=None, expires_at=None, ended=True)
    keys = (draft.latest(name, place) for name in ended)
    draft.withdraw([key for key in keys if key is not None], "expired")
