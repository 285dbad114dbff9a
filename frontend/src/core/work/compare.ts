import type { Tool } from "../compare/state";
import { ready, type WorkAction, type WorkContext } from "./context";

/** Turns a comparison tool on, and off again. */
const tool = (id: Tool) => ({
  run: ({ compare }: WorkContext) => compare.choose(id),
  enabled: ready,
  active: ({ compare }: WorkContext) => compare.state.get().tool === id,
});

const isBlink = ({ compare }: WorkContext) => compare.state.get().tool === "blink";

/** How the focused candidate is compared with the source, or with a pinned candidate. */
export const compareActions: readonly WorkAction[] = [
  {
    id: "side",
    label: "action.side",
    group: "work.compareGroup",
    keys: ["w"],
    ...tool("side"),
  },
  {
    id: "slider",
    label: "action.slider",
    group: "work.compareGroup",
    keys: ["s"],
    ...tool("slider"),
  },
  {
    id: "difference",
    label: "action.difference",
    group: "work.compareGroup",
    keys: ["d"],
    ...tool("difference"),
  },
  {
    id: "map",
    label: "action.map",
    group: "work.compareGroup",
    keys: ["e"],
    ...tool("map"),
  },
  {
    id: "outside",
    label: "action.outside",
    group: "work.compareGroup",
    keys: ["o"],
    ...tool("outside"),
  },
  {
    id: "blink",
    label: "action.blink",
    group: "work.compareGroup",
    keys: ["k"],
    ...tool("blink"),
  },
  {
    id: "pause",
    label: "action.pause",
    group: "work.compareGroup",
    keys: ["p"],
    run: ({ compare }) => compare.pause(),
    enabled: (context) => ready(context) && isBlink(context),
    active: (context) => isBlink(context) && !context.compare.state.get().isBlinking,
  },
  {
    id: "pin",
    label: "action.pin",
    group: "work.compareGroup",
    keys: ["b"],
    run: ({ compare }) => compare.pin(),
    enabled: ready,
    active: ({ session, compare }) => compare.state.get().pinned === session.state.get().cell.label,
  },
  {
    id: "nextChange",
    label: "action.nextChange",
    group: "work.compareGroup",
    keys: ["n"],
    run: ({ compare }) => void compare.nextChange(),
    enabled: ready,
  },
  {
    id: "loupe",
    label: "action.loupe",
    group: "work.compareGroup",
    keys: ["l"],
    run: ({ compare }) => compare.toggleLoupe(),
    enabled: ready,
    active: ({ compare }) => compare.state.get().hasLoupe,
  },
];
