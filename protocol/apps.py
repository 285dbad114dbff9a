"""Django's entry for the protocol app."""

from django.apps import AppConfig


class ProtocolConfig(AppConfig):
    """What annotators are asked: rubrics and their versions."""

    name = "protocol"
    default_auto_field = "django.db.models.BigAutoField"
