import type { Entry } from "./entries";
import type { Answers, ServerDraft } from "./model";
import { ApiError, type Problem } from "./problem";

export type SaveState =
  | "idle"
  | "saving"
  | "saved"
  | "offline"
  | "signedOut"
  | "conflict"
  | "refused";

/** What the page shows about saving. */
export interface OutboxView {
  readonly state: SaveState;
  /** Tasks with answers or a judgment that the server does not have. */
  readonly unsaved: number;
  readonly signedOut: boolean;
  /** Whether everything is in the browser's database, and whether that has failed before. */
  readonly stored: boolean;
  readonly volatile: boolean;
  readonly refused: readonly Entry[];
  readonly conflicts: readonly Entry[];
}

/** What a view is made of, beside the entries. */
export interface Standing {
  readonly failing: Problem | null;
  readonly touched: boolean;
  readonly writing: number;
  readonly volatile: boolean;
}

/** How saving stands. */
export function viewOf(all: readonly Entry[], standing: Standing): OutboxView {
  const { failing, writing, volatile, touched } = standing;
  const seen = {
    unsaved: all.filter(isUnsaved).length,
    signedOut: failing?.status === 401,
    refused: all.filter((entry) => entry.problem),
    conflicts: all.filter((entry) => entry.conflict),
  };
  const calm = touched ? "saved" : "idle";
  const state = urgent(seen) ?? (seen.unsaved === 0 ? calm : failing ? "offline" : "saving");
  return { ...seen, state, stored: writing === 0, volatile };
}

/** What needs the annotator, the most pressing first. */
function urgent(view: Pick<OutboxView, "signedOut" | "conflicts" | "refused">) {
  if (view.signedOut) return "signedOut";
  if (view.conflicts.length > 0) return "conflict";
  return view.refused.length > 0 ? "refused" : null;
}

/** Whether the server lacks something of an entry. */
export function isUnsaved(entry: Entry): boolean {
  return entry.submission !== null || entry.revision > entry.acknowledged;
}

/** Whether an entry can be sent as it is. */
export function isDue(entry: Entry): boolean {
  return isUnsaved(entry) && !entry.conflict && !entry.problem;
}

/** The draft that the server holds instead, where that is why it refused ours. */
export function draftOf(error: unknown): ServerDraft | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  const { revision, answers } = error.problem;
  if (typeof revision !== "number" || typeof answers !== "object") return undefined;
  return { revision, answers: answers as Partial<Answers> };
}
