import type { Action } from "../actions";
import type { Comparison } from "../compare/comparison";
import type { Guide } from "../guide";
import type { WorkSession } from "../session";

/** What the rating page's actions act on. */
export interface WorkContext {
  readonly session: WorkSession;
  readonly zoom: { toggle(times?: number): void; step(direction: 1 | -1): void };
  readonly guide: Guide;
  readonly compare: Comparison;
  /** Puts the focus back where it rests while rating. */
  readonly rest: () => void;
}

export type WorkAction = Action<WorkContext>;

/** Whether a task is open, painted, and nothing lies over it. */
export const ready = ({ session }: WorkContext) => session.isReady;

/** Whether a painted task lies open, in whatever mode. */
export const looking = ({ session }: WorkContext) => session.isOpen;

/** Moves by one along the candidates or the dimensions. */
export const step = (axis: "label" | "dimension", by: 1 | -1) => ({
  run: ({ session }: WorkContext) => session.step(axis, by),
  enabled: ready,
  repeats: true,
  inStage: true,
});

type Openable = "cannot" | "comment" | "reasons" | "guideline" | "instruction" | "help";

/** Opens a panel where none is open. */
export const open = (panel: Openable) => ({
  run: ({ session }: WorkContext) => session.setPanel(panel),
  enabled: ({ session }: WorkContext) => session.state.get().panel === null,
});

/** Opens a panel that is about the open task. */
export const openOnTask = (panel: Openable) => ({ ...open(panel), enabled: ready });
