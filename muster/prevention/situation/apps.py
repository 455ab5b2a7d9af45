from django.apps import AppConfig


class SituationConfig(AppConfig):
    name = "muster.prevention.situation"
    label = "situation"
