"""What a password must be, in our words: Django's own are not all translated."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.utils.translation import gettext, ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    """So many characters at least."""

    def get_error_message(self) -> str:
        words = ngettext(
            "A password has at least %(length)d character.",
            "A password has at least %(length)d characters.",
            self.min_length,
        )
        return words % {"length": self.min_length}


class NotCommon(password_validation.CommonPasswordValidator):
    """None of the passwords that everybody tries first."""

    def get_error_message(self) -> str:
        return gettext("This password is in common use.")
