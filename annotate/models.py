"""Re-export of the slices' tables, where Django looks for them."""

from annotate.assignment.models import Assignment, Draft
from annotate.judgments.models import (
    Comparison,
    Exclusion,
    Judgment,
    Rating,
    Reason,
    Region,
)
from annotate.people.models import ApiToken, Invitation, Membership, User
from annotate.tasks.models import Candidate, Image, Project, Task

__all__ = [
    "ApiToken",
    "Assignment",
    "Candidate",
    "Comparison",
    "Draft",
    "Exclusion",
    "Image",
    "Invitation",
    "Judgment",
    "Membership",
    "Project",
    "Rating",
    "Reason",
    "Region",
    "Task",
    "User",
]
