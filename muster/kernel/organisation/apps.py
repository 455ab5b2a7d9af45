from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "muster.kernel.organisation"
    label = "organisation"
