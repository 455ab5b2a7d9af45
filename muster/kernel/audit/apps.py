from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "muster.kernel.audit"
    label = "audit"
