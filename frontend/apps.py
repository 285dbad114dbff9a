"""Django's entry for the frontend app."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """The web page."""

    name = "frontend"
