"""The API describes itself: without a warning, as committed, and only to who is logged in."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.test import Client

from tests.annotate.people.cast import client_of, make_user

ROOT = Path(__file__).resolve().parent.parent.parent
COMMITTED = ROOT / "frontend" / "schema.yaml"
ADDRESS = "/api/v1/schema"


@pytest.fixture
def fresh(tmp_path: Path) -> str:
    """The schema as the code is now; a warning is an error."""
    path = tmp_path / "schema.yaml"
    call_command("spectacular", file=str(path), validate=True, fail_on_warn=True)
    return path.read_text(encoding="utf-8")


def test_it_works(fresh: str) -> None:
    """The committed schema, from which the page's client is made, is what the code says."""
    assert COMMITTED.read_text(encoding="utf-8") == fresh


def test_served_to_users(db: None, fresh: str) -> None:
    """Who is logged in gets the same document."""
    response = client_of(make_user("reader")).get(ADDRESS)
    assert response.status_code == 200
    assert yaml.safe_load(response.content) == yaml.safe_load(fresh)


def test_not_to_others(db: None) -> None:
    """Who is not gets a problem document."""
    response = Client().get(ADDRESS)
    assert response.status_code == 401
    assert response.headers["content-type"].startswith("application/problem+json")
    assert b"paths" not in response.content


def test_paths_and_problems(fresh: str) -> None:
    """No path ends in a slash; every operation names its errors and has a name of its own."""
    paths = yaml.safe_load(fresh)["paths"]
    operations = [operation for path in paths.values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert [path for path in paths if path.endswith("/")] == []
    assert [path for path in paths if not path.startswith("/api/v1/")] == []
    assert len(set(names)) == len(names)
    assert all("default" in operation["responses"] for operation in operations)
