"""What many rows of the organisation share: a code that never changes and a name in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.kernel.errors import Text

CODE = RegexValidator(r"\A[A-Za-z0-9][A-Za-z0-9_.-]*\Z", _("Use letters, digits, hyphens, dots and underscores."))


def in_readers_language(zh: str, en: str) -> str:
    """The Chinese or the English of a pair; Chinese where nobody has said which language he reads."""
    return zh if (get_language() or "zh").startswith("zh") else en


class Named(models.Model):
    """A row that all else refers to by `code` and that people read by name; an error says what it is `called`."""

    called: ClassVar[Text] = _("row")

    code = models.CharField(max_length=64, unique=True, validators=[CODE])
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return in_readers_language(self.name_zh, self.name_en)


class Lasting(models.Model):
    """A row that holds from `starts_at` until `ends_at`; without an end it holds until it is ended."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, now: datetime) -> bool:
        """True from its start until just before its end."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


def name_of(row: Named) -> Text:
    """The name of a row, said when somebody reads it, in his language."""
    return _read_later(row.name_zh, row.name_en)


_read_later = lazy(in_readers_language, str)
OPEN_ENDED = Q(ends_at__isnull=True)


def in_force(now: datetime, prefix: str = "") -> Q:
    """The condition of a `Lasting` row that holds at `now`; `prefix` is the path to it, such as "appointments__"."""
    not_ended = Q(**{f"{prefix}ends_at__isnull": True}) | Q(**{f"{prefix}ends_at__gt": now})
    return Q(**{f"{prefix}starts_at__lte": now}) & not_ended


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """A constraint for a `Lasting` table, called `name` in the database."""
    return models.CheckConstraint(condition=OPEN_ENDED | Q(ends_at__gt=F("starts_at")), name=name)


def kind_is_known(choices: type[models.TextChoices], name: str, field: str = "kind") -> models.CheckConstraint:
    """A constraint that keeps `field` to the values of `choices`."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": sorted(choices.values)}), name=name)
