from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "muster.kernel.ui"
    label = "ui"
