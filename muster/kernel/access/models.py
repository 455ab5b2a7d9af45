"""Accounts and what they were granted."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login name; there is no way to make a superuser."""


class Account(AbstractBaseUser):
    """A login of one person; what it may do is in its role grants, never on the account."""

    login = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
