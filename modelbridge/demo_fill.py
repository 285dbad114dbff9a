"""The job that fills the demo: pictures are made, tasks imported, planted annotators judge."""

from pathlib import Path
from tempfile import TemporaryDirectory

from annotate.simulation.services import simulate
from annotate.tasks.importing import import_manifest
from annotate.tasks.models import Project
from demo.manifest import DemoFolder, write_demo
from modelbridge.running import RunningJob
from protocol.errors import Refused

SEED = 7
ANNOTATORS = 6
LEAVE_OPEN = 10
"""How many tasks keep open slots for the demo's people."""

BATCH = 5
"""Tasks that become claimable together: small, so that the first ones are there soon."""

STAGES = 3


class Stage:
    """A third of the job, whose progress reaches the job's row."""

    def __init__(self, running: RunningJob, number: int, detail: str, units: int) -> None:
        self.running, self.number, self.detail, self.units = running, number, detail, units
        self.reach(0, 1)

    def reach(self, done: int, total: int) -> None:
        """So much of the stage is done."""
        share = self.units * done // total if total else self.units
        self.running.progress(
            self.units * self.number + share, self.units * STAGES, detail=self.detail
        )


def run_fill(running: RunningJob) -> None:
    """Fill the project of the job; running it again adds only what is missing."""
    project = running.job.project
    with TemporaryDirectory(prefix="editjury-demo-") as name:
        pictures = Stage(running, 0, "making pictures", units=100)
        written = write_demo(Path(name), seed=SEED, progress=pictures.reach)
        _import(project, written, Stage(running, 1, "importing tasks", units=100))
        work = Stage(running, 2, "simulated annotators at work", units=100)
        simulate(
            project=project,
            annotators=ANNOTATORS,
            seed=SEED,
            truth=written.truth,
            leave_open=LEAVE_OPEN,
            progress=work.reach,
        )


def _import(project: Project, written: DemoFolder, stage: Stage) -> None:
    """Import the manifest; the demo's own rows are all good."""
    rejected = written.folder / "rejected.jsonl"
    report = import_manifest(
        project=project,
        path=written.manifest,
        rejected=rejected,
        batch=BATCH,
        on_batch=lambda done: stage.reach(done.rows, written.tasks),
    )
    if report.rejected.total():
        lines = rejected.read_text(encoding="utf-8").splitlines()
        raise Refused(f"{len(lines)} of the demo's tasks were rejected, the first: {lines[0]}")
