import { answersOf, noAnswers } from "./answers";
import type { Entry, EntryStore, Submission } from "./entries";
import { mergeAnswers } from "./merge";
import type { Answers, Assignment, ServerDraft } from "./model";
import { ApiError, isPassing, type Problem, problemOf } from "./problem";
import { Store } from "./store";

export type SaveState = "idle" | "saving" | "saved" | "offline" | "conflict" | "refused";

/** What the page shows about saving. */
export interface OutboxView {
  readonly state: SaveState;
  readonly unsaved: number;
  readonly signedOut: boolean;
  readonly refused: readonly Entry[];
  readonly conflicts: readonly Entry[];
}

/** The server's answer to a judgment. */
export interface Receipt {
  readonly submission_id: string;
  readonly revision: number;
}

export interface Transport {
  putDraft(assignment: string, revision: number, answers: Answers): Promise<void>;
  submit(assignment: string, submission: Submission): Promise<Receipt>;
}

export interface OutboxOptions {
  readonly user: string;
  readonly store: EntryStore;
  readonly transport: Transport;
  /** Runs a function later and returns how to call it off. */
  readonly later: (run: () => void, milliseconds: number) => () => void;
  readonly draftDelay?: number;
}

const firstRetry = 1_000;
const longestRetry = 30_000;

/**
 * Carries answers to the server: every change is stored in the browser first, then sent as a draft,
 * at the end as a judgment; one request at a time for each assignment, repeated until answered.
 */
export class Outbox {
  readonly view = new Store<OutboxView>(quiet("idle"));
  private readonly options: OutboxOptions;
  private readonly entries = new Map<string, Entry>();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly timers = new Map<string, () => void>();
  private readonly retries = new Map<string, number>();
  private readonly listeners = new Map<string, (receipt: Receipt) => void>();
  private failing: Problem | null = null;
  private touched = false;

  constructor(options: OutboxOptions) {
    this.options = options;
  }

  /** Reads what an earlier page left behind and sends it on; what the server has is forgotten. */
  async open(): Promise<void> {
    for (const entry of await this.options.store.all(this.options.user)) {
      if (isUnsaved(entry)) this.entries.set(entry.assignment, entry);
      else await this.options.store.delete(entry.key);
    }
    this.resume();
  }

  /** Tries everything that waits at once, for instance after a new login. */
  resume(): void {
    this.retries.clear();
    for (const assignment of this.entries.keys()) this.schedule(assignment, 0);
    this.publish();
  }

  /** The unsent entry of an assignment. */
  entry(assignment: string): Entry | undefined {
    return this.entries.get(assignment);
  }

  /** Assignments whose judgment is written but not acknowledged. */
  submitting(): string[] {
    return [...this.entries.values()].filter((e) => e.submission).map((e) => e.assignment);
  }

  /** The answers to show for a task: unsent ones of this browser, else the server's draft. */
  answersFor(task: Assignment): Answers {
    return this.current(task)?.answers ?? answersOf(task.draft);
  }

  /** Stores changed answers and sends them as a draft soon. */
  async record(task: Assignment, project: string, answers: Answers): Promise<void> {
    const known = this.current(task) ?? this.fresh(task, project);
    this.touched = true;
    await this.keep({ ...known, answers, revision: known.revision + 1, problem: null });
    this.schedule(task.id, this.options.draftDelay ?? 500);
  }

  /** Stores a judgment durably, then sends it; `delivered` hears the receipt. */
  async commit(
    task: Assignment,
    project: string,
    answers: Answers,
    submission: Submission,
    delivered: (receipt: Receipt) => void,
  ): Promise<void> {
    const known = this.current(task) ?? this.fresh(task, project);
    this.touched = true;
    this.listeners.set(task.id, delivered);
    await this.keep({ ...known, answers, submission, problem: null });
    this.schedule(task.id, 0);
  }

  /** Takes an unsent judgment back, once a request in flight is over; false if it has arrived. */
  async withdraw(assignment: string): Promise<boolean> {
    this.unschedule(assignment);
    await this.busy.get(assignment);
    this.unschedule(assignment);
    const entry = this.entries.get(assignment);
    if (!entry?.submission) return false;
    this.listeners.delete(assignment);
    await this.keep({ ...entry, submission: null, problem: null });
    return true;
  }

  /** Forgets an entry: it was given back, or its owner gave it up. */
  async discard(assignment: string): Promise<void> {
    this.unschedule(assignment);
    await this.busy.get(assignment);
    this.unschedule(assignment);
    await this.drop(assignment);
  }

  /** Sends a refused entry once more, as it is. */
  async retry(assignment: string): Promise<void> {
    const entry = this.entries.get(assignment);
    if (!entry?.problem) return;
    await this.keep({ ...entry, problem: null });
    this.schedule(assignment, 0);
  }

  /** Ends a conflict with the answers that the annotator chose. */
  async resolve(assignment: string, answers: Answers): Promise<void> {
    const entry = this.entries.get(assignment);
    if (!entry?.conflict) return;
    const revision = entry.conflict.revision + 1;
    await this.keep({ ...entry, answers, revision, conflict: null });
    this.schedule(assignment, 0);
  }

  /** The entry of a task unless the server's draft has overtaken it. */
  private current(task: Assignment): Entry | undefined {
    const entry = this.entries.get(task.id);
    if (!entry || isUnsaved(entry)) return entry;
    return entry.acknowledged >= (task.draft?.revision ?? 0) ? entry : undefined;
  }

  private fresh(task: Assignment, project: string): Entry {
    const { user } = this.options;
    const revision = task.draft?.revision ?? 0;
    return {
      key: `${user}/${task.id}`,
      user,
      project,
      assignment: task.id,
      title: task.instruction,
      answers: noAnswers,
      revision,
      acknowledged: revision,
      submission: null,
      conflict: null,
      problem: null,
    };
  }

  private async keep(entry: Entry): Promise<void> {
    this.entries.set(entry.assignment, entry);
    this.publish();
    await this.options.store.put(entry);
  }

  private async drop(assignment: string): Promise<void> {
    const entry = this.entries.get(assignment);
    if (!entry) return;
    this.entries.delete(assignment);
    this.publish();
    await this.options.store.delete(entry.key);
  }

  private schedule(assignment: string, delay: number): void {
    this.unschedule(assignment);
    const cancel = this.options.later(() => {
      this.timers.delete(assignment);
      void this.send(assignment);
    }, delay);
    this.timers.set(assignment, cancel);
  }

  private unschedule(assignment: string): void {
    this.timers.get(assignment)?.();
    this.timers.delete(assignment);
  }

  private async send(assignment: string): Promise<void> {
    if (this.busy.has(assignment)) return;
    const running = this.step(assignment).finally(() => {
      this.busy.delete(assignment);
      this.publish();
    });
    this.busy.set(assignment, running);
    this.publish();
    await running;
    const entry = this.entries.get(assignment);
    if (entry && isDue(entry) && !this.timers.has(assignment)) {
      this.schedule(assignment, this.retries.get(assignment) ?? 0);
    }
  }

  private async step(assignment: string): Promise<void> {
    const entry = this.entries.get(assignment);
    if (!entry || !isDue(entry)) return;
    try {
      await (entry.submission ? this.submit(entry, entry.submission) : this.saveDraft(entry));
      this.retries.delete(assignment);
      this.failing = null;
    } catch (error) {
      await this.fail(entry, error);
    }
  }

  private async submit(entry: Entry, submission: Submission): Promise<void> {
    const receipt = await this.options.transport.submit(entry.assignment, submission);
    await this.drop(entry.assignment);
    this.listeners.get(entry.assignment)?.(receipt);
    this.listeners.delete(entry.assignment);
  }

  private async saveDraft(entry: Entry): Promise<void> {
    await this.options.transport.putDraft(entry.assignment, entry.revision, entry.answers);
    const now = this.entries.get(entry.assignment);
    if (now) await this.keep({ ...now, acknowledged: entry.revision });
  }

  private async fail(sent: Entry, error: unknown): Promise<void> {
    const problem = problemOf(error);
    const now = this.entries.get(sent.assignment) ?? sent;
    if (isPassing(error)) {
      this.failing = problem;
      const last = this.retries.get(sent.assignment);
      this.retries.set(sent.assignment, last ? Math.min(last * 2, longestRetry) : firstRetry);
      return;
    }
    const draft = sent.submission ? undefined : draftOf(error);
    if (draft) return this.reconcile(now, draft);
    await this.keep({ ...now, problem });
  }

  private async reconcile(now: Entry, draft: ServerDraft): Promise<void> {
    const merged = mergeAnswers(now.answers, answersOf(draft));
    if (!merged) return this.keep({ ...now, conflict: draft });
    await this.keep({ ...now, answers: merged, revision: draft.revision + 1 });
  }

  private publish(): void {
    const all = [...this.entries.values()];
    const unsaved = all.filter(isUnsaved);
    const refused = all.filter((entry) => entry.problem);
    const conflicts = all.filter((entry) => entry.conflict);
    const state = this.stateOf(refused.length, conflicts.length, unsaved.length);
    const signedOut = this.failing?.status === 401;
    this.view.set({ state, unsaved: unsaved.length, signedOut, refused, conflicts });
  }

  private stateOf(refused: number, conflicts: number, unsaved: number): SaveState {
    if (conflicts > 0) return "conflict";
    if (refused > 0) return "refused";
    if (unsaved === 0) return this.touched ? "saved" : "idle";
    return this.failing ? "offline" : "saving";
  }
}

function quiet(state: SaveState): OutboxView {
  return { state, unsaved: 0, signedOut: false, refused: [], conflicts: [] };
}

function isUnsaved(entry: Entry): boolean {
  return entry.submission !== null || entry.revision > entry.acknowledged;
}

function isDue(entry: Entry): boolean {
  return isUnsaved(entry) && !entry.conflict && !entry.problem;
}

function draftOf(error: unknown): ServerDraft | undefined {
  if (!(error instanceof ApiError) || error.status !== 409) return undefined;
  const { revision, answers } = error.problem;
  if (typeof revision !== "number" || typeof answers !== "object") return undefined;
  return { revision, answers: answers as Partial<Answers> };
}
