"""Addresses of the stock."""

from django.urls import path

from muster.preparedness.logistics import views

app_name = "logistics"
urlpatterns = [
    path("", views.stock, name="stock"),
    path("stores/<str:code>/", views.store, name="store"),
    path("book/", views.book, name="book"),
    path("receive/", views.receive, name="receive"),
    path("issue/", views.issue, name="issue"),
    path("transfer/", views.transfer, name="transfer"),
]
