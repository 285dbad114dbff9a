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
    action.run(now, { key: letterOf(event), code: event.code });
  };
  const onDown = (event: KeyboardEvent) => {
    const now = context();
    if (!now || isForeign(event) || keepsKey(event.target, event.key)) return;
    const action = find<Context>(bound, event, now);
    if (!action || (action.inStage && !isInStage(event.target))) return;
    // Escape closes what the browser opened, unless it has a meaning of ours now.
    if (event.key === "Escape" && !action.enabled(now)) return;
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

/** Whether a key press is none of ours: composing, handled, in a text field or menu, under a dialog. */
function isForeign(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.ownerDocument.querySelector("dialog[open]")) return true;
  return event.target.closest("[popover]:not([data-keys])") !== null || isTextField(event.target);
}

/** Whether the focus is with the candidates, in the stage, or on nothing at all. */
function isInStage(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  return target.matches("body, html") || target.closest("[data-stage-keys], main") !== null;
}

const textTypes = new Set(["text", "search", "email", "password", "number", "url", "tel", "date"]);

function isTextField(element: Element): boolean {
  if (element instanceof HTMLInputElement) return textTypes.has(element.type);
  return element.matches("textarea, select, [contenteditable]");
}

const valueKeys = /^(?:Arrow|Page|Home|End)/;

/** Whether the focused control gives this key its native meaning. */
function keepsKey(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element) || target.closest("[data-stage-keys]")) return false;
  if (target.matches("input[type=radio]")) return key.startsWith("Arrow") || key === " ";
  if (target.matches("input[type=range]") && valueKeys.test(key)) return true;
  return target.matches("button, a, summary, input") && (key === "Enter" || key === " ");
}

function find<Context>(
  bound: readonly Bound<Context>[],
  event: KeyboardEvent,
  now: Context,
): Action<Context> | undefined {
  const letter = letterOf(event);
  const exact = match(bound, event, now);
  return exact ?? (letter === event.key ? undefined : match(bound, under(event, letter), now));
}

/** The printed letter of a key, or that of its place where the layout has no Latin letters. */
function letterOf({ key, code }: KeyboardEvent): string {
  const isLatin = key.length > 1 || key.charCodeAt(0) < 128;
  return isLatin || !code.startsWith("Key") ? key : code.slice(3).toLowerCase();
}

/** The same key press under another letter. */
function under(event: KeyboardEvent, letter: string): KeyboardEvent {
  return new Proxy(event, {
    get: (original, name) => {
      if (name === "key") return letter;
      const value: unknown = Reflect.get(original, name);
      return typeof value === "function" ? value.bind(original) : value;
    },
  });
}

/** The action of a key press: the one that can run now, where modes share the key. */
function match<Context>(
  bound: readonly Bound<Context>[],
  event: KeyboardEvent,
  now: Context,
): Action<Context> | undefined {
  const found = bound
    .filter((entry) => entry.presses.some((press) => matchKeybindingPress(event, press)))
    .map((entry) => entry.action);
  return found.find((action) => action.enabled(now)) ?? found[0];
}
