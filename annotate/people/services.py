"""Accounts and memberships: who may do what in a project."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from annotate.errors import ConflictError, Fault, ForbiddenError, InvalidError, MissingError
from annotate.people.models import Membership, Role, User
from annotate.people.selectors import find_account
from annotate.permissions import GRANTS

MOST_PREFERENCES = 8192
"""Bytes of an account's preferences as JSON."""


def create_account(
    *,
    username: str,
    password: str | None = None,
    name: str = "",
    email: str = "",
    language: str = "en",
    kind: User.Kind = User.Kind.HUMAN,
) -> User:
    """A new account; without a password nobody can log in to it."""
    user = User(username=username, first_name=name, email=email, language=language, kind=kind)
    faults = account_faults(user, password)
    if faults:
        raise InvalidError(faults)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise InvalidError([{"code": "taken", "field": "username"}]) from error
    return user


def account_faults(user: User, password: str | None) -> list[Fault]:
    """What is wrong with a new account: its fields, a name that is taken, a weak password."""
    faults: list[Fault] = []
    try:
        user.full_clean(exclude=["password"], validate_unique=False)
    except ValidationError as error:
        faults += [
            {"code": fault.code, "field": field, "message": " ".join(fault.messages)}
            for field, errors in error.error_dict.items()
            for fault in errors
        ]
    if find_account(user.username) is not None:
        faults.append({"code": "taken", "field": "username"})
    if user.email and User.objects.filter(email__iexact=user.email).exists():
        faults.append({"code": "taken", "field": "email"})
    if password is not None:
        faults += password_faults(user, password)
    return faults


def password_faults(user: User, password: str) -> list[Fault]:
    """What is wrong with a password for this user."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [
            {"code": fault.code, "field": "password", "message": " ".join(fault.messages)}
            for fault in error.error_list
        ]
    return []


def check_person(user: User) -> None:
    """Refuse to open a way into a planted annotator's or an imported pseudonym's account."""
    if user.kind != User.Kind.HUMAN:
        raise ConflictError(
            f"{user.username} is {user.kind}, no person's account; nobody logs in to it.",
            code="not_a_person",
        )


@transaction.atomic
def set_password(*, user: User, password: str) -> User:
    """Give the account a new password; its other sessions end with that."""
    check_person(user)
    faults = password_faults(user, password)
    if faults:
        raise InvalidError(faults)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def update_profile(
    *,
    user: User,
    name: str | None = None,
    language: str | None = None,
    preferences: Mapping[str, Any] | None = None,
) -> User:
    """Change how a person is called, the language of their pages, and single preferences.

    A preference that is null is forgotten; those not named stay.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if name is not None:
        row.first_name, row.last_name = name, ""
    if language is not None:
        row.language = language
    if preferences is not None:
        merged = {**row.preferences, **preferences}
        kept = {key: value for key, value in merged.items() if value is not None}
        if len(json.dumps(kept)) > MOST_PREFERENCES or any(len(key) > 32 for key in kept):
            raise InvalidError(
                [{"code": "too_long", "field": "preferences", "limit": MOST_PREFERENCES}]
            )
        row.preferences = kept
    row.save(update_fields=["first_name", "last_name", "language", "preferences"])
    return row


def check_grant(granting: frozenset[Role] | None, *roles: str) -> None:
    """Refuse to give or take roles that the granting person does not hold (None: the operator)."""
    if granting is None:
        return
    for role in roles:
        if Role(role) not in granting:
            raise ForbiddenError(
                f"Your role does not reach as far as {role}.", code="role_above_own", role=role
            )


def grants_of(membership: Membership) -> frozenset[Role]:
    """The roles that this member may give and take."""
    return GRANTS.get(Role(membership.role), frozenset())


@transaction.atomic
def add_member(
    *,
    project_id: int,
    user: User,
    role: Role,
    group: str = "",
    granting: frozenset[Role] | None = None,
) -> Membership:
    """Make the user a member, or a member again; an existing membership is a conflict."""
    check_grant(granting, role)
    membership, created = Membership.objects.select_for_update().get_or_create(
        project_id=project_id, user=user, defaults={"role": role, "group": group}
    )
    if created:
        return membership
    if membership.ended_at is None:
        raise ConflictError(
            f"{user.username} is already a member, as {membership.role}.", code="already_member"
        )
    membership.role, membership.group, membership.ended_at = role, group, None
    membership.save(update_fields=["role", "group", "ended_at"])
    return membership


def _lock(membership: Membership) -> Membership:
    """The membership and every admin's, locked in one order; fresh values of the first."""
    rows = (
        Membership.objects.select_for_update()
        .filter(Q(pk=membership.pk) | Q(role=Role.ADMIN), project_id=membership.project_id)
        .order_by("pk")
    )
    return next(row for row in rows if row.pk == membership.pk)


def _keep_an_admin(membership: Membership) -> None:
    """Refuse to take the last admin from a project."""
    others = Membership.objects.filter(
        project_id=membership.project_id, role=Role.ADMIN, ended_at=None
    ).exclude(pk=membership.pk)
    if membership.role == Role.ADMIN and not others.exists():
        raise ConflictError("A project keeps at least one admin.", code="last_admin")


@transaction.atomic
def change_role(
    *, membership: Membership, role: Role, granting: frozenset[Role] | None = None
) -> Membership:
    """Give a member another role; both the old and the new one must be within reach."""
    row = _lock(membership)
    check_grant(granting, row.role, role)
    if row.ended_at is not None:
        raise ConflictError("This membership has ended.", code="membership_ended")
    if role != Role.ADMIN:
        _keep_an_admin(row)
    row.role = role
    row.save(update_fields=["role"])
    return row


def change_group(
    *, membership: Membership, group: str, granting: frozenset[Role] | None = None
) -> Membership:
    """Put a member into another group of annotators."""
    check_grant(granting, membership.role)
    membership.group = group
    membership.save(update_fields=["group"])
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, granting: frozenset[Role] | None = None
) -> Membership:
    """End a membership; it stays as history and can begin again."""
    row = _lock(membership)
    check_grant(granting, row.role)
    if row.ended_at is not None:
        raise ConflictError("This membership has ended.", code="membership_ended")
    _keep_an_admin(row)
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    return row


def mark_unblinded(*, membership: Membership) -> None:
    """Note that the member has seen which system made what: no production work from now on."""
    unmarked = Q(unblinded_at=None) | Q(unblinding_lifted_at__gte=F("unblinded_at"))
    Membership.objects.filter(unmarked, pk=membership.pk).update(unblinded_at=timezone.now())


def lift_unblinding(
    *, membership: Membership, granting: frozenset[Role] | None = None
) -> Membership:
    """Let an unblinded member rate again; what they say then is marked."""
    check_grant(granting, membership.role)
    if not membership.is_unblinded:
        raise ConflictError("This member has seen no system names.", code="not_unblinded")
    membership.unblinding_lifted_at = timezone.now()
    membership.save(update_fields=["unblinding_lifted_at"])
    return membership


@transaction.atomic
def change_member(
    *,
    membership: Membership,
    granting: frozenset[Role] | None,
    role: str | None = None,
    group: str | None = None,
    lift: bool = False,
) -> Membership:
    """Apply what a lead changed about a member, all of it or nothing."""
    if role is not None and role != membership.role:
        membership = change_role(membership=membership, role=Role(role), granting=granting)
    if group is not None:
        membership = change_group(membership=membership, group=group, granting=granting)
    if lift:
        membership = lift_unblinding(membership=membership, granting=granting)
    return membership


def find_or_refuse(username: str) -> User:
    """The account of this name; 404 with its name else."""
    user = find_account(username)
    if user is None:
        raise MissingError(f"There is no account {username}.")
    return user
