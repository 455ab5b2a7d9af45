"""Addresses of the security administrator's pages and of the purpose register."""

from __future__ import annotations

from django.urls import path

from muster.kernel.access import views

app_name = "access"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("open/", views.open_account, name="open_account"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/grant/", views.grant, name="grant"),
    path("accounts/<int:pk>/password/", views.set_password, name="set_password"),
    path("accounts/<int:pk>/factors/", views.reset_factors, name="reset_factors"),
    path("accounts/<int:pk>/close/", views.close, name="close"),
    path("grants/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("purposes/", views.purposes, name="purposes"),
]
