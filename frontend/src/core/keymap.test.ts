// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { capsOf, sharedPresses } from "./actions";
import {
  isReserved,
  isSingle,
  type KeySettings,
  pressOf,
  programKeys,
  readKeys,
  refusal,
  withKeys,
} from "./keymap";
import { workAction, workActions } from "./workActions";

const down = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

const keysOf = (id: string, settings: Partial<KeySettings>) =>
  withKeys(workActions, { ...programKeys, ...settings }).find((action) => action.id === id);

test("it works: without settings the actions are as they come", () => {
  expect(withKeys(workActions, programKeys)).toEqual(workActions);
  expect(readKeys({})).toEqual(programKeys);
});

test("for a mouse in the left hand the letters lie mirrored, and none meets another", () => {
  expect(keysOf("view", { hand: "left" })?.keys).toEqual(["m"]);
  expect(keysOf("source", { hand: "left" })?.keys).toEqual(["Space", "j"]);
  expect(keysOf("next", { hand: "left" })?.keys).toEqual(["ArrowRight"]);
  const actions = withKeys(workActions, { ...programKeys, hand: "left" });
  expect(sharedPresses(actions)).toEqual(new Map());
});

test("an own key is the only one of its action, is printed, and leaves the others", () => {
  const settings = { own: { view: ["f"], fit: ["Control+Shift+z"] } };
  const view = keysOf("view", settings);
  expect([view?.keys, view && capsOf(view)]).toEqual([["f"], ["F"]]);
  expect(keysOf("source", settings)?.keys).toEqual(["Space"]);
  expect(keysOf("redo", settings)?.keys).toEqual([]);
  expect(sharedPresses(withKeys(workActions, { ...programKeys, ...settings }))).toEqual(new Map());
});

test("keys that say what they do are nobody's own", () => {
  expect(keysOf("rate", { own: { rate: ["j"] } })?.keys).toContain("Digit1");
});

test("without single keys only arrows, Enter and presses with Ctrl or Alt are left", () => {
  const settings = { ...programKeys, single: false, own: { view: ["Alt+v"] } };
  const left = withKeys(workActions, settings).filter((action) => action.keys.length > 0);
  expect(left.map((action) => action.id).sort()).toEqual([
    "double",
    "leave",
    "moveBox",
    "next",
    "nextDimension",
    "nextQuestion",
    "preferLeft",
    "preferRight",
    "previous",
    "previousDimension",
    "previousQuestion",
    "redo",
    "removeBox",
    "sizeBox",
    "submit",
    "undo",
    "view",
  ]);
  const singles = ["v", "Shift+([a-z])", "[Shift]+?", "Digit1", "Numpad0", "Space", "Shift+q"];
  expect(singles.map(isSingle)).toEqual(singles.map(() => true));
  expect(["Control+v", "$mod+z", "Enter", "NumpadEnter", "Alt+Digit1"].some(isSingle)).toBe(false);
});

test("a press is written by its letter or sign, else by its place", () => {
  const written = [
    down({ key: "V", code: "KeyV", shiftKey: true }),
    down({ key: "м", code: "KeyV" }),
    down({ key: "?", code: "Slash", shiftKey: true }),
    down({ key: "/", code: "Digit7", shiftKey: true }),
    down({ key: " ", code: "Space" }),
    down({ key: "z", code: "KeyY", ctrlKey: true }),
    down({ key: "F2", code: "F2" }),
    down({ key: "Shift", code: "ShiftLeft", shiftKey: true }),
    down({ key: "Process", code: "KeyV", keyCode: 229 }),
  ].map(pressOf);
  expect(written).toEqual([
    "Shift+v",
    "v",
    "[Shift]+?",
    "Shift+Digit7",
    "Space",
    "Control+z",
    "F2",
    null,
    null,
  ]);
});

test("what a browser keeps for itself is refused", () => {
  const kept = [..."wtnrlpsfacvx"].map((letter) => `Control+${letter}`);
  const more = ["F1", "F12", "Tab", "Shift+Tab", "Escape", "Alt+ArrowLeft", "Meta+k"];
  const others = ["Control+Shift+t", "Control+Digit1", "Control+Tab", "Control+[Shift]++"];
  const all = [...kept, ...more, ...others];
  expect(all.filter((press) => !isReserved(press))).toEqual([]);
  const free = ["v", "Shift+v", "Alt+v", "Control+z", "Control+Enter", "Delete", "[Shift]+?"];
  expect(free.filter(isReserved)).toEqual([]);
});

test("a key that another action has is refused with its name, under the keys of now", () => {
  const event = down({ key: "v", code: "KeyV" });
  const { fit, view } = { fit: workAction("fit"), view: workAction("view") };
  expect(refusal(event, "v", fit, workActions)).toEqual({ code: "taken", by: "view" });
  expect(refusal(event, "v", view, workActions)).toBeNull();
  expect(refusal(event, "v", workAction("tie"), workActions)).toBeNull();
  const moved = withKeys(workActions, { ...programKeys, own: { view: ["Alt+v"] } });
  expect(refusal(event, "v", fit, moved)).toBeNull();
  const capital = down({ key: "Q", code: "KeyQ", shiftKey: true });
  expect(refusal(capital, "Shift+q", fit, moved)).toEqual({ code: "taken", by: "candidate" });
  const digit = down({ key: "1", code: "Numpad1" });
  expect(refusal(digit, "Numpad1", fit, moved)).toEqual({ code: "taken", by: "rate" });
});

test("settings that are not as they should be count as not set", () => {
  expect(readKeys({ keys: { hand: "third", single: "no", own: { view: 3, fit: ["a"] } } })).toEqual(
    { hand: "right", single: true, own: { fit: ["a"] } },
  );
  expect(readKeys({ keys: "x" })).toEqual(programKeys);
});
