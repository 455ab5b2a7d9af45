from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    name = "muster.kernel.access"
    label = "access"

    def ready(self) -> None:
        """Refuse to start unsafely; record who logs in; let nobody read personal data past the log."""
        from muster.kernel.access import guard, signals, startup

        checks.register(startup.check_installation, checks.Tags.security)
        startup.refuse_if_unsafe()
        signals.connect()
        guard.install()
