"""The shapes of the assignment API, for its schema; the hot path answers without them."""

from typing import Any

from rest_framework import serializers

from annotate.keyed import KeyedSerializer, label_field


class ShownImage(KeyedSerializer):
    """An image behind an address that says nothing; sizes are for layout."""

    url = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class ShownCandidate(ShownImage):
    """A candidate, known by its letter."""

    keyed = {"label": label_field}


class HeldDraft(serializers.Serializer[Any]):
    """The draft that the server holds."""

    revision = serializers.IntegerField()
    answers = serializers.DictField()


class OfferedAssignment(KeyedSerializer):
    """One annotator's turn at one task."""

    keyed = {"source": ShownImage}

    id = serializers.UUIDField()
    lease_expires_at = serializers.DateTimeField()
    protocol = serializers.CharField(help_text="the digest of the protocol version")
    instruction = serializers.CharField()
    instruction_lang = serializers.CharField()
    instruction_translations = serializers.DictField(child=serializers.CharField())
    candidates = ShownCandidate(many=True)
    edit_mask = ShownImage(allow_null=True, help_text="where the edit is meant to be, in white")
    draft = HeldDraft(allow_null=True)


class ClaimedAssignments(serializers.Serializer[Any]):
    """What was given out; `retry_after` seconds later there may be more, null: all is done."""

    assignments = OfferedAssignment(many=True)
    retry_after = serializers.IntegerField(allow_null=True)
    with_others = serializers.IntegerField(
        help_text="tasks that I could be given and that others hold now, where too few came back"
    )


class Lease(serializers.Serializer[Any]):
    """How long the assignment is kept."""

    lease_expires_at = serializers.DateTimeField()


class DraftReceipt(Lease):
    """What the server holds after a draft was saved."""

    revision = serializers.IntegerField()
