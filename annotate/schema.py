"""How the API describes itself: names of components, credentials, problem documents."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import BaseSerializer
from typing_extensions import override

PROBLEM = {
    "type": "object",
    "description": "An RFC 9457 problem document; `faults` lists each thing wrong with an input.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"code": {"type": "string"}},
                "required": ["code"],
                "additionalProperties": True,
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail"],
    "additionalProperties": True,
}


class Schema(AutoSchema):
    """Names the serializers inside a view after it: `MembersView.Input` is `MembersInput`."""

    @override
    def get_serializer_name(self, serializer: BaseSerializer[Any], direction: str) -> str:
        *owners, name = type(serializer).__qualname__.split(".")
        return "".join(owner.removesuffix("View") for owner in owners) + name


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A program's credential."""

    target_class = "annotate.people.authentication.TokenAuthentication"
    name = "token"

    @override
    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "ej_<id>_<secret>"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A browser's credential; the cookie's name carries the instance, which no schema knows."""

    target_class = "annotate.people.authentication.SessionAuthentication"
    name = "session"

    @override
    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": "editjury-<instance>-session"}


def add_problems(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """Every operation may answer with a problem document."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            answer = {"description": "A problem document.", "content": content}
            operation["responses"].setdefault("default", answer)
    return result
