import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from "tinykeys";
import type { Action } from "./actions";

interface Bound<Context> {
  readonly action: Action<Context>;
  readonly presses: readonly KeybindingPress[];
}

/**
 * Runs actions from key presses on a target. Letters go by the printed letter and, on a layout that
 * has none, by position. Nothing fires during composition or in text fields; a control keeps the
 * keys that are its own. Returns how to stop.
 */
export function bindKeyboard<Context>(
  target: Window,
  actions: readonly Action<Context>[],
  context: () => Context | null,
): () => void {
  const bound = actions.map((action) => ({
    action,
    presses: action.keys.flatMap(parseKeybinding),
  }));
  let held: { action: Action<Context>; code: string } | null = null;

  const release = () => {
    const now = context();
    if (held && now) held.action.release?.(now);
    held = null;
  };
  const start = (action: Action<Context>, now: Context, event: KeyboardEvent) => {
    const isMeant = !event.repeat || action.repeats === true;
    if (!isMeant || !action.enabled(now)) return;
    if (action.release) held = { action, code: event.code };
    action.run(now, { key: event.key, code: event.code });
  };
  const onDown = (event: KeyboardEvent) => {
    const now = context();
    if (!now || isForeign(event) || keepsKey(event.target, event.key)) return;
    const action = find(bound, event);
    if (!action) return;
    event.preventDefault();
    start(action, now, event);
  };
  const onUp = (event: KeyboardEvent) => {
    if (held?.code !== event.code) return;
    event.preventDefault();
    release();
  };
  const onHidden = () => {
    if (target.document.hidden) release();
  };

  target.addEventListener("keydown", onDown);
  target.addEventListener("keyup", onUp);
  target.addEventListener("blur", release);
  target.document.addEventListener("visibilitychange", onHidden);
  return () => {
    release();
    target.removeEventListener("keydown", onDown);
    target.removeEventListener("keyup", onUp);
    target.removeEventListener("blur", release);
    target.document.removeEventListener("visibilitychange", onHidden);
  };
}

/** Whether a key press is none of ours: composing, already handled, in a dialog or a text field. */
function isForeign(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  if (!(event.target instanceof Element)) return false;
  return event.target.closest("dialog, [popover]") !== null || isTextField(event.target);
}

const textTypes = new Set(["text", "search", "email", "password", "number", "url", "tel", "date"]);

function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return textTypes.has(element.type);
  return element.matches("textarea, select, [contenteditable]");
}

/** Whether the focused control gives this key its native meaning. */
function keepsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element) || target.closest("[data-stage-keys]")) return false;
  if (target.matches("input[type=radio]")) return key.startsWith("Arrow") || key === " ";
  return target.matches("button, a, summary, input") && (key === "Enter" || key === " ");
}

function find<Context>(
  bound: readonly Bound<Context>[],
  event: KeyboardEvent,
): Action<Context> | undefined {
  const exact = match(bound, event);
  const isLatin = event.key.length > 1 || event.key.charCodeAt(0) < 128;
  if (exact || isLatin || !event.code.startsWith("Key")) return exact;
  const letter = event.code.slice(3).toLowerCase();
  const moved = new Proxy(event, {
    get: (original, name) => {
      if (name === "key") return letter;
      const value: unknown = Reflect.get(original, name);
      return typeof value === "function" ? value.bind(original) : value;
    },
  });
  return match(bound, moved);
}

function match<Context>(
  bound: readonly Bound<Context>[],
  event: KeyboardEvent,
): Action<Context> | undefined {
  return bound.find((entry) => entry.presses.some((press) => matchKeybindingPress(event, press)))
    ?.action;
}
