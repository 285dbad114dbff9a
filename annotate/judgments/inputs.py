"""The shapes of the judgment API's bodies, for its schema; `validation.py` checks them."""

from typing import Any

from rest_framework import serializers

from annotate.keyed import KeyedSerializer, label_field, optional_label


class SaidRating(KeyedSerializer):
    """A level for a candidate on a dimension."""

    keyed = {"label": label_field}

    dimension = serializers.CharField()
    value = serializers.FloatField()
    unsure = serializers.BooleanField(required=False)


class SaidComparison(serializers.Serializer[Any]):
    """Which of two candidates is better, on a dimension or overall."""

    left = serializers.CharField()
    right = serializers.CharField()
    dimension = serializers.CharField(required=False, allow_null=True)
    outcome = serializers.ChoiceField(choices=["left", "right", "tie"])


class SaidReason(KeyedSerializer):
    """Why a level is low."""

    keyed = {"label": label_field}

    dimension = serializers.CharField()
    reason = serializers.CharField()


class SaidRegion(KeyedSerializer):
    """Where something was seen, in 0..1 of the candidate's own image."""

    keyed = {"label": label_field}

    dimension = serializers.CharField(required=False, allow_null=True)
    box = serializers.ListField(
        child=serializers.FloatField(min_value=0, max_value=1), min_length=4, max_length=4
    )
    reason = serializers.CharField(required=False, allow_null=True)


class SaidTool(KeyedSerializer):
    """A comparison tool that was shown, for which candidate, for how many visible milliseconds."""

    keyed = {"label": optional_label}

    tool = serializers.CharField(max_length=64)
    ms = serializers.IntegerField(min_value=0)


class CannotJudge(KeyedSerializer):
    """What cannot be judged; without a label every candidate."""

    keyed = {"label": optional_label}

    dimension = serializers.CharField(required=False, allow_null=True)
    reason = serializers.CharField()


class JudgmentBody(serializers.Serializer[Any]):
    """All that an annotator says in one assignment."""

    submission_id = serializers.UUIDField()
    ratings = SaidRating(many=True, required=False)
    comparisons = SaidComparison(many=True, required=False)
    reasons = SaidReason(many=True, required=False)
    regions = SaidRegion(many=True, required=False)
    cannot_judge = CannotJudge(many=True, required=False)
    comment = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    language = serializers.CharField(required=False, allow_blank=True, max_length=35)
    viewing = serializers.DictField(required=False)
    tools = SaidTool(many=True, required=False)
    telemetry = serializers.DictField(required=False)
    active_ms = serializers.IntegerField(required=False, min_value=0)
    submitted_at = serializers.DateTimeField(required=False)


class AmendmentBody(JudgmentBody):
    """A judgment in place of another, whose revision the annotator saw."""

    expected_revision = serializers.IntegerField(min_value=1)


class ReceiptOutput(serializers.Serializer[Any]):
    """What is stored; the same each time a submission is repeated."""

    submission_id = serializers.UUIDField()
    assignment = serializers.UUIDField()
    revision = serializers.IntegerField()
    recorded_at = serializers.DateTimeField()
