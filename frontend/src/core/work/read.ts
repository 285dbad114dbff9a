import { looking, open, ready, type WorkAction } from "./context";

/** What can be read beside the task. */
export const readActions: readonly WorkAction[] = [
  {
    id: "anchors",
    label: "action.anchors",
    group: "work.readGroup",
    keys: ["g"],
    run: ({ guide }) => guide.toggleShelf(),
    enabled: looking,
    active: ({ guide }) => guide.view.get().shelf,
  },
  {
    id: "guideline",
    label: "action.guideline",
    group: "work.readGroup",
    keys: ["h"],
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
  {
    id: "lineup",
    label: "action.lineup",
    group: "work.readGroup",
    keys: ["a"],
    run: ({ guide }) => guide.showLineup(!guide.view.get().lineup),
    enabled: (context) => ready(context) && context.session.missing.length === 0,
    active: ({ guide }) => guide.view.get().lineup,
  },
  {
    id: "tour",
    label: "action.tour",
    group: "work.readGroup",
    keys: ["u"],
    run: ({ guide }) => guide.startTour(),
    enabled: ready,
  },
  {
    id: "stopAfter",
    label: "action.stopAfter",
    group: "work.readGroup",
    keys: ["m"],
    run: ({ guide }) => guide.toggleStopping(),
    enabled: looking,
    active: ({ guide }) => guide.view.get().stopping,
  },
];
