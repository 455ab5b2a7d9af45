"""Imports that were looked at and wait to be confirmed."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.utils.translation import get_language

from muster.kernel.organisation.models.named import ends_after_it_starts


class ImportPreview(models.Model):
    """What importing a file would do, and the file itself, locked with a key that only its importer has.

    `outcome` holds counts, what each row does, and problems, never a name or a telephone number. `sealed` is erased
    when the import is confirmed or its time is over.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=16)
    datum = models.CharField(max_length=8)
    sheet = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    principal = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.JSONField()
    sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [ends_after_it_starts("preview_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.kind} from {self.file_name}"

    def is_open(self, now: datetime) -> bool:
        """Can it still be confirmed?"""
        return self.confirmed_at is None and self.sealed is not None and now < self.ends_at

    @property
    def problems(self) -> list[dict[str, str | int]]:
        """Problems by row, in the language of the reader."""
        language = "en" if get_language() == "en" else "zh"
        return [{**problem, **problem[language]} for problem in self.outcome["problem_rows"]]
