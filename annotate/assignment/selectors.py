"""Reads assignments as their annotators may see them."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from annotate.assignment.models import Assignment
from annotate.people.models import Membership


def own_assignments(*, user_id: int) -> QuerySet[Assignment]:
    """The user's assignments in the projects they are still a member of."""
    member = Membership.objects.filter(
        project=OuterRef("project"), user=OuterRef("annotator"), ended_at=None
    )
    return Assignment.objects.filter(Exists(member), annotator_id=user_id)


def own_assignment(*, assignment: UUID, user_id: int) -> Assignment | None:
    """One of them, with its project; None where it is not theirs."""
    return (
        own_assignments(user_id=user_id).select_related("project").filter(uuid=assignment).first()
    )
