"""How fast a data set is written, and with how much memory, as the project grows.

Tasks of seven candidates (21 pairs), three annotators, two dimensions, all images in place: a few
small ones that every task shares, so that the figure is that of reading, deriving and writing.
`judged` seconds of loading are not part of it. Each size is exported by a process of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab

CANDIDATES = 7
PAIRS = CANDIDATES * (CANDIDATES - 1) // 2
ANNOTATORS = 3

ASSIGNMENTS = """
INSERT INTO annotate_assignment (
  uuid, project_id, task_id, annotator_id, protocol_version_id, purpose, round, state,
  live_since, ended_at, lease_expires_at, presentation, adaptive, release_reason, release_detail)
SELECT gen_random_uuid(), t.project_id, t.id, u, %(version)s, 'production', 1, 'submitted',
  now(), now(), now(), '{}', false, '', ''
FROM annotate_task t CROSS JOIN unnest(%(users)s::bigint[]) u WHERE t.project_id = %(project)s
"""
JUDGMENTS = """
INSERT INTO annotate_judgment (
  assignment_id, submission_id, payload_digest, revision, origin, counted, unblinded,
  cannot_judge, comment, language, viewing, tools, telemetry)
SELECT id, gen_random_uuid(), '\\x00', 1, 'api', true, false, '[]', '', '', '{}', '[]', '{}'
FROM annotate_assignment WHERE project_id = %(project)s
"""
RATINGS = """
INSERT INTO annotate_rating (judgment_id, candidate_id, dimension, value, unsure)
SELECT j.id, c.id, d, 1 + abs(hashint8(j.id * 31 + c.id * 7 + length(d))) %% 4, false
FROM annotate_judgment j
JOIN annotate_assignment a ON a.id = j.assignment_id
JOIN annotate_candidate c ON c.task_id = a.task_id
CROSS JOIN unnest(ARRAY['instruction_following', 'visual_quality']) d
WHERE a.project_id = %(project)s
"""
EXPORT = """
import json, sys, time
import django
django.setup()
from django.core.management import call_command
start = time.perf_counter()
call_command("export_dataset", f"--project={sys.argv[1]}", f"--out={sys.argv[2]}",
             "--format=groups", "--format=editreward", "--json", stdout=open("/dev/null", "w"))
seconds = time.perf_counter() - start
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
peak = int(status["VmHWM"].split()[0]) / 1024
print(json.dumps({"seconds": seconds, "cpu": time.process_time(), "peak_mb": peak}))
"""


def load(tasks: int) -> str:
    """A judged project of so many tasks; its slug."""
    from annotate.tasks import storage  # noqa: PLC0415 - needs Django set up
    from annotate.tasks.models import Image  # noqa: PLC0415
    from benchmarks import seed  # noqa: PLC0415

    project = seed.make_project(slug=f"pool{tasks}")
    users = seed.make_annotators(project, ANNOTATORS, prefix=f"pool{tasks}-")
    seed.make_tasks(project, tasks, CANDIDATES)
    for image in Image.objects.all():
        storage.put(storage.level_path(image.sha256, storage.FULL), image.sha256.encode() * 100)
    given = {
        "project": project.pk,
        "version": project.protocol_version_id,
        "users": [user.pk for user in users],
    }
    for statement in (ASSIGNMENTS, JUDGMENTS, RATINGS):
        run(statement, given)
    run("ANALYZE", {})
    return project.slug


def run(statement: str, given: dict[str, Any]) -> None:
    """Run a statement of the set-up."""
    from django.db import connection  # noqa: PLC0415 - needs Django set up

    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)


def export(laboratory: lab.Lab, slug: str) -> dict[str, float]:
    """The time and the peak memory of one export in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="editjury-export-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", EXPORT, slug, f"{folder}/set"],
            cwd=lab.CODE,
            env={**laboratory.environment, "PATH": ""},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Load and export each size."""
    options = lab.parser(__doc__).parse_args()
    sizes = [50, 1_500] if options.quick else [500, 5_000, 48_000]
    figures = {}
    with lab.laboratory() as laboratory:
        for tasks in sizes:
            start = time.perf_counter()
            slug = load(tasks)
            loaded = time.perf_counter() - start
            measured = export(laboratory, slug)
            figures[str(tasks * PAIRS)] = {
                "seconds": round(measured["seconds"], 2),
                "pairs_per_s": round(tasks * PAIRS / measured["seconds"]),
                "client_cpu_seconds": round(measured["cpu"], 2),
                "peak_mb": round(measured["peak_mb"]),
                "load_seconds": round(loaded, 1),
            }
            print(tasks, figures[str(tasks * PAIRS)], file=sys.stderr)
    last = figures[str(sizes[-1] * PAIRS)]
    report = {"by_pairs": figures, "pairs_per_s": last["pairs_per_s"], "peak_mb": last["peak_mb"]}
    lab.say(report, as_json=options.json)


if __name__ == "__main__":
    main()
