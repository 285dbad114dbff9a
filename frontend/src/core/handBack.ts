import { type ImageFailure, sourceLabel } from "./images";
import type { Assignment } from "./model";
import type { Outbox } from "./outbox";
import { ApiError } from "./problem";
import type { Store } from "./store";
import type { WorkState } from "./workState";

export interface HandBackOptions {
  readonly outbox: Pick<Outbox, "entry" | "view" | "discard">;
  /** Gives a task back because of a picture: a candidate's letter, or null for the source. */
  readonly release: (assignment: string, label: string | null) => Promise<unknown>;
}

/** Gives a task back whose picture does not come, after its draft is with the server. */
export async function handBack(
  { outbox, release }: HandBackOptions,
  task: Assignment,
  failure: ImageFailure,
): Promise<void> {
  await standsStill(outbox, task.id);
  await release(task.id, failure.label === sourceLabel ? null : failure.label);
  if (isSaved(outbox, task.id)) await outbox.discard(task.id);
}

function isSaved(outbox: Pick<Outbox, "entry">, id: string): boolean {
  const unsent = outbox.entry(id);
  return !unsent || (!unsent.submission && unsent.revision <= unsent.acknowledged);
}

/** Resolves once the answers of a task are saved, or cannot be for now. */
function standsStill(outbox: HandBackOptions["outbox"], id: string): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      const unsent = outbox.entry(id);
      const isStuck = Boolean(unsent?.conflict ?? unsent?.problem);
      if (!isSaved(outbox, id) && !isStuck && outbox.view.get().state !== "offline") return;
      stop();
      done();
    };
    const stop = outbox.view.subscribe(look);
    look();
  });
}

/** Lets nobody rate the open task while it is given back; whether that worked. */
export async function blockWhile(
  state: Store<WorkState>,
  giveBack: () => Promise<void>,
): Promise<boolean> {
  state.patch({ painted: false });
  try {
    await giveBack();
    state.patch({ returned: true });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    // The pictures that are there stay, and the work with them.
    state.patch({ painted: true });
    return false;
  }
}
