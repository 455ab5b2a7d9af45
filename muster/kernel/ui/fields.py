"""Fields of forms that every area has: text that people write, and rows that are chosen by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from muster.kernel.texts import clean, hides_something

if TYPE_CHECKING:
    ModelChoice = forms.ModelChoiceField[Any]
else:
    ModelChoice = forms.ModelChoiceField


class PlainText(forms.CharField):
    """Text without invisible characters; one that hides control characters is refused."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if hides_something(value):
            raise ValidationError(_("The text holds hidden control characters. Type it again."), code="hidden")


class NamedChoice(ModelChoice):
    """A row by its name in the reader's language, sent as its code; none is chosen by a slip."""

    def __init__(self, **given: Any) -> None:
        super().__init__(empty_label=_("choose"), to_field_name="code", **given)

    def label_from_instance(self, row: Any) -> str:
        """The name."""
        return str(row.name)
