"""One-time links: an invitation into a project, or a password for a named account."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from annotate.errors import ConflictError, InvalidError
from annotate.people.hashing import hash_secret, new_secret
from annotate.people.models import Invitation, Membership, Role, User
from annotate.people.selectors import check_usable
from annotate.people.services import (
    add_member,
    check_grant,
    check_person,
    create_account,
    grants_of,
    set_password,
)

LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class Link:
    """A link as its maker sees it, once: the secret stands in the fragment, which no log gets."""

    invitation: Invitation
    url: str


def _link(invitation: Invitation, secret: str) -> Link:
    """The invitation's address on this site."""
    path = reverse("invitation")
    return Link(invitation=invitation, url=f"{settings.PUBLIC_URL}{path}#{secret}")


def create_invitation(
    *,
    project_id: int,
    role: Role,
    group: str = "",
    note: str = "",
    by: Membership | None = None,
    granting: frozenset[Role] | None = None,
) -> Link:
    """A link that makes whoever uses it first a member of the project."""
    check_grant(granting, role)
    secret = new_secret()
    invitation = Invitation.objects.create(
        secret_hash=hash_secret(secret),
        project_id=project_id,
        role=role,
        group=group,
        note=note,
        created_by=by.user if by else None,
        expires_at=timezone.now() + LIFETIME,
    )
    return _link(invitation, secret)


def create_password_link(*, user: User, by: User | None = None) -> Link:
    """A link that sets the account's password; an earlier one stops working."""
    check_person(user)
    now = timezone.now()
    secret = new_secret()
    with transaction.atomic():
        Invitation.objects.filter(
            user=user, project=None, consumed_at=None, revoked_at=None
        ).update(revoked_at=now)
        invitation = Invitation.objects.create(
            secret_hash=hash_secret(secret), user=user, created_by=by, expires_at=now + LIFETIME
        )
    return _link(invitation, secret)


def revoke_invitation(
    *, invitation: Invitation, granting: frozenset[Role] | None = None
) -> Invitation:
    """Make a link useless before it is used."""
    check_grant(granting, invitation.role)
    now = timezone.now()
    with transaction.atomic():
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        check_usable(row, now)
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
    return row


def _consume(invitation: Invitation, user: User) -> Invitation:
    """Take the link, once, inside the caller's transaction."""
    now = timezone.now()
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    check_usable(row, now)
    row.consumed_at, row.consumed_by = now, user
    row.save(update_fields=["consumed_at", "consumed_by"])
    return row


def _check_maker(invitation: Invitation) -> None:
    """Refuse a link whose maker could not make it any more: roles are taken back with a person."""
    if invitation.created_by_id is None or invitation.project_id is None:
        return
    maker = Membership.objects.filter(
        project_id=invitation.project_id,
        user_id=invitation.created_by_id,
        user__is_active=True,
        ended_at=None,
    ).first()
    if maker is None or Role(invitation.role) not in grants_of(maker):
        raise ConflictError("This link has been revoked.", code="link_revoked")


@transaction.atomic
def consume_invitation(*, invitation: Invitation, user: User) -> Membership:
    """Use the link to make an existing account a member."""
    row = _consume(invitation, user)
    if row.project_id is None:
        raise InvalidError([{"code": "not_an_invitation"}])
    _check_maker(row)
    return add_member(project_id=row.project_id, user=user, role=Role(row.role), group=row.group)


@transaction.atomic
def join_by_invitation(
    *, invitation: Invitation, username: str, password: str, name: str, email: str, language: str
) -> User:
    """Use the link to make a new account and its membership."""
    user = create_account(
        username=username, password=password, name=name, email=email, language=language
    )
    consume_invitation(invitation=invitation, user=user)
    return user


@transaction.atomic
def consume_password_link(*, invitation: Invitation, password: str) -> User:
    """Use the link to set the password of the account that it names."""
    if invitation.user is None:
        raise InvalidError([{"code": "not_a_password_link"}])
    _consume(invitation, invitation.user)
    user = User.objects.select_for_update().get(pk=invitation.user.pk)
    if not user.is_active:
        raise ConflictError("This account is closed.", code="account_closed")
    return set_password(user=user, password=password)
