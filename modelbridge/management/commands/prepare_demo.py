"""`prepare_demo`: the demo's accounts and project, before the address is printed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from modelbridge.demo_project import (
    account_file,
    prepare_accounts,
    prepare_project,
    start_fill,
)
from protocol.commands import Outcome, ProjectCommand


class Command(ProjectCommand):
    """Makes what is missing of the demo; running it again changes nothing."""

    help = "Make the demo's accounts and project and let a job fill it; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--accounts",
            type=Path,
            default=account_file(),
            help="file of the address and the passwords (default: var/demo.json)",
        )

    def perform(self, **options: Any) -> Outcome:
        project = prepare_project()
        content = prepare_accounts(project=project, path=options["accounts"])
        job = start_fill(project=project)
        report = {
            "project": project.slug,
            "accounts": str(options["accounts"]),
            "url": content["url"],
            "fill_job": job.pk if job else None,
        }
        return Outcome(report, f"Project {project.slug}; accounts in {options['accounts']}")
