"""The one page that the app runs in."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from frontend.bundle import bundle

THEMES = {"light", "dark"}


@require_GET
@never_cache
@login_required(login_url="/accounts/login/")
@ensure_csrf_cookie
def shell(request: HttpRequest, **_route: str) -> HttpResponse:
    """The empty page that loads the bundle; every route of the app is this page."""
    built = bundle()
    theme = request.COOKIES.get("editjury-theme", "")
    language = getattr(request.user, "language", settings.LANGUAGE_CODE)
    context = {
        "language": language,
        "theme": theme if theme in THEMES else "",
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "script": built.script,
        "words": built.words[language.lower()],
        "styles": built.styles,
        "icon": built.icon,
    }
    return render(request, "frontend/shell.html", context)
