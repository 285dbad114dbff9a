"""Django's entry for the annotate app."""

from django.apps import AppConfig


class AnnotateConfig(AppConfig):
    """Who judges what, and what they said."""

    name = "annotate"
    default_auto_field = "django.db.models.BigAutoField"
