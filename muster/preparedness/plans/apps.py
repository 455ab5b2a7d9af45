from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "muster.preparedness.plans"
    label = "plans"
