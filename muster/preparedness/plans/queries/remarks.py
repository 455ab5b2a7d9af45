"""Comments at the clauses of a draft, thread by thread."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from muster.preparedness.plans.models import Draft, Remark


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, in the order in which they were written."""

    first: Remark
    answers: tuple[Remark, ...]

    @property
    def is_settled(self) -> bool:
        """Nothing is left to be done about it."""
        return self.first.settled_at is not None


def threads(draft: Draft, clause: str | None = None) -> list[Thread]:
    """Threads at one clause ("" for the draft as a whole), or all; the open ones first. Two statements at the most."""
    found = Remark.objects.filter(draft=draft).select_related("person").order_by("id")
    rows = list(found if clause is None else found.filter(clause=clause))
    answers: dict[int, list[Remark]] = {}
    for row in rows:
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(row)
    firsts = [row for row in rows if row.answers_id is None]
    listed = [Thread(row, tuple(answers.get(row.pk, ()))) for row in firsts]
    return sorted(listed, key=lambda thread: thread.is_settled)


def open_remarks(draft: Draft) -> dict[str, int]:
    """How many threads are open at each clause."""
    rows = Remark.objects.filter(draft=draft, answers=None, settled_at=None).order_by()
    return dict(rows.values_list("clause").annotate(Count("pk")))


def remark(draft: Draft, pk: int) -> Remark | None:
    """One comment of a draft, or None."""
    return Remark.objects.select_related("draft").filter(draft=draft, pk=pk).first()
