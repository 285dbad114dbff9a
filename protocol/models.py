"""Protocols and their immutable versions."""

import pghistory
from django.db import models


class Protocol(models.Model):
    """A rubric under one key; what it asks stands in its versions."""

    key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class ExampleImage(models.Model):
    """A picture that examples of protocol versions show; its bytes lie here, so backups hold it."""

    sha256 = models.CharField(max_length=64, unique=True, help_text="of the content")
    media_type = models.CharField(max_length=20)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), fields=["state"], model_name="VersionEvent"
)
class ProtocolVersion(models.Model):
    """One numbered text of a protocol; once published, only its state moves, forward."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.TextField(help_text="canonical JSON, texts per language")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the document")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.protocol}@{self.number}"
