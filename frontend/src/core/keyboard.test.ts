// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { type Action, digitIndex, digitPresses, sharedPresses } from "./actions";
import { bindKeyboard } from "./keyboard";
import { workActions } from "./workActions";

const log: string[] = [];
let enabled = true;

const action = (id: string, keys: readonly string[], more: Partial<Action<object>> = {}) => ({
  id,
  label: "app.name" as const,
  group: "app.name" as const,
  keys,
  run: (_: object, { code }: { code: string }) => {
    log.push(`${id} ${code}`);
  },
  enabled: () => enabled,
  ...more,
});

const actions = [
  action("rate", digitPresses),
  action("next", ["ArrowRight"], { repeats: true }),
  action("previous", ["ArrowLeft"], { inStage: true }),
  action("submit", ["Enter"]),
  action("undo", ["Control+z"]),
  action("view", ["v"]),
  action("source", ["Space"], { release: () => log.push("source over") }),
  action("help", ["[Shift]+?"]),
];

function press(
  type: "keydown" | "keyup",
  init: KeyboardEventInit,
  target: EventTarget = document.body,
) {
  const event = new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

function field(html: string): Element {
  document.body.innerHTML = html;
  const element = document.body.querySelector("[data-target]");
  if (!element) throw new Error("no target");
  return element;
}

beforeEach(() => {
  log.length = 0;
  enabled = true;
  document.body.innerHTML = "";
  const stop = bindKeyboard(window, actions, () => ({}));
  return stop;
});

test("it works: digits go by code, on the main row and the number pad", () => {
  press("keydown", { key: "3", code: "Digit3" });
  press("keydown", { key: "End", code: "Numpad1" });
  press("keydown", { key: "&", code: "Digit1" });
  expect(log).toEqual(["rate Digit3", "rate Numpad1", "rate Digit1"]);
  expect([digitIndex("Digit1"), digitIndex("Numpad9"), digitIndex("Digit0")]).toEqual([0, 8, 9]);
  expect(digitIndex("KeyA")).toBeUndefined();
});

test("letters go by the printed letter, and by position where the layout has none", () => {
  press("keydown", { key: "v", code: "Period" });
  press("keydown", { key: "м", code: "KeyV" });
  press("keydown", { key: "k", code: "KeyV" });
  expect(log).toEqual(["view Period", "view KeyV"]);
});

test("nothing fires during composition", () => {
  press("keydown", { key: "3", code: "Digit3", isComposing: true });
  press("keydown", { key: "Process", code: "Digit3", keyCode: 229 });
  expect(log).toEqual([]);
});

test("modifiers that are not bound keep a key quiet", () => {
  press("keydown", { key: "3", code: "Digit3", ctrlKey: true });
  press("keydown", { key: "v", code: "KeyV", altKey: true });
  press("keydown", { key: "z", code: "KeyZ", ctrlKey: true });
  press("keydown", { key: "?", code: "Slash", shiftKey: true });
  expect(log).toEqual(["undo KeyZ", "help Slash"]);
});

test("a held-down key repeats moving only", () => {
  press("keydown", { key: "3", code: "Digit3", repeat: true });
  press("keydown", { key: "Enter", code: "Enter", repeat: true });
  press("keydown", { key: "ArrowRight", code: "ArrowRight", repeat: true });
  expect(log).toEqual(["next ArrowRight"]);
});

test("text fields and dialogs keep all keys", () => {
  press("keydown", { key: "3", code: "Digit3" }, field("<input data-target>"));
  press(
    "keydown",
    { key: "z", code: "KeyZ", ctrlKey: true },
    field("<textarea data-target></textarea>"),
  );
  press(
    "keydown",
    { key: "3", code: "Digit3" },
    field("<dialog open><button data-target>x</button></dialog>"),
  );
  press("keydown", { key: "3", code: "Digit3" });
  expect(log).toEqual([]);
});

test("an action of the stage needs the focus with the candidates, in the stage or nowhere", () => {
  const arrow = { key: "ArrowLeft", code: "ArrowLeft" };
  press("keydown", arrow);
  press("keydown", arrow, field("<main><button data-target>x</button></main>"));
  press("keydown", arrow, field("<div data-stage-keys><button data-target>A</button></div>"));
  expect(log).toHaveLength(3);
  const elsewhere = press("keydown", arrow, field("<button data-target>x</button>"));
  press("keydown", arrow, field('<main><input type="range" data-target></main>'));
  expect(elsewhere.defaultPrevented).toBe(false);
  expect(log).toHaveLength(3);
});

test("Tab is never taken", () => {
  expect(press("keydown", { key: "Tab", code: "Tab" }).defaultPrevented).toBe(false);
});

test("a radio keeps its arrows and Space, a button Enter and Space, digits rate from both", () => {
  const radio = field('<input type="radio" data-target>');
  press("keydown", { key: "ArrowRight", code: "ArrowRight" }, radio);
  press("keydown", { key: " ", code: "Space" }, radio);
  press("keydown", { key: "2", code: "Digit2" }, radio);
  const button = field("<button data-target>x</button>");
  press("keydown", { key: "Enter", code: "Enter" }, button);
  press("keydown", { key: "4", code: "Digit4" }, button);
  expect(log).toEqual(["rate Digit2", "rate Digit4"]);
});

test("a control of the stage leaves Enter and Space to the actions", () => {
  const tab = field("<div data-stage-keys><button data-target>A</button></div>");
  press("keydown", { key: "Enter", code: "Enter" }, tab);
  expect(log).toEqual(["submit Enter"]);
});

test("a held action ends on key up and when the window loses focus", () => {
  press("keydown", { key: " ", code: "Space" });
  press("keyup", { key: " ", code: "Space" });
  press("keydown", { key: " ", code: "Space" });
  window.dispatchEvent(new Event("blur"));
  press("keyup", { key: " ", code: "Space" });
  expect(log).toEqual(["source Space", "source over", "source Space", "source over"]);
});

test("a disabled action swallows its key and does nothing", () => {
  enabled = false;
  expect(press("keydown", { key: "v", code: "KeyV" }).defaultPrevented).toBe(true);
  expect(log).toEqual([]);
});

test("the rating page binds no key twice and names no action twice", () => {
  expect(sharedPresses(workActions)).toEqual(new Map());
  expect(new Set(workActions.map((item) => item.id)).size).toBe(workActions.length);
});
