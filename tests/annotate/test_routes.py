"""Every route of the site, for everybody: the table says who gets which answer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver

from tests.annotate.routes import pages, programs
from tests.annotate.routes.rules import WALKERS, Call, members
from tests.annotate.routes.stage import METHODS, Stage, set_up

Table = Mapping[str, Mapping[str, Call]]
TABLE: Table = programs.ROUTES | pages.ROUTES


@pytest.fixture
def stage(db: None, tmp_path: Path, settings: Any) -> Stage:
    """The project that is walked; its images and exports lie in a folder of the test."""
    cache.clear()
    settings.EXPORT_ROOT = tmp_path / "exports"
    options = {"location": tmp_path / "media", "base_url": None}
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": options}}
    return set_up(tmp_path)


def routes(patterns: Sequence[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Every route of the resolver, as written."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            assert isinstance(pattern, URLPattern)
            yield route


def path_of(route: str, call: Call | None, stage: Stage) -> str:
    """The route with the stage's objects in it."""
    if call and call.path:
        return call.path.format_map(stage.values)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(stage.values[m[1]]), route)


def walk(stage: Stage, table: Table) -> dict[str, tuple[int, int]]:
    """The answers that differ from the table: (expected, given)."""
    differing = {}
    for route, calls in table.items():
        for method, call in calls.items():
            path = path_of(route, call, stage)
            for walker in WALKERS:
                given = stage.send(walker, method, path, call)
                if given != call.expected[walker]:
                    differing[f"{method} {route}, {walker}"] = (call.expected[walker], given)
    return differing


def test_every_route_has_an_expectation():
    """A new route fails here until the table says who may call it."""
    assert sorted(set(routes()) - set(TABLE)) == []
    assert sorted(set(TABLE) - set(routes())) == []


def test_programs_are_answered_as_expected(stage: Stage):
    assert walk(stage, programs.ROUTES) == {}


def test_people_are_answered_as_expected(stage: Stage):
    assert walk(stage, pages.ROUTES) == {}


def test_no_other_method_is_served(stage: Stage):
    """405 for whoever is logged in, 401 or 405 for the anonymous."""
    served = {}
    for route, calls in programs.ROUTES.items():
        path = path_of(route, next(iter(calls.values())), stage)
        for method in (*METHODS, "OPTIONS"):
            if method not in calls:
                given = [stage.send(walker, method, path) for walker in ("admin", "anonymous")]
                if given[0] != 405 or given[1] not in {401, 405}:
                    served[f"{method} {route}"] = given
    assert served == {}


def test_the_walk_sees_a_hole(stage: Stage):
    """Were the members open to annotators, the walk would say so."""
    route = f"{programs.PROJECT}/members"
    open_to_all = {route: {"GET": Call(members(200))}}
    differing = walk(stage, open_to_all)
    assert differing[f"GET {route}, annotator"] == (200, 403)
