"""`manage.py doctor`: looks for what should never be."""

from typing import Any

from annotate.operating.checks import CHECKS, examine
from protocol.commands import Outcome, ProjectCommand


class Command(ProjectCommand):
    """Checks the invariants that the database cannot hold; changes nothing."""

    help = "Check what SQL constraints cannot hold; exit 1 if anything is wrong."
    requires_migrations_checks = False

    def perform(self, **options: Any) -> Outcome:
        report = examine(CHECKS)
        wrong = sum(check["count"] for check in report.values())
        lines = []
        for name, check in report.items():
            verdict = "ok" if not check["count"] else f"{check['count']} wrong"
            lines.append(f"{name:12} {verdict:>9}  {check['asserts']}")
            lines += [f"{'':24}{finding}" for finding in check["findings"]]
        faults = f"{wrong} things are wrong." if wrong else ""
        return Outcome({"wrong": wrong, "checks": report}, "\n".join(lines), faults)
