"""Typed facts of tasks, small enough to be checked by hand."""

from modelbridge.dataset.facts import (
    SCALE,
    CandidateFacts,
    ComparisonFacts,
    DimensionFacts,
    JudgmentFacts,
    ProtocolFacts,
    TaskFacts,
)

Scores = tuple[int, ...]
LEVELS = tuple(level * SCALE for level in (1, 2, 3, 4))
PROTOCOL = ProtocolFacts(
    key="tiny",
    version=1,
    digest="d" * 64,
    document="{}",
    dimensions=(DimensionFacts("if", LEVELS), DimensionFacts("vq", LEVELS)),
)


def image(name: str) -> str:
    """An image named by its content."""
    return name * 64


def task_of(
    *raters: tuple[Scores | None, ...],
    simulated: tuple[int, ...] = (),
    stated: tuple[str, ...] = (),
) -> TaskFacts:
    """A task of candidates A, B, …; each rater gives (if, vq) to each, or None for none.

    `stated` has a word for each rater: `A` or `B` is preferred, `tie`, or nothing.
    """
    count = len(raters[0])
    return TaskFacts(
        id="t",
        external_id="t1",
        category="colour",
        instruction="make it red",
        protocol=PROTOCOL,
        source=image("0"),
        candidates=tuple(
            CandidateFacts("abcdefg"[n], f"system-{n}", None, image("123456789"[n]))
            for n in range(count)
        ),
        judgments=tuple(
            JudgmentFacts(
                annotator=f"r{number}",
                simulated=number in simulated,
                ratings={
                    (candidate, dimension): value * SCALE
                    for candidate, scores in enumerate(rater)
                    if scores is not None
                    for dimension, value in enumerate(scores)
                },
                comparisons=tuple(
                    ComparisonFacts(0, 1, None, word.lower())
                    for word in stated[number : number + 1]
                    if word
                ),
            )
            for number, rater in enumerate(raters)
        ),
        split="train",
        cluster="0" * 64,
    )
