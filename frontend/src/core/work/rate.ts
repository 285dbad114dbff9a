import { digitIndex, digitPresses } from "../actions";
import { openOnTask, ready, type WorkAction } from "./context";

/** What is said about the task. */
export const rateActions: readonly WorkAction[] = [
  {
    id: "rate",
    label: "action.rate",
    group: "work.rateGroup",
    keys: digitPresses,
    caps: ["1", "–", "9", "0"],
    fixed: true,
    run: ({ session, rest }, { code }) => {
      session.editor.rateAt(digitIndex(code) ?? -1);
      rest();
    },
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
    run: ({ session }) => session.editor.redo(),
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
];
