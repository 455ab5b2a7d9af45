"""What was tried of a plan, and what the checks may count of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache

from django.db.models import Max

from muster.engines.plan.coverage import ClauseCoverage, Use, coverage
from muster.engines.plan.hashing import clause_hashes
from muster.preparedness.plans.models import ClauseUse, PlanVersion
from muster.preparedness.plans.queries.versions import kept_plan, plan_of


def coverage_of(version: PlanVersion, today: date) -> tuple[ClauseCoverage, ...]:
    """Every clause of a version, with its trials under any version of the plan up to `today`."""
    return coverage(plan_of(version), _contents(version.hash, version.pk), _uses(version.plan_id, today), today)


def exercised(today: date) -> dict[str, dict[str, date]]:
    """The last day on which a clause, as it stands in the version released last, was tried; by plan and clause."""
    found: dict[str, dict[str, date]] = defaultdict(dict)
    plans = ClauseUse.objects.order_by().values_list("version__plan", flat=True).distinct()
    for version in _newest(list(plans)):
        contents = _contents(version.hash, version.pk)
        for use in _uses(version.plan_id, today):
            if contents.get(use.clause) == use.content:
                last = found[version.plan.code].get(use.clause, use.day)
                found[version.plan.code][use.clause] = max(last, use.day)
    return dict(found)


def _newest(plans: list[int]) -> list[PlanVersion]:
    rows = PlanVersion.objects.filter(plan__in=plans).select_related("plan").defer("text")
    newest = {row.plan_id: row for row in rows.order_by("released_at", "id")}
    return list(newest.values())


def _uses(plan: int, today: date) -> list[Use]:
    """The last trial in each way by each unit: no more rows than clauses, ways and units, however long the history."""
    rows = ClauseUse.objects.filter(version__plan=plan, day__lte=today).order_by()
    grouped = rows.values_list("clause", "content", "way", "unit__code").annotate(last=Max("day"))
    return [Use(clause, content, way, unit or "", last) for clause, content, way, unit, last in grouped]


@lru_cache(maxsize=1000)
def _contents(content_hash: str, key: int) -> dict[str, str]:
    return clause_hashes(kept_plan(content_hash, key))
