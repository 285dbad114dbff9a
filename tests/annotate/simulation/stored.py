"""Named tasks to simulate on, and what a simulation stored, as the tests compare it."""

from typing import Any, NamedTuple

from annotate.judgments.models import Rating
from annotate.tasks.models import Project, Task
from tests.builders import make_task


class Row(NamedTuple):
    """A stored rating with where its candidate stood."""

    annotator: str
    task: str
    system: str
    seed: int | None
    dimension: str
    value: float
    place: int
    of: int


def named_tasks(number: int, *, project: Project, **fields: Any) -> list[Task]:
    """Tasks t0, t1 …: with fixed names all that is drawn for them is fixed too."""
    return [
        make_task(project=project, external_id=f"t{place}", **fields) for place in range(number)
    ]


def ratings(project: Project) -> list[Row]:
    """Every rating of the project."""
    rows = Rating.objects.filter(judgment__assignment__project=project).values_list(
        "judgment__assignment__annotator__username",
        "judgment__assignment__task__external_id",
        "candidate__system",
        "candidate__seed",
        "dimension",
        "value",
        "candidate_id",
        "judgment__assignment__presentation",
    )
    return [
        Row(*row[:5], float(row[5]), row[7].index(row[6]), len(row[7]))
        for row in rows.order_by("pk")
    ]


def contents(*models: Any) -> list[list[dict[str, Any]]]:
    """Everything these tables hold, to compare before and after."""
    return [list(model.objects.order_by("pk").values()) for model in models]
