"""Room for one example of a property: nothing of it is left in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back() -> Iterator[None]:
    """What is written inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
