"""What answers when no view does: problem documents under /api/, pages elsewhere."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

Answer = HttpResponse


def _is_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(status: int, code: str, detail: str) -> JsonResponse:
    """A problem document like those of `annotate.errors`, made without the REST framework."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    if _is_program(request):
        return _problem(400, "bad_request", "The request could not be read.")
    return defaults.bad_request(request, exception, template_name="400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    if _is_program(request):
        return _problem(403, "forbidden", "You may not do this.")
    return defaults.permission_denied(request, exception, template_name="403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if _is_program(request):
        return _problem(404, "not_found", "There is no such object.")
    return defaults.page_not_found(request, exception, template_name="404.html")


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    if _is_program(request):
        return _problem(500, "broken", "The server failed; nothing is known to be lost.")
    return defaults.server_error(request, template_name="500.html")
