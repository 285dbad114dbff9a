"""Domain errors: every refused action has a status, a stable code and a sentence."""

from collections.abc import Mapping
from typing import Any

from typing_extensions import override

from protocol.errors import Refused

Fault = dict[str, Any]
"""One thing wrong with an input: a `code` and its parameters, never a sentence."""


class DomainError(Refused):
    """A refused action: an HTTP status, a stable code, a sentence and what it is about."""

    status = 400
    code = "refused"

    def __init__(self, detail: str, *, code: str | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.extra = extra

    @property
    @override
    def details(self) -> Mapping[str, Any]:
        return {"code": self.code, **self.extra}


class ConflictError(DomainError):
    """The state of things does not allow it (409)."""

    status = 409
    code = "conflict"


class InvalidError(DomainError):
    """The input breaks the rules (422); `faults` lists each."""

    status = 422
    code = "invalid"

    def __init__(self, faults: list[Fault], detail: str = "The input is not acceptable.") -> None:
        super().__init__(detail, faults=faults)
        self.faults = faults


class ForbiddenError(DomainError):
    """The role does not allow it (403)."""

    status = 403
    code = "forbidden"


class MissingError(DomainError):
    """No such object, or none that this user may know of (404)."""

    status = 404
    code = "not_found"

    def __init__(self, detail: str = "There is no such object.") -> None:
        super().__init__(detail)


class UnavailableError(DomainError):
    """Something this needs does not answer (503); try again."""

    status = 503
    code = "unavailable"


class PasswordNeededError(DomainError):
    """The session is too old for this; log in again (403)."""

    status = 403
    code = "login_again"
