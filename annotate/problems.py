"""How errors become RFC 9457 problem documents."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from annotate.errors import DomainError, Fault


def problem(
    status: int, code: str, detail: str, headers: dict[str, str] | None = None, **extra: Any
) -> Response:
    """A problem document as a response."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **extra,
    }
    return Response(body, status=status, headers=headers, content_type="application/problem+json")


def _invalid_faults(detail: Any, field: str = "") -> list[Fault]:
    """DRF's nested validation errors as a flat list of faults."""
    if isinstance(detail, dict):
        return [
            fault
            for key, value in detail.items()
            for fault in _invalid_faults(value, f"{field}.{key}" if field else str(key))
        ]
    if isinstance(detail, list):
        return [fault for value in detail for fault in _invalid_faults(value, field)]
    return [{"code": getattr(detail, "code", "invalid"), "field": field, "message": str(detail)}]


def _from_drf(error: exceptions.APIException) -> Response:
    """DRF's own errors as problem documents; validation errors are 422 with faults."""
    if isinstance(error, exceptions.ValidationError):
        faults = _invalid_faults(error.detail)
        return problem(422, "invalid", "The input is not acceptable.", faults=faults)
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    code = str(error.get_codes()) if isinstance(error.detail, str) else error.default_code
    return problem(error.status_code, code, str(error.detail), headers)


def problem_response(error: Exception, _context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error that has a meaning becomes a problem document."""
    set_rollback()
    if isinstance(error, DomainError):
        return problem(error.status, error.code, error.detail, **error.extra)
    if isinstance(error, Http404):
        return problem(404, "not_found", "There is no such object.")
    if isinstance(error, PermissionDenied):
        return problem(403, "forbidden", "You may not do this.")
    if isinstance(error, exceptions.APIException):
        return _from_drf(error)
    if isinstance(error, (OperationalError, InterfaceError)):
        return problem(503, "unavailable", "The database does not answer; try again.")
    return None
