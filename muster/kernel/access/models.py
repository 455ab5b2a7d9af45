"""Accounts and what they were granted."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from muster.kernel.access import roles


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login name; there is no way to make a superuser."""


class Account(AbstractBaseUser):
    """A login of one person; what it may do is in its role grants, never on the account.

    The login name is a service number, not a name: pages show it without reading personal data.
    """

    login = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(
        "organisation.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "login"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, closed_at__isnull=True) | Q(is_active=False, closed_at__isnull=False),
                name="account_is_open_or_closed",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(closed_at__isnull=True), name="one_open_account_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.login

    @classmethod
    def get_email_field_name(cls) -> str:
        """No account has an address: nothing is ever sent outside the bureau's network."""
        return "login"


class RoleGrant(models.Model):
    """One role given to one account, for a time, in a unit or for a partner, until it ends or is revoked."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=32, choices=roles.CHOICES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_because = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "role"], name="grant_of_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(role__in=roles.ADMINISTRATORS, revoked_at__isnull=True),
                name="one_administrator_role_per_account",
            ),
            models.CheckConstraint(condition=Q(role__in=sorted(roles.ALL)), name="grant_of_a_known_role"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="grant_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("account")), name="nobody_grants_to_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.account_id}"

    def is_in_force(self, now: datetime) -> bool:
        """True from its start until its end or its revocation."""
        return self.starts_at <= now < self.ends_at and (self.revoked_at is None or now < self.revoked_at)


class SubjectKey(models.Model):
    """The key under which the log speaks of one person; destroying it unlinks the entries and leaves them whole."""

    person = models.OneToOneField(
        "organisation.Person", primary_key=True, on_delete=models.PROTECT, related_name="subject_key"
    )
    key = models.BinaryField()

    def __str__(self) -> str:
        return f"key of person {self.person_id}"
