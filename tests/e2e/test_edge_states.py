"""Rare tasks and bad moments: one edit, very many, odd shapes, huge files, lost rights."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from annotate.judgments.models import Judgment
from annotate.people.models import Membership, Role
from annotate.people.services import end_membership
from annotate.tasks.models import Project
from annotate.tasks.services import change_state
from tests.e2e import layout
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.site import LAB_HOST, Site
from tests.world import World, make_world, manifest_rows

ARABIC = "اجعل الحظيرة حمراء من فضلك، واترك كل شيء آخر كما هو."
TRANSLATION = "把谷仓涂成红色"
WINDOWS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}
SHOWN = """
() => [...document.querySelectorAll(".stage img")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => {
    const box = one.getBoundingClientRect();
    const pane = one.closest(".pane-area").getBoundingClientRect();
    const isWhole = box.left > pane.left - 1 && box.right < pane.right + 1 &&
      box.top > pane.top - 1 && box.bottom < pane.bottom + 1;
    return { ratio: box.width / box.height, isWhole, side: Math.max(box.width, box.height) };
  })
"""


def one_task(folder: Path, size: tuple[int, int], candidates: int, **fields: Any) -> World:
    """A project with a single task whose pictures have one size."""
    folder.mkdir(parents=True)
    (row,) = manifest_rows(folder, 1, candidates)
    for place, name in enumerate([row["source"], *(one["image"] for one in row["candidates"])]):
        picture = Image.new("RGB", size, (120, 60 + 20 * place, 200))
        picture.paste((240, 240, 200), (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
        picture.save(folder / name)
    return make_world(folder, rows=[row | fields])


def rate(bench: Bench, count: int) -> None:
    """Rate every cell and submit."""
    bench.press(["3"] * count)
    expect(bench.page.locator(".submit[data-complete]")).to_be_visible()
    bench.page.keyboard.press("Enter")


def close_sheet(page: Page) -> None:
    """Close a long instruction that opened itself."""
    if page.get_by_role("dialog").count():
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """A task of one edit is rated, and then nothing is left."""
    world = one_task(tmp_path / "world", (160, 120), 1)
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["v"])
    assert layout.faults(bench.page) == []
    rate(bench, 2)
    expect(bench.page.get_by_role("heading", name="Nothing left to judge")).to_be_visible()
    bench.wait_saved()
    assert Judgment.objects.count() == 1


def test_26_edits(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """The contact sheet shows the source and seven edits at a time; the page follows the edit."""
    world = make_world(tmp_path / "world", tasks=1, candidates=26)
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["v"])
    panes = bench.page.locator(".stage figcaption strong")
    expect(panes).to_have_text(list("ABCDEFG"))
    assert layout.faults(bench.page) == []
    bench.press(["Shift+Z"])
    expect(panes).to_have_text(list("VWXYZ"))
    expect(bench.page.get_by_role("tab", selected=True)).to_be_in_viewport()


@pytest.mark.parametrize("window", list(WINDOWS))
@pytest.mark.parametrize("size", [(2000, 400), (400, 2000)])
def test_panoramas(
    shared_folders: None, browsing: Browsing, tmp_path: Path, size: tuple[int, int], window: str
) -> None:
    """Pictures of 5:1 and 1:5 are seen whole and in shape, in both views, at a desk and a phone."""
    world = one_task(tmp_path / "world", size, 3)
    bench = Bench(browsing.open(world.add("ann"), **WINDOWS[window]))
    bench.open(world.project.slug)
    found = []
    for key in ("", "v"):
        bench.press([key] if key else [])
        shown = bench.page.evaluate(SHOWN)
        assert shown != []
        for one in shown:
            assert one["ratio"] == pytest.approx(size[0] / size[1], rel=0.02)
            assert one["isWhole"]
        found += layout.faults(bench.page)
    assert found == []


def test_twelve_megapixels(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Pictures of 4000 x 3000 are shown, enlarged to their own pixels, and rated."""
    world = one_task(tmp_path / "world", (4000, 3000), 2)
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["z"])
    bench.page.wait_for_function(f"({SHOWN})().every((one) => one.side > 3999)")
    rate(bench, 4)
    bench.wait_saved()
    assert Judgment.objects.count() == 1


def test_right_to_left(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """An Arabic instruction runs from the right; its translation stands beneath, marked as one."""
    words = {"instruction": ARABIC, "instruction_lang": "ar"}
    translated = {"instruction_translations": {"zh-Hans": TRANSLATION}}
    world = one_task(tmp_path / "world", (160, 120), 2, **words, **translated)
    page = browsing.open(world.add("mei", language="zh-hans"), locale="zh-CN")
    bench = Bench(page)
    bench.open(world.project.slug)
    close_sheet(page)
    text = page.locator(".instruction-text")
    expect(text).to_have_attribute("lang", "ar")
    assert text.evaluate("one => getComputedStyle(one).direction") == "rtl"
    beneath = page.locator(".instruction-translation")
    expect(beneath).to_contain_text(TRANSLATION)
    expect(beneath.locator(".tag")).to_have_text("译文")
    top, below = (
        one.evaluate("one => one.getBoundingClientRect().toJSON()") for one in (text, beneath)
    )
    assert below["top"] >= top["bottom"] - 1
    assert layout.faults(page) == []
    page.keyboard.press("i")
    expect(page.get_by_role("dialog").locator("[lang=ar]")).to_have_css("direction", "rtl")


def interrupted(world: World, browsing: Browsing) -> Bench:
    """An annotator in the middle of a task."""
    bench = Bench(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["2"])
    bench.wait_saved()
    browsing.allow("status of 40[0-9]")
    return bench


def test_paused_in_the_middle(world: World, browsing: Browsing) -> None:
    """Who is rating when the project is paused can still submit; then the page says why it ends."""
    bench = interrupted(world, browsing)
    change_state(project=world.project, state=Project.State.PAUSED)
    bench.page.reload()
    expect(bench.page.get_by_role("heading", name="This project is paused")).to_be_visible()
    change_state(project=world.project, state=Project.State.ACTIVE)
    bench.open(world.project.slug)
    assert "2" in bench.checked()[0]


def test_the_role_is_revoked(world: World, browsing: Browsing) -> None:
    """Who loses the role while rating is told so; the answers are kept, to be saved as a file."""
    bench = interrupted(world, browsing)
    end_membership(membership=Membership.objects.get(user__username="ann"))
    rate(bench, 6)
    save = bench.page.locator(".save")
    expect(save).to_have_attribute("data-state", "refused")
    assert Judgment.objects.count() == 0
    save.locator(".save-line").click()
    dialog = bench.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Save as a file")).to_be_visible()
    bench.page.reload()
    expect(bench.page.get_by_role("heading", level=1)).to_be_visible()
    assert layout.faults(bench.page) == []


def lab_windows(chromium: Browser, site: Site) -> tuple[Browsing, Site]:
    """Windows that reach the same server by a host name, over plain HTTP."""
    lab = replace(site, url=site.url.replace("127.0.0.1", LAB_HOST))
    return Browsing(chromium, lab), lab


def texts(page: Page, expressions: Sequence[str]) -> list[Any]:
    """The values of expressions in the page."""
    return [page.evaluate(expression) for expression in expressions]


def test_plain_http_on_a_host_name(world: World, chromium: Browser, site: Site) -> None:
    """Without a secure context the page rates, saves, submits and invites all the same."""
    windows, _ = lab_windows(chromium, site)
    bench = Bench(windows.open(world.add("ann")))
    windows.allow("Cross-Origin-Opener-Policy header has been ignored")
    bench.open(world.project.slug)
    absent = ["isSecureContext", "'locks' in navigator", "'randomUUID' in crypto"]
    assert texts(bench.page, absent) == [False] * 3
    said = bench.rate_all(1)
    bench.submit()
    bench.wait()
    bench.wait_saved()
    (judgment,) = Judgment.objects.all()
    assert judgment.ratings.count() == len(said)
    lead = windows.open(world.add("lea", Role.LEAD))
    windows.allow("Cross-Origin-Opener-Policy header has been ignored")
    lead.goto(f"/p/{world.project.slug}/people")
    lead.get_by_role("button", name="Make an invitation link").click()
    expect(lead.locator(".once input")).to_have_value(re.compile("^http"))
    assert windows.end("plain-http", failed=False) == []
