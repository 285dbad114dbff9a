import { answersOf, noAnswers } from "./answers";
import type { Amends, Entry } from "./entries";
import type { Assignment } from "./model";

/** The entry of a task about which nothing was said yet on this page. */
export function newEntry(user: string, project: string, task: Assignment): Entry {
  const revision = task.draft?.revision ?? 0;
  return {
    key: `${user}/${task.id}`,
    user,
    project,
    assignment: task.id,
    title: task.instruction,
    task,
    answers: noAnswers,
    base: answersOf(task.draft),
    revision,
    acknowledged: revision,
    submission: null,
    attempts: [],
    conflict: null,
    problem: null,
  };
}

/** An entry without its judgment; one that may have arrived is what the next would amend. */
export function takenBack(entry: Entry, tried: ReadonlySet<string>): Entry {
  const { submission, attempts } = entry;
  if (!submission) return entry;
  const amends: Amends = {
    submission_id: submission.id,
    expected_revision: (submission.amends?.expected_revision ?? 0) + 1,
  };
  const known = tried.has(submission.id) ? [amends, ...attempts] : attempts;
  return { ...entry, submission: null, attempts: known };
}
