"""Why a row of a manifest is not accepted."""

from typing import Any


class RowFault(Exception):  # noqa: N818 - it says what is wrong with a row, not with the program
    """A row is refused: a stable reason code, a sentence, and the field it is about."""

    def __init__(self, reason: str, detail: str, field: str = "") -> None:
        super().__init__(reason, detail, field)
        self.reason = reason
        self.detail = detail
        self.field = field

    def at(self, field: str) -> "RowFault":
        """The same fault, said of a field."""
        return RowFault(self.reason, self.detail, field)

    def as_dict(self) -> dict[str, Any]:
        """The fault as it is written beside a row number."""
        field = {"field": self.field} if self.field else {}
        return {"reason": self.reason, **field, "detail": self.detail}
