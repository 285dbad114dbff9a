import { type Action, digitIndex, digitPresses } from "./actions";
import type { WorkSession } from "./session";

/** What the rating page's actions act on. */
export interface WorkContext {
  readonly session: WorkSession;
  readonly zoom: { toggle(): void; by(factor: number): void };
}

type WorkAction = Action<WorkContext>;

const ready = ({ session }: WorkContext) => session.isReady;
const step = (axis: "label" | "dimension", by: 1 | -1) => ({
  run: ({ session }: WorkContext) => session.step(axis, by),
  enabled: ready,
  repeats: true,
});
const open = (panel: "cannot" | "comment" | "reasons" | "guideline" | "instruction" | "help") => ({
  run: ({ session }: WorkContext) => session.setPanel(panel),
  enabled: ({ session }: WorkContext) => session.state.get().panel === null,
});
const openOnTask = (panel: Parameters<typeof open>[0]) => ({ ...open(panel), enabled: ready });

/** The one list of what can be done on the rating page. */
export const workActions: readonly WorkAction[] = [
  {
    id: "rate",
    label: "action.rate",
    group: "work.rateGroup",
    keys: digitPresses,
    caps: ["1", "–", "9", "0"],
    run: ({ session }, { code }) => session.rateAt(digitIndex(code) ?? -1),
    enabled: ready,
  },
  {
    id: "submit",
    label: "action.submit",
    group: "work.rateGroup",
    keys: ["Enter", "NumpadEnter"],
    run: ({ session }) => void session.submit(),
    enabled: (context) => ready(context) && context.session.missing.length === 0,
  },
  {
    id: "undo",
    label: "action.undo",
    group: "work.rateGroup",
    keys: ["$mod+z"],
    run: ({ session }) => void session.undo(),
    enabled: ({ session }) => session.state.get().panel === null,
  },
  {
    id: "redo",
    label: "action.redo",
    group: "work.rateGroup",
    keys: ["$mod+Shift+z"],
    run: ({ session }) => session.redo(),
    enabled: ready,
  },
  {
    id: "cannot",
    label: "action.cannot",
    group: "work.rateGroup",
    keys: ["x"],
    ...openOnTask("cannot"),
  },
  {
    id: "comment",
    label: "action.comment",
    group: "work.rateGroup",
    keys: ["c"],
    ...openOnTask("comment"),
  },
  {
    id: "reasons",
    label: "action.reasons",
    group: "work.rateGroup",
    keys: ["y"],
    ...openOnTask("reasons"),
    enabled: (context) => ready(context) && context.session.document.low_score_reasons.length > 0,
  },
  {
    id: "next",
    label: "action.next",
    group: "work.moveGroup",
    keys: ["ArrowRight"],
    ...step("label", 1),
  },
  {
    id: "previous",
    label: "action.previous",
    group: "work.moveGroup",
    keys: ["ArrowLeft"],
    ...step("label", -1),
  },
  {
    id: "nextDimension",
    label: "action.nextDimension",
    group: "work.moveGroup",
    keys: ["ArrowDown"],
    ...step("dimension", 1),
  },
  {
    id: "previousDimension",
    label: "action.previousDimension",
    group: "work.moveGroup",
    keys: ["ArrowUp"],
    ...step("dimension", -1),
  },
  {
    id: "candidate",
    label: "action.candidate",
    group: "work.moveGroup",
    keys: ["Shift+([a-z])"],
    caps: ["Shift+A", "–", "Z"],
    run: ({ session }, { key }) => {
      const label = key.toUpperCase();
      if (session.labels.includes(label)) session.go({ label });
    },
    enabled: ready,
  },
  {
    id: "source",
    label: "action.source",
    group: "work.lookGroup",
    keys: ["Space", "f"],
    caps: ["Space", "F"],
    run: ({ session }) => session.holdSource(true),
    enabled: ready,
    release: ({ session }) => session.holdSource(false),
  },
  {
    id: "view",
    label: "action.view",
    group: "work.lookGroup",
    keys: ["v"],
    run: ({ session }) => session.setView(session.state.get().view === "focus" ? "sheet" : "focus"),
    enabled: ready,
  },
  {
    id: "fit",
    label: "action.fit",
    group: "work.lookGroup",
    keys: ["z"],
    run: ({ zoom }) => zoom.toggle(),
    enabled: ready,
  },
  {
    id: "zoomIn",
    label: "action.zoomIn",
    group: "work.lookGroup",
    keys: ["[Shift]+Equal", "[Shift]+NumpadAdd"],
    caps: ["+"],
    run: ({ zoom }) => zoom.by(1.25),
    enabled: ready,
    repeats: true,
  },
  {
    id: "zoomOut",
    label: "action.zoomOut",
    group: "work.lookGroup",
    keys: ["Minus", "NumpadSubtract"],
    caps: ["−"],
    run: ({ zoom }) => zoom.by(0.8),
    enabled: ready,
    repeats: true,
  },
  {
    id: "guideline",
    label: "action.guideline",
    group: "work.readGroup",
    keys: ["g"],
    ...open("guideline"),
  },
  {
    id: "instruction",
    label: "action.instruction",
    group: "work.readGroup",
    keys: ["i"],
    ...openOnTask("instruction"),
  },
  {
    id: "help",
    label: "action.help",
    group: "work.readGroup",
    keys: ["[Shift]+?"],
    caps: ["?"],
    ...open("help"),
  },
];

/** The caps of one action by its id, for the control that does the same. */
export function workAction(id: string): WorkAction {
  const action = workActions.find((item) => item.id === id);
  if (!action) throw new Error(`There is no action ${id}`);
  return action;
}
