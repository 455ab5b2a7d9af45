"""Variants side by side, on the same fates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from muster.engines.stress.answering import over_batches
from muster.engines.stress.kernel.tally import BY_OUTSIDE, BY_WORK, ISOLATIONS, LATE_TASKS, METRICS, SHORT_DAYS
from muster.engines.stress.outcome import Answers, Difference, Estimate

Ints = NDArray[np.int64]


def compare(answers: Sequence[Answers]) -> tuple[Difference, ...]:
    """Each but the first less the first; the fates are common, so the error is that of the paired differences.

    The error comes from the sums over 100 batches of replications, which both met alike.
    """
    return tuple(difference(answers[0], one) for one in answers[1:])


def difference(base: Answers, other: Answers) -> Difference:
    """One variant less another."""
    sizes = np.array(base.batches, dtype=np.int64)[:, -1]
    less = np.array(other.batches, dtype=np.int64) - np.array(base.batches, dtype=np.int64)
    late = [_paired(less[:, len(METRICS) + c], sizes) for c in range(len(base.clauses))]
    return Difference(
        variant=other.variant,
        cost=other.cost,
        failures=_paired(less[:, LATE_TASKS] + less[:, SHORT_DAYS], sizes),
        late_tasks=_paired(less[:, LATE_TASKS], sizes),
        short_days=_paired(less[:, SHORT_DAYS], sizes),
        infected=_paired(less[:, BY_OUTSIDE] + less[:, BY_WORK], sizes),
        isolated=_paired(less[:, ISOLATIONS], sizes),
        p_late={clause.id: one for clause, one in zip(base.clauses, late, strict=True)},
    )


def _paired(sums: Ints, sizes: Ints) -> Estimate:
    """Mean difference over all replications."""
    return over_batches(sums, sizes, int(sizes.sum()))
