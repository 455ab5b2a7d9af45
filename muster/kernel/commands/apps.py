from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "muster.kernel.commands"
    label = "commands"
