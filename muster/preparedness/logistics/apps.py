from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "muster.preparedness.logistics"
    label = "logistics"
