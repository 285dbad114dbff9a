"""What `doctor` looks for: the invariants that SQL constraints cannot hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from annotate.operating import sql
from annotate.tasks.models import Image
from annotate.tasks.storage import level_path, original_path
from protocol.document import digest
from protocol.models import ProtocolVersion

SHOWN = 20
"""How many findings of one check are listed; the rest is counted."""


@dataclass(frozen=True)
class Check:
    """A question to the installation: its name, what it asserts, and what breaks it."""

    name: str
    asserts: str
    find: Callable[[], Iterator[str]]


def rows(query: str) -> Iterator[tuple[Any, ...]]:
    """The rows that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        yield from cursor.fetchall()


def query_check(name: str, asserts: str, query: str) -> Check:
    """A check whose findings are the rows of a query."""

    def find() -> Iterator[str]:
        for row in rows(query):
            yield " ".join(str(value) for value in row)

    return Check(name, asserts, find)


def unapplied_migrations() -> Iterator[str]:
    """Each migration that the code has and the database lacks."""
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{migration.app_label}.{migration.name}: run `manage.py migrate`"


def changed_documents() -> Iterator[str]:
    """Each protocol version whose document is not what its digest says."""
    for version in ProtocolVersion.objects.select_related("protocol").iterator():
        if digest(version.document) != version.digest:
            yield f"{version}: the document does not match its digest"


def missing_files() -> Iterator[str]:
    """Each image whose original or display level is not whole in the storage."""
    for image in Image.objects.iterator(chunk_size=500):
        original = original_path(image.sha256)
        for path in (original, *(level_path(image.sha256, level) for level in image.levels)):
            if not default_storage.exists(path):
                yield f"image {image.sha256}: {path} is missing"
            elif (size := default_storage.size(path)) == 0 or (
                path == original and size != image.size
            ):
                yield f"image {image.sha256}: {path} is damaged, it has {size} bytes"


CHECKS = [
    Check("migrations", "the database has every migration of the code", unapplied_migrations),
    Check("documents", "every protocol document matches its digest", changed_documents),
    Check("files", "every image has its original and display levels, whole", missing_files),
    query_check("held", "held = live production assignments of the round", sql.HELD),
    query_check("counted", "counted = counted judgments of the round", sql.COUNTED),
    query_check("orders", "a presentation order is a permutation of the candidates", sql.ORDERS),
    query_check("revisions", "a judgment supersedes the one before it", sql.REVISIONS),
    query_check("strangers", "a rating's candidate belongs to its task", sql.STRANGERS),
    query_check("levels", "a rating is a level of its protocol version", sql.LEVELS),
    query_check("live", "nobody holds more than 8 live assignments", sql.LIVE),
    query_check("states", "submitted assignments, and only they, have judgments", sql.STATES),
]


def examine(checks: list[Check]) -> dict[str, dict[str, Any]]:
    """What each check found: `{name: {asserts, count, findings}}`; it changes nothing."""
    report: dict[str, dict[str, Any]] = {}
    for check in checks:
        findings = list(check.find())
        report[check.name] = {
            "asserts": check.asserts,
            "count": len(findings),
            "findings": findings[:SHOWN],
        }
        if check.name == "migrations" and findings:
            break
    return report
