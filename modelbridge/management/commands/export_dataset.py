"""`export_dataset`: a project's judgments as files that a reward model trains on."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate.judgments.policies import Include, Simulated
from annotate.tasks.models import Project
from annotate.tasks.near_duplicates import THRESHOLD
from modelbridge.dataset.options import Consensus, Format, PureTies, TieBreaks, Ties, resolve
from modelbridge.exporting import export_project
from protocol.commands import Outcome, ProjectCommand
from protocol.errors import Refused


def point_in_time(text: str) -> datetime:
    """An ISO 8601 time, UTC where it names no zone; an argparse `type`."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(
            f"{text!r} is no time; accepted is ISO 8601, e.g. 2026-11-24T10:00:00Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Command(ProjectCommand):
    """Exports in the foreground; the page does the same as a job."""

    help = "Write a project's judgments as a data set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--format",
            action="append",
            required=True,
            choices=[entry.value for entry in Format],
            help="give it once for each format",
        )
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        parser.add_argument(
            "--consensus",
            default=Consensus.MEAN.value,
            choices=[entry.value for entry in Consensus],
            help="how ratings become one value (default: %(default)s)",
        )
        parser.add_argument(
            "--ties",
            default=Ties.KEEP.value,
            choices=[entry.value for entry in Ties],
            help="what becomes of equal pairs (default: %(default)s)",
        )
        parser.add_argument(
            "--min-raters",
            type=int,
            default=2,
            metavar="N",
            help="a pair needs this many annotators who rated both (default: %(default)s)",
        )
        parser.add_argument(
            "--margin",
            default="0",
            metavar="M",
            help="a wins where its sum is higher by more than this (default: %(default)s)",
        )
        parser.add_argument(
            "--pure-ties",
            default=PureTies.KEEP.value,
            choices=[entry.value for entry in PureTies],
            help="with --ties disentangle: ties without a trade-off (default: %(default)s)",
        )
        parser.add_argument(
            "--tie-breaks",
            default=TieBreaks.IGNORE.value,
            choices=[entry.value for entry in TieBreaks],
            help="whether stated comparisons decide ties (default: %(default)s)",
        )
        parser.add_argument(
            "--include",
            action="append",
            default=[],
            choices=[entry.value for entry in Include],
            help="work that counts only where it is asked for; give it once for each",
        )
        parser.add_argument(
            "--simulated",
            default=Simulated.AUTO.value,
            choices=[entry.value for entry in Simulated],
            help="simulated judgments beside real ones (default: %(default)s)",
        )
        parser.add_argument(
            "--split",
            default="100",
            metavar="A/B/C",
            help="percent of train/validation/test, by near-duplicate groups (default: all train)",
        )
        parser.add_argument(
            "--split-seed", default="0", metavar="S", help="draws the splits (default: %(default)s)"
        )
        parser.add_argument(
            "--near-bits",
            type=int,
            default=THRESHOLD,
            metavar="T",
            help="bits of 64 in which hashes of one picture may differ (default: %(default)s)",
        )
        parser.add_argument(
            "--as-of",
            type=point_in_time,
            metavar="TIME",
            help="the judgments as they stood then (default: now)",
        )

    def perform(self, **options: Any) -> Outcome:
        resolved = resolve(
            formats=options["format"],
            consensus=options["consensus"],
            ties=options["ties"],
            min_raters=options["min_raters"],
            margin=options["margin"],
            split=options["split"],
            split_seed=options["split_seed"],
            near_bits=options["near_bits"],
            include=options["include"],
            simulated=options["simulated"],
            pure_ties=options["pure_ties"],
            tie_breaks=options["tie_breaks"],
        )
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise Refused(f"there is no project {options['project']}")
        with self.bar(unit="tasks") as bar:

            def progress(done: int, total: int, _what: str) -> None:
                bar.total = total
                bar.update(done - bar.n)

            written = export_project(
                project=project,
                options=resolved,
                as_of=options["as_of"],
                target=options["out"],
                progress=progress,
            )
        report = {"out": str(options["out"]), "digest": written.digest, **written.manifest}
        return Outcome(report, _summary(options["out"], written.manifest))


def _summary(out: Path, manifest: dict[str, Any]) -> str:
    """What was written and what was left out, in a few lines."""
    counts = manifest["counts"]
    head = f"{out}: {counts['tasks']} tasks, {counts['judgments']} judgments by "
    head += f"{counts['annotators']} annotators, {counts['pairs']} pairs ({counts['ties']} ties), "
    lines = [f"{head}as of {manifest['as_of']}"]
    if counts["simulated_judgments"]:
        lines.append(f"{counts['simulated_judgments']} of the judgments are simulated")
    for what, reasons in manifest["drops"].items():
        lines += [f"left out: {n} {what}: {reason}" for reason, n in reasons.items() if n]
    return "\n".join(lines)
