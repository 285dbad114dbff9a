import { looking, open, type WorkAction } from "./context";

/** What can be read beside the task. */
export const readActions: readonly WorkAction[] = [
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
    ...open("instruction"),
    enabled: looking,
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
