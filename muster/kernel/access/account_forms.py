"""The forms of the security administrator."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.errors import PersonUnknown
from muster.kernel.access.roles import CHOICES
from muster.kernel.organisation.models import Person
from muster.kernel.ui.fields import PlainText

_NEW_PASSWORD = {"autocomplete": "new-password"}


class Opening(forms.Form):
    """A new account."""

    login = PlainText(
        label=_("Login name"), max_length=64, help_text=_("The service number; letters, digits, dots and hyphens.")
    )
    person = PlainText(
        label=_("Service number of the person"),
        max_length=64,
        required=False,
        help_text=_("Empty for an account that belongs to no person of the bureau or of a partner."),
    )
    password = forms.CharField(
        label=_("First password"),
        widget=forms.PasswordInput(_NEW_PASSWORD),
        help_text=_("At least 12 characters. Hand it over in person; the holder changes it."),
    )

    def stated(self) -> dict[str, Any]:
        """What the service is given. Raises PersonUnknown."""
        code = self.cleaned_data["person"].strip()
        person = Person.objects.filter(code=code).first() if code else None
        if code and person is None:
            raise PersonUnknown(code)
        return {**self.cleaned_data, "person": person}


class Granting(forms.Form):
    """A role for a time, with its reason."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose")), *CHOICES])  # none is granted by a slip
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty for the term of the role: a year, or 14 days for powers of an emergency."),
    )
    reason = PlainText(
        label=_("Reason"), max_length=500, help_text=_("The order or the appointment that it follows from.")
    )

    def stated(self) -> dict[str, Any]:
        """What the service is given: the grant ends with the last minute of its last day in the bureau's zone."""
        until = self.cleaned_data.pop("until")
        end = datetime.combine(until, time(23, 59), tzinfo=settings.BUREAU_ZONE) if until else None
        return {**self.cleaned_data, "ends_at": end}


class Reason(forms.Form):
    """Why a role is revoked or factors are reset."""

    reason = PlainText(label=_("Reason"), max_length=500)

    def stated(self) -> dict[str, Any]:
        """What the service is given."""
        return self.cleaned_data


class Password(forms.Form):
    """A new password for somebody who forgot his."""

    password = forms.CharField(
        label=_("New password"),
        widget=forms.PasswordInput(_NEW_PASSWORD),
        help_text=_("At least 12 characters. His other sessions end."),
    )

    def stated(self) -> dict[str, Any]:
        """What the service is given."""
        return self.cleaned_data
