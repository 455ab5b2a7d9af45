"""The address of the event stream."""

from __future__ import annotations

from django.urls import path

from muster.kernel.notices import views

urlpatterns = [path("events/", views.events, name="events")]
