"""Addresses of the audit log."""

from django.urls import path

from muster.kernel.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:key>/", views.entry, name="entry"),
    path("checkpoints/", views.checkpoints, name="checkpoints"),
]
