from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "muster.kernel.notices"
    label = "notices"
