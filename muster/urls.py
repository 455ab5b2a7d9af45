"""Every address of Muster; each name has its row in the policy table."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
