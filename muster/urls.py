"""Every address of Muster; each name has its row in the policy table."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from muster.api import api, described

AREAS = {
    "audit/": "muster.kernel.audit",
    "organisation/": "muster.kernel.organisation",
    "access/": "muster.kernel.access",
    "situation/": "muster.prevention.situation",
    "logistics/": "muster.preparedness.logistics",
    "plans/": "muster.preparedness.plans",
    "": "muster.response.operations",  # the board is what people open first, so it has the short address
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("muster.kernel.ui.urls")),
    path("", include("muster.kernel.notices.urls")),
    path("api/openapi.json", described, name="openapi"),
    path("api/", api.urls),
    *(path(prefix, include(f"{area}.urls")) for prefix, area in AREAS.items() if find_spec(f"{area}.urls")),
]

handler400 = "muster.kernel.ui.views.bad_request"
handler403 = "muster.kernel.ui.views.permission_denied"
handler404 = "muster.kernel.ui.views.page_not_found"
handler500 = "muster.kernel.ui.views.server_error"
