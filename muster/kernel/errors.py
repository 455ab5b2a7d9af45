"""What a person can do wrong, told so that he can mend it."""

from __future__ import annotations

from django.utils.functional import Promise

Text = str | Promise


class DomainError(Exception):
    """A mistake that a person can mend: what is wrong, where, what was expected, how to mend it.

    Texts are translated when they are shown, in the language of the reader.
    """

    def __init__(self, what: Text = "", where: Text = "", expected: Text = "", mend: Text = "") -> None:
        super().__init__(what)
        unsaid = isinstance(what, str) and not what  # a lazy text is not asked: it needs the catalogue
        self.what = (type(self).__doc__ or type(self).__name__).strip().splitlines()[0] if unsaid else what
        self.where = where
        self.expected = expected
        self.mend = mend

    def __str__(self) -> str:
        """All four facts in one line, for the terminal and the log."""
        head = f"{self.where}: {self.what}" if self.where else str(self.what)
        tail = f" ({self.expected})" if self.expected else ""
        return f"{head}{tail}{' ' + str(self.mend) if self.mend else ''}"
