"""Routes that fail, beside the site's own."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from annotate import urls


def fail(_request: HttpRequest) -> NoReturn:
    """Raises, as a fault in the code would."""
    raise RuntimeError("planted")


urlpatterns = [path("broken", fail), path("api/broken", fail), *urls.urlpatterns]
handler500 = urls.handler500
