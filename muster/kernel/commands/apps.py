from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CommandsConfig(AppConfig):
    name = "muster.kernel.commands"
    label = "commands"

    def ready(self) -> None:
        """Every new connection is asked for the settings that make a commit durable."""
        from muster.kernel.commands.durability import refuse_unless_durable

        connection_created.connect(refuse_unless_durable, dispatch_uid="muster durability")
