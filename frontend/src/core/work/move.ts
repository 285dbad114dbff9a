import { ready, step, type WorkAction } from "./context";

/** Which candidate and dimension are looked at. */
export const moveActions: readonly WorkAction[] = [
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
    fixed: true,
    run: ({ session }, { key }) => {
      const label = key.toUpperCase();
      if (session.labels.includes(label)) session.go({ label });
    },
    enabled: ready,
  },
];
