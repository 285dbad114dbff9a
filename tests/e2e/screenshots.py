"""`make screenshots`: the rating page in every state, size, theme and language, with an index.

Pytest runs this file when it is named alone; it collects nothing by itself. The pictures lie in
`var/screenshots/`; a fault of the layout (`layout.py`) fails the run after all are taken.
"""

import json
import os
import shutil
import sys
from html import escape
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from annotate.people.models import Membership, Role
from annotate.tasks.services import create_project
from demo.manifest import write_demo
from tests.e2e import layout
from tests.e2e.browsing import PICTURES, Browsing
from tests.e2e.looking import SCHEMES, SETTLED
from tests.e2e.states import MORE, STATES, Room, enter, make_room
from tests.world import World, make_world

SHOWN = ("raccoon-autumn", "cat-ladybird")
SIZES: dict[str, dict[str, Any]] = {
    "1440x900": {"viewport": {"width": 1440, "height": 900}},
    "1366x625": {"viewport": {"width": 1366, "height": 625}},
    "1440x780": {"viewport": {"width": 1440, "height": 780}},
    "1920x1080": {"viewport": {"width": 1920, "height": 1080}},
    "720x450 zoomed": {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2},
    "390x844 phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
DOCUMENTED = "1440x900 en"
"""Of these a small copy is written as well, for `docs/pictures/`."""
SMALL = (960, 600)
LANGUAGES = {"en": "en-US", "zh-hans": "zh-CN"}
PARTS = [part for part in os.environ.get("SCREENSHOTS", "").split(",") if part]
"""Words of the names of sizes, languages or states that are wanted; none means all."""
STYLE = """
body { font: 14px/20px sans-serif; margin: 24px; color-scheme: light dark; }
table { border-spacing: 8px; } th { text-align: left; font-weight: 600; }
img { height: 180px; display: block; } td { vertical-align: top; }
"""


def wanted(name: str) -> bool:
    """Whether a picture is asked for: each word of `SCREENSHOTS` is in its name."""
    return all(part in name.split() for part in PARTS)


@pytest.fixture
def photographs(shared_folders: None, tmp_path: Path) -> World:
    """A project with two of the demo's tasks."""
    demo = write_demo(tmp_path / "demo")
    lines = demo.manifest.read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["id"] in SHOWN]
    world = make_world(demo.folder, rows=rows, overlap=20)
    world.project.title = "Photographs"
    world.project.save(update_fields=["title"])
    return world


def take(page: Page, name: str) -> list[str]:
    """Both themes of the page as it is; what is wrong with its layout."""
    found = [f"{name}: {fault}" for fault in layout.faults(page)]
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        page.screenshot(path=PICTURES / f"{name} {scheme}.png")
    if name.startswith(f"{DOCUMENTED} "):
        with Image.open(PICTURES / f"{name} light.png") as picture:
            small = picture.convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
            small.save(
                PICTURES / f"rating-{name.rsplit(maxsplit=1)[-1]}.jpg", quality=82, optimize=True
            )
    return found


def write_index(names: list[str], found: list[str]) -> None:
    """The page that shows all pictures, a row for each state and size, and what is wrong."""
    rows = []
    for name in names:
        files = [f"{name} {scheme}.png" for scheme in SCHEMES]
        cells = [
            f'<td><a href="{escape(file)}"><img src="{escape(file)}" alt="{escape(file)}"></a>'
            for file in files
        ]
        rows.append(f"<tr><th>{escape(name)}{''.join(cells)}")
    faults = "".join(f"<li>{escape(fault)}" for fault in found) or "<li>none"
    (PICTURES / "index.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title>'
        f"<style>{STYLE}</style><h1>The rating page</h1><h2>Faults</h2><ul>{faults}</ul>"
        f"<h2>Pictures</h2><table>{''.join(rows)}</table>",
        encoding="utf-8",
    )


def walk(browsing: Browsing, room: Room, prefix: str) -> tuple[list[str], list[str]]:
    """Pictures of the states in one window; their names, and what is wrong."""
    names: list[str] = []
    found: list[str] = []
    layout.watch_shifts(room.bench.page.context)
    for state in [*STATES, *(MORE if prefix == DOCUMENTED else ())]:
        name = f"{prefix} {state}"
        if wanted(name):
            enter(browsing, room, state)
            names.append(name)
            found += take(room.bench.page, name)
    return names, found


def test_matrix(photographs: World, browsing: Browsing) -> None:
    """All pictures are taken, and no page has a fault of the layout."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    project = photographs.project
    version = project.protocol_version
    idle = create_project(slug="idle", version=version, overlap=1, title="Nothing to do")
    names: list[str] = []
    found: list[str] = []
    for language, locale in LANGUAGES.items():
        for size, options in SIZES.items():
            if not any(wanted(f"{size} {language} {state}") for state in STATES | MORE):
                continue
            user = photographs.add(f"ann{len(photographs.people)}", language=language)
            Membership.objects.create(project=idle, user=user, role=Role.ANNOTATOR)
            room = make_room(browsing, user, project, idle, locale=locale, **options)
            more_names, more_faults = walk(browsing, room, f"{size} {language}")
            names += more_names
            found += more_faults
            room.bench.page.context.close()
    write_index(names, found)
    sys.stdout.write(f"{2 * len(names)} pictures: {PICTURES / 'index.html'}\n")
    assert found == []
