"""Every address of Muster; each name has its row in the policy table."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("muster.kernel.ui.urls")),
]

handler400 = "muster.kernel.ui.views.bad_request"
handler403 = "muster.kernel.ui.views.permission_denied"
handler404 = "muster.kernel.ui.views.page_not_found"
handler500 = "muster.kernel.ui.views.server_error"
