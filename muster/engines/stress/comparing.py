"""Variants side by side, on the same fates."""

from __future__ import annotations

from collections.abc import Sequence

from muster.engines.stress.outcome import Answers, Difference


def compare(answers: Sequence[Answers]) -> tuple[Difference, ...]:
    """Each but the first less the first; the fates are common, so the error is that of the paired differences."""
    raise NotImplementedError
