import { matchKeybindingPress, parseKeybinding } from "tinykeys";
import type { Action } from "./actions";

/** Beside which hand's mouse the keys lie. */
export const hands = ["right", "left"] as const;

/** Which keys an account uses. */
export interface KeySettings {
  /** The hand that holds the mouse: the other one finds the letters on its side. */
  readonly hand: (typeof hands)[number];
  /** Whether a letter, digit or sign alone is a shortcut. */
  readonly single: boolean;
  /** Own presses by action, in place of those that come with the program. */
  readonly own: Readonly<Record<string, readonly string[]>>;
}

type Keyed = Pick<Action<never>, "id" | "keys" | "caps" | "fixed" | "during">;

/** Keys as they come with the program. */
export const programKeys: KeySettings = { hand: "right", single: true, own: {} };

const mostOwn = 100;

/** The settings among an account's preferences; what is not as it should be counts as not set. */
export function readKeys(preferences: { readonly keys?: unknown }): KeySettings {
  const { hand, single, own } = asRecord(preferences.keys);
  const presses = Object.entries(asRecord(own)).filter(
    (entry): entry is [string, string[]] =>
      Array.isArray(entry[1]) && entry[1].every((press) => typeof press === "string"),
  );
  return {
    hand: hand === "left" ? "left" : "right",
    single: single !== false,
    own: Object.fromEntries(presses.slice(0, mostOwn)),
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The actions under the keys of an account; an own press takes a key away from all others. */
export function withKeys<Item extends Keyed>(actions: readonly Item[], map: KeySettings): Item[] {
  const place = (action: Keyed, press: string) => `${action.during ?? ""} ${normal(press)}`;
  const own = actions.flatMap((action) =>
    (ownKeys(action, map) ?? []).map((press) => place(action, press)),
  );
  const taken = new Set(own);
  return actions.map((action) => {
    const keys = ownKeys(action, map);
    const given = keys ? { ...bare(action), keys } : forHand(action, map.hand);
    return keep(given, (press) => {
      const isMine = keys !== undefined || action.fixed || !taken.has(place(action, press));
      return isMine && (map.single || !isSingle(press));
    });
  });
}

function ownKeys(action: Keyed, map: KeySettings): readonly string[] | undefined {
  return action.fixed ? undefined : map.own[action.id];
}

/** An action without the caps that only its first presses have. */
function bare<Item extends Keyed>(action: Item): Item {
  const { caps: _, ...rest } = action;
  return rest as Item;
}

function forHand<Item extends Keyed>(action: Item, hand: KeySettings["hand"]): Item {
  if (hand === "right" || action.fixed) return action;
  const keys = action.keys.map(mirrored);
  if (keys.every((press, index) => press === action.keys[index])) return action;
  return { ...bare(action), keys };
}

function keep<Item extends Keyed>(action: Item, free: (press: string) => boolean): Item {
  const keys = action.keys.filter(free);
  return keys.length === action.keys.length ? action : { ...bare(action), keys };
}

const leftHalf = "qwertasdfgzxcvb";
const rightHalf = "poiuy;lkjh/.,mn";

/** The press at the mirrored place of the keyboard; what is no plain letter stays. */
function mirrored(press: string): string {
  if (press.length !== 1) return press;
  const key = rightHalf[leftHalf.indexOf(press)] ?? leftHalf[rightHalf.indexOf(press)] ?? press;
  return /[a-z]/.test(key) ? key : `[Shift]+${key}`;
}

const modified = /(?:^|\+)(?:\$mod|Control|Alt|Meta)\+/;

/** Whether a press is a character without Ctrl, Alt or the like (WCAG 2.1.4). */
export function isSingle(press: string): boolean {
  if (modified.test(press)) return false;
  const key = press.replace(/^(?:\[?Shift\]?\+)+/, "");
  if (key.length === 1 || key.startsWith("(")) return true;
  return /^(?:Digit|Key|Space|Equal|Minus|Numpad(?!Enter))/.test(key);
}

const modifiers = ["Control", "Alt", "Meta", "Shift"];

/** The press of a key event in our notation; null for a modifier alone or an unfinished character. */
export function pressOf(event: KeyboardEvent): string | null {
  if (event.isComposing || event.keyCode === 229) return null;
  const key = nameOf(event);
  if (key === null) return null;
  const held = modifiers.filter((name) => event.getModifierState(name) && name !== "Shift");
  const isSign = key.length === 1 && !/[a-z]/.test(key);
  const shift = isSign ? ["[Shift]"] : event.shiftKey ? ["Shift"] : [];
  return [...held, ...shift, key].join("+");
}

function nameOf({ key, code }: KeyboardEvent): string | null {
  if ([...modifiers, "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"].includes(key)) {
    return null;
  }
  if (/^(?:Digit|Numpad)/.test(code) || code === "Space") return code;
  if (key.length > 1) return key;
  const isLatin = key.charCodeAt(0) < 128;
  return isLatin || !code.startsWith("Key") ? key.toLowerCase() : code.slice(3).toLowerCase();
}

/** Whether a key event is one of an action's presses. */
export function isPressOf(action: Pick<Keyed, "keys">, event: KeyboardEvent): boolean {
  return action.keys.flatMap(parseKeybinding).some((press) => matchKeybindingPress(event, press));
}

/** Why a key cannot be an action's: the browser needs it, or another action has it. */
export type Refusal =
  | { readonly code: "reserved" }
  | { readonly code: "taken"; readonly by: string };

/** Whether an action may have the key of this event, under the keys that all others have now. */
export function refusal(
  event: KeyboardEvent,
  press: string,
  wanted: Keyed,
  actions: readonly Keyed[],
): Refusal | null {
  if (isReserved(press)) return { code: "reserved" };
  const holder = actions.find(
    (action) =>
      action.id !== wanted.id && action.during === wanted.during && isPressOf(action, event),
  );
  return holder ? { code: "taken", by: holder.id } : null;
}

const reservedNames = /^(?:F\d+|Tab|Escape|ContextMenu|Backspace|BrowserBack|BrowserForward)$/;
const reservedWithAlt = /^(?:ArrowLeft|ArrowRight|Home|F4|d|e|f|Space|Digit\d)$/;
const free = ["z", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Space"];

/** Whether a browser or system keeps a press for itself. */
export function isReserved(press: string): boolean {
  const parts = press.split(/(?<=\w|\])\+/);
  const key = parts.at(-1) ?? "";
  if (reservedNames.test(key) || parts.includes("Meta")) return true;
  if (parts.includes("Alt")) return parts.length === 2 && reservedWithAlt.test(key);
  if (!parts.includes("Control")) return false;
  // A browser has something under nearly every letter and digit with Ctrl, with and without Shift.
  return (
    !free.includes(key) && /^(?:[a-z]|Digit\d|Numpad.*|\W|Home|End|Page.*|Insert|Delete)$/.test(key)
  );
}

/** A press as it is compared, whatever its spelling of the main modifier. */
function normal(press: string): string {
  const parts = press.replace("$mod", "Control").split(/(?<=\w|\])\+/);
  return [...parts.slice(0, -1).sort(), parts.at(-1)].join("+");
}
