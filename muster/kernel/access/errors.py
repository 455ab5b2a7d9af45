"""What can be wrong with an account or a grant, said so that its reader can mend it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel.access.roles import ROLES
from muster.kernel.errors import DomainError


class LoginTaken(DomainError):
    """Another account, open or closed, has this login name."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("The login name is taken"),
            where=login,
            expected=_("a login name that no account has or had"),
            mend=_("Use the service number of the person."),
        )


class LoginMalformed(DomainError):
    """A login name that cannot be typed on every keyboard."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("The login name is not usable"),
            where=login,
            expected=_("1 to 64 letters, digits, dots, hyphens or underscores, no spaces"),
            mend=_("Use the service number of the person."),
        )


class PersonHasAccount(DomainError):
    """One person has one open account: otherwise two of his accounts could approve each other."""

    def __init__(self, person: str, login: str) -> None:
        super().__init__(
            what=_("The person has an open account already"),
            where=f"{person}: {login}",
            expected=_("one open account per person"),
            mend=_("Use that account, or close it first."),
        )


class PasswordTooWeak(DomainError):
    """The password does not meet the installation's rule."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(
            what=_("The password is too weak"),
            where=_("password"),
            expected=" ".join(reasons),
            mend=_("Choose a longer password that is not in common use."),
        )


class AccountClosed(DomainError):
    """Nothing can be granted to, or changed on, a closed account."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("The account is closed"),
            where=login,
            expected=_("an open account"),
            mend=_("Open a new account for the person."),
        )


class OwnFactors(DomainError):
    """One's own factors are removed on one's own pages, which ask again who one is."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("Nobody resets his own second factor here"),
            where=login,
            expected=_("the account of another person"),
            mend=_("Use the page of your own second factor, or ask another security administrator."),
        )


class OwnAccount(DomainError):
    """Nobody closes his own account, or gives it a password without knowing the one before."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("Nobody does this to his own account here"),
            where=login,
            expected=_("the account of another person"),
            mend=_("Change your password in the menu under your name, or ask another security administrator."),
        )


class PersonUnknown(DomainError):
    """No person has this service number."""

    def __init__(self, code: str) -> None:
        super().__init__(
            what=_("Nobody has this service number"),
            where=code,
            expected=_("the service number of a person of the bureau or of a partner"),
            mend=_("Check the number, or leave the field empty for an account without a person."),
        )


class RoleUnknown(DomainError):
    """No such role."""

    def __init__(self, role: str) -> None:
        super().__init__(
            what=_("There is no such role"),
            where=role,
            expected=", ".join(sorted(ROLES)),
            mend=_("Choose one of these roles."),
        )


class GrantToOneself(DomainError):
    """Whoever grants a role may not be the one who gets or keeps it."""

    def __init__(self, login: str) -> None:
        super().__init__(
            what=_("Nobody grants a role to himself or takes one from himself"),
            where=login,
            expected=_("another security administrator"),
            mend=_("Ask another security administrator."),
        )


class AdministratorsApart(DomainError):
    """An administrator's role stands alone: who grants does not command, and who reads the log does neither."""

    def __init__(self, login: str, role: str, held: str) -> None:
        super().__init__(
            what=_("The roles of administrators cannot be joined with another"),
            where=format_lazy(_("{what}: {which}"), what=login, which=ROLES[role].title),
            expected=format_lazy(_("an account without the role “{role}”"), role=ROLES[held].title),
            mend=_("Revoke that role first, or grant this one to another person."),
        )


class GrantTermWrong(DomainError):
    """The end of a grant is past, or later than the role's term allows."""

    def __init__(self, role: str, ends_at: datetime, latest: datetime) -> None:
        super().__init__(
            what=_("The grant does not end in time"),
            where=format_lazy(_("{what}: {which}"), what=ROLES[role].title, which=_day(ends_at)),
            expected=format_lazy(_("an end after now and not later than {day}"), day=_day(latest)),
            mend=_("Choose an earlier end; the grant can be renewed."),
        )


class GrantEnded(DomainError):
    """The grant is not in force any more."""

    def __init__(self, login: str, role: str) -> None:
        super().__init__(
            what=_("The grant has ended already"),
            where=format_lazy(_("{what}: {which}"), what=login, which=ROLES[role].title),
            expected=_("a grant in force"),
            mend=_("Reload the page to see what is in force."),
        )


class ReasonMissing(DomainError):
    """A power is neither given nor taken without a reason."""

    def __init__(self) -> None:
        super().__init__(
            what=_("The reason is missing"),
            where=_("reason"),
            expected=_("why this is done, in a few words"),
            mend=_("Give the order or the appointment that it follows from."),
        )


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(settings.BUREAU_ZONE):%Y-%m-%d %H:%M}"
