"""The event stream alone: long-lived connections must not hold the threads that serve pages."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.settings")
application = get_asgi_application()
