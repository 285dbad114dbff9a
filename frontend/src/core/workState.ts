import { noAnswers } from "./answers";
import type { Answers, Cell } from "./model";
import type { Receipt } from "./outbox";
import type { PreparedTask } from "./prefetch";
import type { Problem } from "./problem";
import type { RefusalKey } from "./refusals";

export type Panel = "cannot" | "comment" | "reasons" | "guideline" | "instruction" | "help" | null;

/** What one is doing: rating, marking places in a picture, or telling equal sums apart. */
export type Mode = "rate" | "region" | "tie";

export type Phase = "loading" | "rating" | "done" | "waiting" | "failed" | "stopped";

/** Everything that the rating page draws. */
export interface WorkState {
  readonly phase: Phase;
  readonly problem: Problem | null;
  /** Seconds until looking for a free task makes sense again, while waiting. */
  readonly retryAfter: number;
  /** How many tasks I could be given were they not with others, while waiting. */
  readonly withOthers: number;
  readonly task: PreparedTask | null;
  readonly painted: boolean;
  readonly answers: Answers;
  readonly cell: Cell;
  readonly view: "focus" | "sheet";
  readonly sourceHeld: boolean;
  readonly mode: Mode;
  /** The region that is chosen, or the question of the tie-break that is shown, by its place. */
  readonly place: number;
  readonly panel: Panel;
  /** The submission that Enter will amend, while a past task is reopened. */
  readonly amends: Receipt | null;
  readonly submitted: number;
  /** Whether another undo reopens the task before. */
  readonly undoArmed: boolean;
  /** Why there is no task to reopen, once that was asked for. */
  readonly undoRefused: RefusalKey | null;
  /** Whether a task before this one went back because of a picture; until the next answer. */
  readonly returned: boolean;
}

/** No cell at all. */
export const nowhere: Cell = { label: "", dimension: "" };

/** The page before its first task. */
export const emptyState: WorkState = {
  phase: "loading",
  problem: null,
  retryAfter: 0,
  withOthers: 0,
  task: null,
  painted: false,
  answers: noAnswers,
  cell: nowhere,
  view: "focus",
  sourceHeld: false,
  mode: "rate",
  place: -1,
  panel: null,
  amends: null,
  submitted: 0,
  undoArmed: false,
  undoRefused: null,
  returned: false,
};
