"""Equal sums: each group is asked as pairs of neighbours, and what is stored is what was shown."""

from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Locator, expect

from annotate.judgments.models import Comparison
from tests.e2e.bench import Bench
from tests.e2e.browsing import Browsing
from tests.e2e.looking import faults_here
from tests.world import World, make_world


def tied_world(folder: Path, candidates: int) -> World:
    """A project that wants equal sums told apart, of two tasks."""
    world = make_world(folder, tasks=2, candidates=candidates)
    world.project.tie_break = True
    world.project.save(update_fields=["tie_break"])
    return world


class Ties(Bench):
    """The rating page while it asks which of two is better."""

    @property
    def panel(self) -> Locator:
        """What stands in place of the levels."""
        return self.page.locator(".rating.tie")

    def sides(self) -> tuple[str, str]:
        """The letters on the stage, left and right."""
        captions = self.page.locator("main figcaption strong")
        expect(captions).to_have_count(2)
        boxes = [caption.bounding_box() for caption in captions.all()]
        places = [box["x"] for box in boxes if box is not None]
        assert places == sorted(places)
        left, right = captions.all_inner_texts()
        return left, right

    def expect_question(self, at: int, of: int) -> None:
        """Wait for a question by its number."""
        expect(self.panel).to_contain_text(f"Question {at} of {of}")


def stored() -> set[tuple[int, int, str]]:
    """Left and right by their place in the manifest, and which one was preferred."""
    found = set()
    for row in Comparison.objects.select_related("lower", "higher"):
        places = [int(side.system.removeprefix("system-")) for side in (row.lower, row.higher)]
        left, right = places if row.lower_left else reversed(places)
        lower_won = "left" if row.lower_left else "right"
        higher_won = "right" if row.lower_left else "left"
        said = {"lower": lower_won, "higher": higher_won, "tie": "tie"}[row.outcome]
        found.add((left, right, said))
    return found


def test_it_works(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Seven equal edits are six questions; a reload asks the same sides; all is stored as shown."""
    world = tied_world(tmp_path / "world", 7)
    bench = Ties(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    place = {label: bench.place(label) for label in bench.labels}
    bench.press(["3"] * 14)
    bench.expect_question(1, 6)
    assert faults_here(bench.page) == []
    bench.press(["ArrowDown"])
    bench.expect_question(2, 6)
    second = bench.sides()
    bench.wait_saved()
    bench.page.reload()
    bench.expect_question(1, 6)
    asked = []
    for number, key in enumerate(["ArrowLeft", "t", "ArrowRight"] * 2, start=1):
        bench.expect_question(number, 6)
        asked.append(bench.sides())
        bench.press(["Enter", key])
    assert asked[1] == second
    assert [set(pair) for pair in asked] == [set(pair) for pair in pairwise("ABCDEFG")]
    expect(bench.panel).to_contain_text("All answered")
    bench.submit()
    bench.wait_saved()
    said = ["left", "tie", "right"] * 2
    shown = zip(asked, said, strict=True)
    assert stored() == {(place[left], place[right], answer) for (left, right), answer in shown}


def test_undo_and_change(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """Undo steps back through the questions; a changed level drops what it touches, no more."""
    world = tied_world(tmp_path / "world", 4)
    bench = Ties(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["3"] * 8)
    bench.expect_question(1, 3)
    bench.press(["ArrowLeft", "t", "ArrowRight"])
    expect(bench.page.locator(".submit[data-complete]")).to_be_visible()
    bench.press(["Control+z", "Control+z"])
    bench.expect_question(2, 3)
    expect(bench.panel.locator("[aria-pressed=true]")).to_have_count(0)
    expect(bench.page.locator(".submit")).to_contain_text("2 questions left")
    bench.press(["t", "t"])
    expect(bench.page.locator(".submit[data-complete]")).to_be_visible()
    bench.press(["Escape"])
    expect(bench.panel).to_have_count(0)
    bench.press(["Shift+B", "ArrowUp", "4"])
    bench.expect_question(1, 2)
    expect(bench.page.locator(".submit")).to_contain_text("1 question left")
    assert set(bench.sides()) == {"A", "C"}
    bench.panel.get_by_role("button", name="is better").first.click()
    expect(bench.page.locator(".submit[data-complete]")).to_be_visible()
    bench.submit()
    bench.wait_saved()
    assert len(stored()) == 2


def test_cannot_judge(shared_folders: None, browsing: Browsing, tmp_path: Path) -> None:
    """An edit that cannot be judged takes no part; without ties nothing is asked."""
    world = tied_world(tmp_path / "world", 3)
    bench = Ties(browsing.open(world.add("ann")))
    bench.open(world.project.slug)
    bench.press(["3", "3", "3", "3", "3", "x", "1", "Enter"])
    bench.expect_question(1, 1)
    assert set(bench.sides()) == {"A", "B"}
    bench.press(["t"])
    bench.submit()
    bench.wait()
    bench.press(["1", "2", "3"] * 2)
    bench.submit()
    bench.wait_saved()
    assert len(stored()) == 1
