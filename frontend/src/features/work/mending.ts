import type { Entry } from "../../core/entries";
import { ImageFailure } from "../../core/images";
import type { Assignment } from "../../core/model";
import type { Outbox } from "../../core/outbox";
import type { PreparedTask } from "../../core/prefetch";
import { ApiError } from "../../core/problem";
import type { WorkSession } from "../../core/session";

/** Opens the task of an entry with its answers; Enter sends what was mended. */
export async function mend(
  entry: Entry,
  session: WorkSession,
  prepare: (task: Assignment) => Promise<PreparedTask>,
): Promise<void> {
  if (!entry.task) return;
  try {
    const task = await prepare(entry.task);
    const amends = entry.submission?.amends;
    session.openInstead(
      task,
      entry.answers,
      amends ? { submission_id: amends.submission_id, revision: amends.expected_revision } : null,
    );
  } catch (error) {
    // Out of reach it cannot be shown now; the entry stays where it is.
    if (!(error instanceof ApiError || error instanceof ImageFailure)) throw error;
  }
}

/** Opens the entry that a link of another page names. */
export async function openAsked(
  outbox: Outbox,
  open: (entry: Entry) => Promise<void>,
): Promise<void> {
  const asked = new URLSearchParams(location.search).get("open");
  const entry = asked === null ? undefined : outbox.entry(asked);
  if (!entry) return;
  history.replaceState(history.state, "", location.pathname);
  await open(entry);
}

/** Shows on the open task what a merge or a choice made of its answers. */
export function followOutbox(outbox: Outbox, session: WorkSession): () => void {
  return outbox.merged.subscribe(() => {
    const entry = outbox.merged.get();
    if (entry) session.adopt(entry.assignment, entry.answers);
  });
}
