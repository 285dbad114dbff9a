"""What each action's key does, where, and that it does nothing else: the table of the actions."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.e2e.bench import Bench

CHANGED = "something else"
"""An expected value that only has to differ from the one before."""

LOOK = """
() => {
  const text = (selector) => document.querySelector(selector)?.textContent ?? "";
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read).join(" | ");
  return {
    task: text(".instruction-text"),
    letter: text("[role=tab][aria-selected=true] .tab-letter"),
    head: text(".rating-head"),
    answers: all("[role=tab]", (tab) => tab.getAttribute("aria-label")),
    sure: all(".dock [data-action=unsure]", (button) => button.ariaPressed),
    view: document.querySelector(".stage")?.dataset.view ?? "",
    panes: all(".pane-area", (pane) => pane.getAttribute("aria-label")),
    captions: all("main figcaption strong", (caption) => caption.textContent),
    zoom: document.querySelector(".frame")?.style.transform ?? "",
    panel: text("dialog[open] h2"),
    tool: document.querySelector(".tool-title")?.dataset.tool ?? "",
    settings: all(".tool-settings > :not(.fitting-note, .fitting)", (part) => part.textContent),
    loupe: all(".loupe", (loupe) => loupe.className),
    pinned: document.querySelector("#tool-menu [data-action=pin]")?.ariaPressed ?? "",
    beside: all(".shelf, .lineup, .tour", (part) => part.className),
    boxes: all(".region-box:not([data-draft])", (box) => box.style.cssText),
    reason: document.querySelector("select[data-action=boxReason]")?.value ?? "",
    outcome: all(".tie-choice[aria-pressed=true]", (choice) => choice.dataset.action),
    stopping: document.querySelector(".menu [data-action=stopAfter]")?.ariaPressed ?? "",
    notice: text(".rating [role=status]"),
    submit: text(".submit-word"),
  };
}
"""
"""Everything that an action may change, as a reader of the page finds it."""

Looks = dict[str, str]


@dataclass(frozen=True)
class Row:
    """One key press: the action that has it, in which context, what it changes, the way back."""

    action: str
    context: str
    press: str
    changes: Looks
    may: frozenset[str] = frozenset()
    """What may change beside it or stay."""
    back: tuple[str, ...] | None = ()
    """Keys that bring all back; None where nothing does, and the context is made anew."""
    held: bool = False
    """Whether the action lasts as long as the key is down."""

    def faults(self, before: Looks, after: Looks) -> list[str]:
        """What is not as the row says."""
        found = []
        for name, was in before.items():
            now, wanted = after[name], self.changes.get(name, was)
            is_met = now != was if wanted == CHANGED else now == wanted
            if not is_met and (name in self.changes or name not in self.may):
                found.append(f"{self.action} by {self.press}: {name} is {now!r}, was {was!r}")
        return found


@dataclass(frozen=True)
class Entry:
    """An action of the registry: its mode and the caps that help prints."""

    mode: str
    caps: tuple[str, ...]
    presses: tuple[str, ...] = ()
    """Its keys, where the caps only stand for them."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What no other action of the mode may have."""
        return self.presses or self.caps


def complete(bench: Bench) -> None:
    """All rated, no two sums equal, at the first cell."""
    bench.press([*"123123", "Shift+A", "ArrowUp"])
    expect(bench.page.locator(".submit[data-complete]")).to_be_visible()


def tied(bench: Bench) -> None:
    """The first question of the tie-break."""
    bench.press([*"222222", "Enter"])
    expect(bench.page.locator(".rating.tie")).to_be_visible()


def second(bench: Bench) -> None:
    """The question after it."""
    tied(bench)
    bench.press(["ArrowDown"])


def region(bench: Bench) -> None:
    """A box in the middle of the picture, chosen."""
    bench.press(["r"])
    bench.page.get_by_role("button", name="New box").click()
    expect(bench.page.locator(".region-box:not([data-draft])")).to_be_visible()


def submitted(bench: Bench) -> None:
    """A fresh task after one that was submitted."""
    complete(bench)
    bench.submit()
    bench.wait_saved()
    bench.wait()


CONTEXTS: dict[str, Callable[[Bench], None]] = {
    "fresh": lambda _: None,
    "middle": lambda bench: bench.press(["ArrowRight", "ArrowDown"]),
    "rated": lambda bench: bench.press(["3", "Shift+A"]),
    "undone": lambda bench: bench.press(["3", "Control+z"]),
    "zoomed": lambda bench: bench.press(["Shift+Equal", "Shift+Equal"]),
    "blinking": lambda bench: bench.press(["k"]),
    "complete": complete,
    "after one": submitted,
    "region": region,
    "tie": tied,
    "second question": second,
}

UNDO, AGAIN = ("Control+z",), "Press Ctrl+Z again to reopen the previous task"
ELSEWHERE = frozenset(
    {"letter", "head", "answers", "sure", "panes", "captions", "zoom", "notice", "submit"}
)
MOVED = {"letter": CHANGED, "head": CHANGED, "panes": CHANGED, "captions": CHANGED}
RATED = frozenset({"letter", "head", "sure", "panes", "captions", "notice", "zoom"})

ANSWERED = frozenset({*MOVED, "outcome"})
LEFT = frozenset({"sure", "notice"})

TOOL = frozenset({"captions", "panes", "zoom", "settings"})


def shows(action: str, press: str, tool: str) -> Row:
    """A key that turns a comparison tool on, and off again."""
    return Row(action, "fresh", press, {"tool": tool}, TOOL, (press,))


def opens(action: str, press: str, title: str, context: str = "fresh") -> Row:
    """A key that opens a panel, which Escape closes."""
    return Row(action, context, press, {"panel": title}, back=("Escape",))


ROWS: tuple[Row, ...] = (
    Row("rate", "fresh", "3", {"answers": CHANGED, "letter": "B"}, RATED, UNDO),
    Row("rate", "fresh", "Numpad2", {"answers": CHANGED, "letter": "B"}, RATED, UNDO),
    opens("cannot", "x", "What can’t be judged?"),  # noqa: RUF001 - the page's own sign
    opens("comment", "c", "Comment on this task"),
    opens("reasons", "y", "Why is Instruction following of edit A low?"),
    opens("guideline", "h", "Guideline"),
    opens("instruction", "i", "Instruction"),
    opens("help", "Shift+Slash", "Keys"),
    Row("next", "fresh", "ArrowRight", MOVED | {"letter": "B"}, back=("ArrowLeft",)),
    Row("nextDimension", "fresh", "ArrowDown", {"head": CHANGED}, back=("ArrowUp",)),
    Row("candidate", "fresh", "Shift+C", MOVED | {"letter": "C"}, back=("Shift+A",)),
    Row("source", "fresh", "Space", {"panes": CHANGED, "captions": "SOURCE"}, held=True),
    Row("source", "fresh", "f", {"panes": CHANGED, "captions": "SOURCE"}, held=True),
    Row("view", "fresh", "v", {"view": "sheet"}, TOOL | {"tool", "pinned"}, ("v",)),
    Row("fit", "fresh", "z", {"zoom": CHANGED}, back=("z",)),
    Row("double", "fresh", "Alt+z", {"zoom": CHANGED}, back=("Alt+z",)),
    Row("anchors", "fresh", "g", {"beside": "shelf"}, back=("g",)),
    Row("tour", "fresh", "u", {"beside": "tour"}, back=("Escape",)),
    Row("stopAfter", "fresh", "m", {"stopping": "true"}, back=("m",)),
    Row("region", "fresh", "r", {"head": CHANGED}, frozenset({"notice", "sure"}), ("Escape",)),
    shows("side", "w", "side"),
    shows("slider", "s", "slider"),
    shows("difference", "d", "difference"),
    shows("map", "e", "map"),
    shows("outside", "o", "outside"),
    shows("blink", "k", "blink"),
    Row("pin", "fresh", "b", {"pinned": "true", "tool": "side"}, TOOL, ("b", "w")),
    Row("loupe", "fresh", "l", {"loupe": "loupe"}, back=("l",)),
    Row("pause", "blinking", "p", {"settings": CHANGED}, TOOL, ("p",)),
    Row("nextChange", "fresh", "n", {"zoom": CHANGED}, TOOL, None),
    Row("zoomIn", "fresh", "Shift+Equal", {"zoom": CHANGED}, back=None),
    Row("previous", "middle", "ArrowLeft", MOVED | {"letter": "A"}, back=("ArrowRight",)),
    Row("previousDimension", "middle", "ArrowUp", {"head": CHANGED}, back=("ArrowDown",)),
    Row("unsure", "rated", "q", {"sure": "true"}, frozenset({"answers"}), ("q",)),
    Row("undo", "rated", "Control+z", {"answers": CHANGED}, RATED, ("Control+Shift+z",)),
    Row("redo", "undone", "Control+Shift+z", {"answers": CHANGED}, RATED, UNDO),
    Row("zoomOut", "zoomed", "Minus", {"zoom": CHANGED}, back=("Shift+Equal",)),
    Row("lineup", "complete", "a", {"beside": "lineup"}, back=("a",)),
    Row("submit", "complete", "Enter", {"task": CHANGED}, ELSEWHERE, None),
    Row("undo", "after one", "Control+z", {"notice": AGAIN}, back=("ArrowRight", "ArrowLeft")),
    Row("moveBox", "region", "ArrowRight", {"boxes": CHANGED}, back=UNDO),
    Row("sizeBox", "region", "Shift+ArrowDown", {"boxes": CHANGED}, back=UNDO),
    Row("boxReason", "region", "1", {"reason": CHANGED}, back=UNDO),
    Row("removeBox", "region", "Delete", {"boxes": ""}, back=None),
    Row(
        "leave", "region", "Escape", {"head": CHANGED}, frozenset({"boxes", "sure", "notice"}), None
    ),
    Row("preferLeft", "tie", "ArrowLeft", {"head": CHANGED}, ANSWERED, None),
    Row("preferRight", "tie", "ArrowRight", {"head": CHANGED}, ANSWERED, None),
    Row("tie", "tie", "t", {"head": CHANGED}, ANSWERED, None),
    Row("nextQuestion", "tie", "ArrowDown", {"head": CHANGED}, frozenset(MOVED), ("ArrowUp",)),
    Row(
        "previousQuestion",
        "second question",
        "ArrowUp",
        {"head": CHANGED},
        frozenset(MOVED),
        ("ArrowDown",),
    ),
)

ARROWS = ("←", "→", "↑", "↓")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACTIONS: dict[str, Entry] = {
    "rate": Entry("rate", ("1", "9", "0"), tuple("1234567890")),
    "submit": Entry("any", ("Enter",)),
    "undo": Entry("any", ("Ctrl+Z",)),
    "redo": Entry("any", ("Ctrl+Shift+Z",)),
    "cannot": Entry("rate", ("X",)),
    "comment": Entry("rate", ("C",)),
    "reasons": Entry("rate", ("Y",)),
    "unsure": Entry("rate", ("Q",)),
    "region": Entry("any", ("R",)),
    "leave": Entry("any", ("Esc",)),
    "moveBox": Entry("region", ARROWS),
    "sizeBox": Entry("region", ("Shift", *ARROWS), tuple(f"Shift+{key}" for key in ARROWS)),
    "boxReason": Entry("region", ("1", "9"), tuple("1234567890")),
    "removeBox": Entry("region", ("Del",)),
    "preferLeft": Entry("tie", ("←",)),
    "preferRight": Entry("tie", ("→",)),
    "tie": Entry("tie", ("T",)),
    "previousQuestion": Entry("tie", ("↑",)),
    "nextQuestion": Entry("tie", ("↓",)),
    "next": Entry("rate", ("→",)),
    "previous": Entry("rate", ("←",)),
    "nextDimension": Entry("rate", ("↓",)),
    "previousDimension": Entry("rate", ("↑",)),
    "candidate": Entry("rate", ("Shift+A", "Z"), tuple(f"Shift+{key}" for key in LETTERS)),
    "source": Entry("any", ("Space", "F")),
    "view": Entry("rate", ("V",)),
    "fit": Entry("any", ("Z",)),
    "double": Entry("any", ("Alt+Z",)),
    "zoomIn": Entry("any", ("+",)),
    "zoomOut": Entry("any", ("−",)),  # noqa: RUF001 - the sign on the cap
    "side": Entry("rate", ("W",)),
    "slider": Entry("rate", ("S",)),
    "difference": Entry("rate", ("D",)),
    "map": Entry("rate", ("E",)),
    "outside": Entry("rate", ("O",)),
    "blink": Entry("rate", ("K",)),
    "pause": Entry("rate", ("P",)),
    "pin": Entry("rate", ("B",)),
    "nextChange": Entry("rate", ("N",)),
    "loupe": Entry("rate", ("L",)),
    "anchors": Entry("any", ("G",)),
    "guideline": Entry("any", ("H",)),
    "instruction": Entry("any", ("I",)),
    "help": Entry("any", ("?",)),
    "lineup": Entry("rate", ("A",)),
    "tour": Entry("rate", ("U",)),
    "stopAfter": Entry("any", ("M",)),
}
"""Every action; of its presses those that help prints."""
