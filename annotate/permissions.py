"""The one access function through which every object reaches a view."""

from enum import Enum

from rest_framework.request import Request

from annotate.errors import ForbiddenError, MissingError
from annotate.people.models import ApiToken, Membership, Role, User

Scope = ApiToken.Scope


class Capability(Enum):
    """What a view needs: the roles that have it and the token scopes that carry it."""

    SEE = (frozenset(Role), frozenset(Scope))
    RATE = (frozenset(Role), frozenset({Scope.ANNOTATE}))
    LEAD = (frozenset({Role.LEAD, Role.ADMIN}), frozenset({Scope.LEAD}))
    EXPORT = (
        frozenset({Role.LEAD, Role.ENGINEER, Role.ADMIN}),
        frozenset({Scope.LEAD, Scope.ENGINEER}),
    )

    @property
    def roles(self) -> frozenset[Role]:
        """The project roles that have it."""
        return self.value[0]

    @property
    def scopes(self) -> frozenset[Scope]:
        """The token scopes that carry it."""
        return self.value[1]


GRANTS: dict[Role, frozenset[Role]] = {
    Role.LEAD: frozenset({Role.ANNOTATOR, Role.SENIOR, Role.LEAD}),
    Role.ADMIN: frozenset(Role),
}
"""Which roles a role may give: nobody grants a role above their own."""


def require_scope(request: Request, capability: Capability) -> User:
    """The caller, whose token (if any) carries the capability; else 403."""
    user = request.user
    if not isinstance(user, User):
        raise MissingError
    if isinstance(request.auth, ApiToken) and request.auth.scope not in capability.scopes:
        raise ForbiddenError("This token's scope does not cover this call.", code="token_scope")
    return user


def access_project(request: Request, slug: str, capability: Capability) -> Membership:
    """The caller's membership in the project, with the project; 404 to strangers, else 403."""
    user = require_scope(request, capability)
    membership = (
        Membership.objects.select_related("project__protocol_version__protocol")
        .filter(project__slug=slug, user=user, ended_at=None)
        .first()
    )
    if membership is None:
        raise MissingError
    if membership.role not in capability.roles:
        raise ForbiddenError("Your role in this project does not allow this.")
    return membership
