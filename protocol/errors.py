"""What a caller of the project can be refused with, below every app and free of Django."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):  # noqa: N818 - the name is the answer that a command prints
    """Input or usage that is not accepted; the message says what is, and nothing was changed."""

    @property
    def details(self) -> Mapping[str, Any]:
        """What a program may want to read beside the message."""
        return {}
