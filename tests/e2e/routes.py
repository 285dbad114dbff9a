"""Every page of the site that has an address without parameters, from the resolver itself."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

NO_PAGES = (
    "/api/",
    "/healthz",
    "/admin/autocomplete/",
    "/admin/jsi18n/",
    "/accounts/language/",  # this and the next take a form only
    "/admin/logout/",
    "/accounts/2fa/recovery-codes/download/",
)
"""Addresses of what a browser does not show."""


def _walk(patterns: Sequence[Any], prefix: str) -> Iterator[str]:
    """The routes below a prefix."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def fixed_pages() -> list[str]:
    """The addresses of pages, in order."""
    routes = _walk(get_resolver().url_patterns, "/")
    plain = {route for route in routes if not set("<^(") & set(route)}
    return sorted(route for route in plain if not route.startswith(NO_PAGES))
