from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "muster.kernel.access"
    label = "access"
