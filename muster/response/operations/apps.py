from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "muster.response.operations"
    label = "operations"
