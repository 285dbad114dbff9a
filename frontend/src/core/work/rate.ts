import { digitIndex, digitPresses } from "../actions";
import { looking, ready, type WorkAction } from "./context";

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
    enabled: (context) =>
      (ready(context) || (looking(context) && context.session.tie.isShown)) &&
      context.session.missing.length === 0,
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
    enabled: looking,
  },
];
