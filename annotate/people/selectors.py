"""Reads accounts, memberships, invitations and tokens."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from annotate.errors import ConflictError, MissingError
from annotate.people.hashing import NO_HASH, hash_secret, is_secret
from annotate.people.models import ApiToken, Invitation, Membership, User

UNBLINDED = Q(unblinded_at__isnull=False) & (
    Q(unblinding_lifted_at=None) | Q(unblinding_lifted_at__lt=F("unblinded_at"))
)
"""The memberships that have seen which system made what, and get no production work."""


def find_account(username: str) -> User | None:
    """The account of this name; names differ by more than case."""
    return User.objects.filter(username__iexact=username).order_by("pk").first()


def current_memberships(user: User) -> QuerySet[Membership]:
    """The user's memberships that have not ended, with their projects."""
    return (
        Membership.objects.select_related("project")
        .filter(user=user, ended_at=None)
        .order_by("project__slug")
    )


def project_members(project_id: int) -> QuerySet[Membership]:
    """Everyone who is or was a member, with their accounts, oldest first."""
    return Membership.objects.select_related("user").filter(project_id=project_id).order_by("pk")


def project_member(project_id: int, member: UUID) -> Membership:
    """One membership of the project by its UUID; else 404."""
    found = project_members(project_id).filter(uuid=member).first()
    if found is None:
        raise MissingError
    return found


def open_invitations(project_id: int, now: datetime | None = None) -> QuerySet[Invitation]:
    """The project's links that can still be used, oldest first."""
    return (
        Invitation.objects.select_related("created_by")
        .filter(project_id=project_id, consumed_at=None, revoked_at=None)
        .filter(expires_at__gt=now or timezone.now())
        .order_by("created_at", "pk")
    )


def find_invitation(secret: str) -> Invitation:
    """The link with this secret while it can be used; else 404, or 409 that says why not."""
    return _usable_link(Invitation.objects.filter(secret_hash=hash_secret(secret)))


def reopen_invitation(held: str | None) -> Invitation:
    """The link that a session has opened with its secret before, while it can be used."""
    return _usable_link(Invitation.objects.filter(pk=held) if held else Invitation.objects.none())


def _usable_link(rows: QuerySet[Invitation]) -> Invitation:
    invitation = rows.select_related("project", "user", "created_by").first()
    if invitation is None:
        raise MissingError("There is no such link.")
    check_usable(invitation, timezone.now())
    return invitation


def check_usable(invitation: Invitation, now: datetime) -> None:
    """Refuse a link that was used, revoked or has expired (409)."""
    if invitation.consumed_at is not None:
        raise ConflictError("This link has been used.", code="link_used")
    if invitation.revoked_at is not None:
        raise ConflictError("This link has been revoked.", code="link_revoked")
    if invitation.expires_at <= now:
        raise ConflictError("This link has expired.", code="link_expired")


def current_tokens(user: User) -> QuerySet[ApiToken]:
    """The user's tokens that still work, oldest first."""
    return ApiToken.objects.filter(
        user=user, revoked_at=None, expires_at__gt=timezone.now()
    ).order_by("pk")


def find_token(text: str) -> ApiToken | None:
    """The working token that the text spells, with its active owner; None for any other text."""
    prefix, _, rest = text.partition("_")
    key, _, secret = rest.partition("_")
    token = None
    if prefix == "ej" and key.isalnum() and key.isascii():
        token = ApiToken.objects.select_related("user").filter(key=key).first()
    if not is_secret(secret, token.secret_hash if token else NO_HASH) or token is None:
        return None
    works = token.revoked_at is None and token.expires_at > timezone.now()
    return token if works and token.user.is_active else None
