"""`export_dataset`: a project's judgments as files that a reward model trains on."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate.judgments.policies import Include
from annotate.tasks.models import Project
from modelbridge.dataset.options import WORDS, Format, Options, resolve
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


HELP = {
    "consensus": "how ratings become one value",
    "ties": "what becomes of equal pairs",
    "pure_ties": "with --ties disentangle: ties without a trade-off",
    "tie_breaks": "whether stated comparisons decide ties",
    "simulated": "simulated judgments beside real ones",
    "min_raters": "a pair needs this many annotators who rated both",
    "margin": "a wins where its sum is higher by more than this",
    "split": "percent of train/validation/test, by near-duplicate groups; 100: all train",
    "split_seed": "draws the splits",
    "near_bits": "bits of 64 in which hashes of one picture may differ",
}
"""What each option with a value decides."""


class Command(ProjectCommand):
    """Exports in the foreground; the page does the same as a job."""

    help = "Write a project's judgments as a data set."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--format",
            dest="formats",
            action="append",
            required=True,
            choices=[entry.value for entry in Format],
            help="give it once for each format",
        )
        parser.add_argument("--out", required=True, type=Path, metavar="DIR")
        for name, kind in WORDS.items():
            self._add_option(parser, name, choices=[entry.value for entry in kind])
        for name, metavar in (("min_raters", "N"), ("near_bits", "T")):
            self._add_option(parser, name, type=int, metavar=metavar)
        for name, metavar in (("margin", "M"), ("split", "A/B/C"), ("split_seed", "S")):
            self._add_option(parser, name, metavar=metavar)
        parser.add_argument(
            "--include",
            action="append",
            default=[],
            choices=[entry.value for entry in Include],
            help="work that counts only where it is asked for; give it once for each",
        )
        parser.add_argument(
            "--as-of",
            type=point_in_time,
            metavar="TIME",
            help="the judgments as they stood then (default: now)",
        )

    def _add_option(self, parser: ArgumentParser, name: str, **about: Any) -> None:
        """An option of a data set under its own name, with its own default."""
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            default=getattr(Options, name),
            help=f"{HELP[name]} (default: %(default)s)",
            **about,
        )

    def perform(self, **options: Any) -> Outcome:
        resolved = resolve(**{name: options[name] for name in ("formats", "include", *HELP)})
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
