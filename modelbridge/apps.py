"""Django's entry for the modelbridge app."""

from django.apps import AppConfig


class ModelbridgeConfig(AppConfig):
    """From judgments to a reward model and back."""

    name = "modelbridge"
    default_auto_field = "django.db.models.BigAutoField"
