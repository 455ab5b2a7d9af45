"""Addresses of the stock."""

from django.urls import path

from muster.preparedness.logistics import register_views, views

app_name = "logistics"
urlpatterns = [
    path("", views.stock, name="stock"),
    path("stores/<str:code>/", views.store, name="store"),
    path("book/", views.book, name="book"),
    path("receive/", views.receive, name="receive"),
    path("issue/", views.issue, name="issue"),
    path("transfer/", views.transfer, name="transfer"),
    path("register/", register_views.register, name="register"),
    path("register/items/add/", register_views.add_item, name="add_item"),
    path("register/items/<str:code>/", register_views.change_item, name="change_item"),
    path("register/stores/add/", register_views.add_store, name="add_store"),
    path("register/stores/<str:code>/", register_views.change_store, name="change_store"),
    path("register/import/", register_views.import_file, name="import"),
    path("register/import/confirm/", register_views.import_confirm, name="import_confirm"),
    path("register/import/template/<str:kind>/", register_views.import_template, name="import_template"),
]
