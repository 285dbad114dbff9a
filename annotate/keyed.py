"""Serializers with fields whose names Python or `Serializer` itself needs for something else."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from rest_framework import serializers


class KeyedSerializer(serializers.Serializer[Any]):
    """Adds the fields of `keyed`, such as `label`, `source` or `from`."""

    keyed: ClassVar[Mapping[str, Callable[[], Any]]] = {}

    def get_fields(self) -> dict[str, Any]:
        """The declared fields and the keyed ones."""
        return {**super().get_fields(), **{name: make() for name, make in self.keyed.items()}}


def label_field() -> serializers.CharField:
    """The letter of a candidate."""
    return serializers.CharField(max_length=1)


def optional_label() -> serializers.CharField:
    """The letter of a candidate, where one is meant."""
    return serializers.CharField(max_length=1, required=False, allow_null=True)
