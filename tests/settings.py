"""The product's settings with a place of their own for files, and the probe that fault tests write through."""

import os
import tempfile

os.environ.setdefault("MUSTER_VAR", tempfile.mkdtemp(prefix="muster-test-"))

from muster.settings import *  # noqa: F403
from muster.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.probe"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
