"""Which clauses of a plan were tried, by whom, how and when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from muster.engines.plan.coverage import WAYS
from muster.kernel.organisation.models import Unit
from muster.preparedness.plans.models.versions import PlanVersion
from muster.preparedness.plans.models.written import Written


class ClauseUse(Written):
    """One clause tried by one unit on a day of the bureau, in one of the ways of `WAYS`.

    `content` is what the clause said (`clause_hash`): when it says something else, this trial counts no more.
    `operation` is the code of the operation in which it happened, and empty for an exercise outside Muster. The same
    clause tried twice on a day in the same way is one row.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="uses")
    clause = models.CharField(max_length=16)
    content = models.CharField(max_length=64)
    way = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    operation = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=list(WAYS)), name="a_clause_is_used_in_a_known_way"),
            models.UniqueConstraint(
                fields=["version", "clause", "way", "unit", "day", "operation"],
                nulls_distinct=False,
                name="one_use_of_a_clause_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.way} {self.day:%Y-%m-%d}"
