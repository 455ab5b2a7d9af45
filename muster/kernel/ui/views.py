"""The home page, the language switch and the pages of errors."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from muster.kernel.access.denials import is_for_a_program
from muster.kernel.ui.navigation import phases_for, waiting_for

log = logging.getLogger(__name__)


def home(request: HttpRequest) -> HttpResponse:
    """What waits for this reader, and what his roles can open, by phase."""
    waiting = waiting_for(request)
    return render(request, "ui/home.html", {"phases": phases_for(request), "waiting": waiting})


@csrf_exempt  # a page that says "not found" must be the same bytes each time, so the form in it carries no token;
@require_POST  # another site is refused by the browser's own headers instead
def set_language(request: HttpRequest) -> HttpResponse:
    """Change the language and stay on the page one was on."""
    if not _from_our_own_page(request):
        return HttpResponseForbidden()
    response = HttpResponseRedirect(came_from(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
        translation.activate(language)
    return response


def came_from(request: HttpRequest) -> str:
    """The page of ours that sent this request, the home page if it was none."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else "/"


def _from_our_own_page(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page, byte for byte, for what does not exist and for what this reader may not see."""
    request.leads_nowhere = True  # type: ignore[attr-defined]  # so that the navigation marks no page as this one
    return HttpResponse(loader.render_to_string("ui/404.html", {}, request), status=404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal looks like nothing being there."""
    return page_not_found(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that no page of ours sends."""
    if is_for_a_program(request):
        return JsonResponse({"detail": "not understood"}, status=400)
    return HttpResponse(loader.render_to_string("ui/400.html", {}, request), status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that another site sent."""
    return HttpResponse(loader.render_to_string("ui/403_csrf.html", {}, request), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """An incident number that is also in the log, next to the traceback that nobody outside sees."""
    incident = secrets.token_hex(4).upper()
    log.error("incident %s on %s", incident, request.path)
    if is_for_a_program(request):
        return JsonResponse({"detail": "a fault of the server", "incident": incident}, status=500)
    return HttpResponse(loader.render_to_string("ui/500.html", {"incident": incident}), status=500)
