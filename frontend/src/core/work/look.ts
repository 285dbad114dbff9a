import { looking, ready, type WorkAction } from "./context";

/** How the images are looked at. */
export const lookActions: readonly WorkAction[] = [
  {
    id: "source",
    label: "action.source",
    group: "work.lookGroup",
    keys: ["Space", "f"],
    caps: ["Space", "F"],
    run: ({ session }) => session.holdSource(true),
    enabled: looking,
    release: ({ session }) => session.holdSource(false),
    active: ({ session }) => session.state.get().sourceHeld,
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
    enabled: looking,
  },
  {
    id: "zoomIn",
    label: "action.zoomIn",
    group: "work.lookGroup",
    keys: ["[Shift]+Equal", "[Shift]+NumpadAdd"],
    caps: ["+"],
    run: ({ zoom }) => zoom.by(1.25),
    enabled: looking,
    repeats: true,
  },
  {
    id: "zoomOut",
    label: "action.zoomOut",
    group: "work.lookGroup",
    keys: ["Minus", "NumpadSubtract"],
    caps: ["−"],
    run: ({ zoom }) => zoom.by(0.8),
    enabled: looking,
    repeats: true,
  },
];
