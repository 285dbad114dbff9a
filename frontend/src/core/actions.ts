import type { PlainKey } from "../i18n/catalogue";

/** The key that was pressed, as far as an action may look at it; both empty for a control. */
export interface Press {
  readonly key: string;
  readonly code: string;
}

const noKey: Press = { key: "", code: "" };

/** One thing that a person can do: what help, shortcuts, buttons and tests all read. */
export interface Action<Context> {
  readonly id: string;
  readonly label: PlainKey;
  readonly group: PlainKey;
  /** Presses in tinykeys' notation; the first one is shown. */
  readonly keys: readonly string[];
  /** What is printed on the key cap, where it is not the first press itself. */
  readonly caps?: readonly string[];
  readonly run: (context: Context, press: Press) => void;
  readonly enabled: (context: Context) => boolean;
  /** Whether a held-down key counts again and again. */
  readonly repeats?: boolean;
  /** Ends an action that lasts as long as its key is held. */
  readonly release?: (context: Context) => void;
  /** Whether its key counts only while the focus is with the candidates or in the stage. */
  readonly inStage?: boolean;
  /** The mode that alone has it, where its keys mean something else otherwise. */
  readonly during?: string;
  /** Whether its keys are the same for everybody, because they say what they do. */
  readonly fixed?: boolean;
  /** Whether it is on now, for an action that switches. */
  readonly active?: (context: Context) => boolean;
}

/** Runs an action from its control: one that lasts begins with a press and ends with the next. */
export function pressAction<Context>(action: Action<Context>, context: Context): void {
  if (!action.enabled(context)) return;
  if (action.release && action.active?.(context)) action.release(context);
  else action.run(context, noKey);
}

/** The position of a digit key on the level scale, 0 for 1 and 9 for 0, main row or number pad. */
export function digitIndex(code: string): number | undefined {
  const match = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (!match) return undefined;
  return (Number(match[1]) + 9) % 10;
}

/** The presses of all digit keys. */
export const digitPresses: readonly string[] = ["Digit", "Numpad"].flatMap((pad) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map((digit) => `${pad}${digit}`),
);

const isApple = typeof navigator === "object" && /Mac|iP/.test(navigator.platform);

const capNames: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "Space",
  $mod: isApple ? "⌘" : "Ctrl",
  Control: "Ctrl",
  Delete: "Del",
  Escape: "Esc",
  PageUp: "PgUp",
  PageDown: "PgDn",
};

/** The caps to print for an action. */
export function capsOf(action: Pick<Action<never>, "keys" | "caps">): readonly string[] {
  return action.caps ?? action.keys.slice(0, 1).map(capOf);
}

/** What is printed for one press. */
export function capOf(press: string): string {
  const parts = press.replace("[Shift]+", "").split(/(?<=\w)\+/);
  return parts
    .map((part) => capNames[part] ?? part.replace(/^(?:Digit|Key)(?=.$)/, ""))
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}

/** Actions that share a press in one mode, by press; there must be none. */
export function sharedPresses(actions: readonly Action<never>[]): Map<string, string[]> {
  const byPress = new Map<string, string[]>();
  for (const action of actions) {
    for (const key of action.keys) {
      const press = action.during ? `${action.during}: ${key}` : key;
      byPress.set(press, [...(byPress.get(press) ?? []), action.id]);
    }
  }
  return new Map([...byPress].filter(([, ids]) => ids.length > 1));
}
