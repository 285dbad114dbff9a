"""Who changed what: puts the caller of a changing request into the history that triggers write."""

import re
from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from pghistory.middleware import WSGIRequest

Next = Callable[[HttpRequest], HttpResponse]

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
RATING = re.compile(r"/api/v1/(projects/[^/]+/assignments$|assignments/|judgments/)")
"""What annotators call all day; it writes no history and pays for none."""


class HistoryMiddleware:
    """Stands after the session's authentication; a token's user is noted when the view finds it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in UNSAFE or RATING.match(request.path):
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            request.__class__ = WSGIRequest
            return self.get_response(request)
