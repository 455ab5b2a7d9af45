"""The product's settings for a site that journeys visit: cheap password hashes, and no limit on logins a minute."""

from muster.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = False
