import { answersOf } from "./answers";
import { Courier, type Later } from "./courier";
import type { Entry, EntryStore, Submission } from "./entries";
import { newEntry, takenBack } from "./entryChanges";
import { mergeAnswers } from "./merge";
import type { Answers, Assignment, ServerDraft } from "./model";
import { draftOf, isDue, isUnsaved, type OutboxView, viewOf } from "./outboxView";
import { isPassing, type Problem, problemOf } from "./problem";
import { Store } from "./store";
import { Vault } from "./vault";

export type { OutboxView, SaveState } from "./outboxView";

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
  readonly later: Later;
  readonly draftDelay?: number;
}

/**
 * Carries answers to the server: every change is stored in the browser first, then sent as a draft,
 * at the end as a judgment; one request at a time for each assignment, repeated until answered.
 * Where another tab leads it is paused: it writes and sends nothing.
 */
export class Outbox {
  readonly view = new Store<OutboxView>(
    viewOf([], { failing: null, touched: false, writing: 0, volatile: false }),
  );
  /** The latest entry whose answers came from elsewhere: a merge, or a choice in a conflict. */
  readonly merged = new Store<Entry | null>(null);
  /** Whether the annotator looks at what needs a decision. */
  readonly review = new Store(false);
  private readonly options: OutboxOptions;
  private readonly courier: Courier;
  private readonly vault: Vault;
  private readonly listeners = new Map<string, (receipt: Receipt) => void>();
  /** Submissions that may have reached the server, whatever became of the answer. */
  private readonly tried = new Set<string>();
  private standing = {
    failing: null as Problem | null,
    touched: false,
    writing: 0,
    volatile: false,
  };

  constructor(options: OutboxOptions) {
    this.options = options;
    this.vault = new Vault(options.store, (change) => this.note(change));
    this.courier = new Courier({
      later: options.later,
      deliver: (assignment) => this.deliver(assignment),
      isDue: (assignment) => this.vault.isOpen && this.isDue(assignment),
    });
  }

  /** Whose work it is. */
  get user(): string {
    return this.options.user;
  }

  /** Reads what an earlier page or another tab left behind and sends it on. */
  async open(): Promise<void> {
    await this.vault.open(this.options.user, isUnsaved);
    for (const { submission } of this.vault.entries.values()) {
      if (submission) this.tried.add(submission.id);
    }
    this.resume();
  }

  /** Stops sending and writing: another tab does that from now on. */
  pause(): void {
    this.vault.close();
    this.courier.stop();
    this.review.set(false);
    this.note({ failing: null, touched: false });
  }

  /** Tries everything that waits at once, for instance after a new login. */
  resume(): void {
    this.courier.stop();
    for (const assignment of this.vault.entries.keys()) this.courier.schedule(assignment, 0);
    this.publish();
  }

  /** Another request than ours met the end of the session, or a working one. */
  noteSession(problem: Problem | null): void {
    if (problem || this.standing.failing?.status === 401) this.note({ failing: problem });
  }

  /** The unsent entry of an assignment. */
  entry(assignment: string): Entry | undefined {
    return this.vault.entries.get(assignment);
  }

  /** Whether the answers of a task wait for a choice; then the choice is put before the annotator. */
  askIfDisputed(assignment: string): boolean {
    const isDisputed = Boolean(this.vault.entries.get(assignment)?.conflict);
    if (isDisputed) this.review.set(true);
    return isDisputed;
  }

  /** All that the server may lack. */
  unsaved(): Entry[] {
    return [...this.vault.entries.values()].filter(isUnsaved);
  }

  /** What can be sent now and is not on its way, for the last moment of a page. */
  waiting(): Entry[] {
    return this.unsaved().filter(
      (entry) => this.vault.isOpen && isDue(entry) && !this.courier.isBusy(entry.assignment),
    );
  }

  /** Assignments whose judgment is written but not acknowledged. */
  submitting(): string[] {
    return this.unsaved()
      .filter((entry) => entry.submission)
      .map((entry) => entry.assignment);
  }

  /** The answers to show for a task: unsent ones of this browser, else the server's draft. */
  answersFor(task: Assignment): Answers {
    return this.current(task)?.answers ?? answersOf(task.draft);
  }

  /** Stores changed answers and sends them as a draft soon. */
  async record(task: Assignment, project: string, answers: Answers): Promise<void> {
    const known = takenBack(
      this.current(task) ?? newEntry(this.options.user, project, task),
      this.tried,
    );
    this.note({ touched: true });
    await this.vault.keep({ ...known, answers, revision: known.revision + 1, problem: null });
    this.courier.schedule(task.id, this.options.draftDelay ?? 500);
  }

  /** Stores a judgment durably, then sends it; `delivered` hears the receipt. */
  async commit(
    task: Assignment,
    project: string,
    answers: Answers,
    submission: Submission,
    delivered: (receipt: Receipt) => void,
  ): Promise<void> {
    const known = takenBack(
      this.current(task) ?? newEntry(this.options.user, project, task),
      this.tried,
    );
    this.listeners.set(task.id, delivered);
    this.note({ touched: true });
    await this.vault.keep({ ...known, answers, submission, problem: null });
    this.courier.schedule(task.id, 0);
  }

  /** Takes an unsent judgment back, once a request in flight is over; false if it has arrived. */
  async withdraw(assignment: string): Promise<boolean> {
    await this.courier.settle(assignment);
    const entry = this.vault.entries.get(assignment);
    if (!entry?.submission) return false;
    this.listeners.delete(assignment);
    await this.vault.keep({ ...takenBack(entry, this.tried), problem: null });
    return true;
  }

  /** Forgets an entry: it was given back, or its owner gave it up. */
  async discard(assignment: string): Promise<void> {
    await this.courier.settle(assignment);
    await this.vault.drop(assignment);
  }

  /** Sends a refused entry once more, as it is. */
  async retry(assignment: string): Promise<void> {
    const entry = this.vault.entries.get(assignment);
    if (!entry?.problem) return;
    await this.vault.keep({ ...entry, problem: null });
    this.courier.schedule(assignment, 0);
  }

  /** Ends a conflict with the answers that the annotator chose. */
  async resolve(assignment: string, answers: Answers): Promise<void> {
    const entry = this.vault.entries.get(assignment);
    if (!entry?.conflict) return;
    await this.takeOver({ ...entry, answers, conflict: null }, entry.conflict);
    this.courier.schedule(assignment, 0);
  }

  /** The entry of a task unless the server's draft has overtaken it. */
  private current(task: Assignment): Entry | undefined {
    const entry = this.vault.entries.get(task.id);
    if (!entry || isUnsaved(entry)) return entry;
    return entry.acknowledged >= (task.draft?.revision ?? 0) ? entry : undefined;
  }

  private isDue(assignment: string): boolean {
    const entry = this.vault.entries.get(assignment);
    return entry !== undefined && isDue(entry);
  }

  private async deliver(assignment: string): Promise<boolean> {
    const entry = this.vault.entries.get(assignment);
    if (!entry) return true;
    this.publish();
    try {
      await (entry.submission ? this.submit(entry, entry.submission) : this.saveDraft(entry));
      this.note({ failing: null });
      return true;
    } catch (error) {
      return await this.fail(entry, error);
    }
  }

  private async submit(entry: Entry, submission: Submission): Promise<void> {
    this.tried.add(submission.id);
    const receipt = await this.options.transport.submit(entry.assignment, submission);
    await this.vault.drop(entry.assignment);
    this.listeners.get(entry.assignment)?.(receipt);
    this.listeners.delete(entry.assignment);
  }

  private async saveDraft({ assignment, revision, answers }: Entry): Promise<void> {
    await this.options.transport.putDraft(assignment, revision, answers);
    const now = this.vault.entries.get(assignment);
    if (now) await this.vault.keep({ ...now, acknowledged: revision, base: answers });
  }

  /** What follows from a failure; false where the same may succeed later. */
  private async fail(sent: Entry, error: unknown): Promise<boolean> {
    const problem = problemOf(error);
    const now = this.vault.entries.get(sent.assignment) ?? sent;
    if (isPassing(error)) {
      this.note({ failing: problem });
      return false;
    }
    this.note({ failing: null });
    const draft = draftOf(error);
    const [amends, ...attempts] = sent.attempts;
    if (sent.submission && problem.status === 409 && amends) {
      await this.vault.keep({ ...now, submission: { ...sent.submission, amends }, attempts });
    } else if (!sent.submission && draft) {
      await this.reconcile(now, draft);
    } else if (!sent.submission && problem.status === 409 && amends) {
      // One that was taken back has arrived: there is no draft any more, the next Enter amends it.
      await this.vault.keep({ ...now, acknowledged: now.revision });
    } else if (sent.submission || !now.submission) {
      await this.vault.keep({ ...now, problem });
    }
    return true;
  }

  /** A judgment is whole and needs no draft of elsewhere; other answers take up what it adds. */
  private async reconcile(now: Entry, draft: ServerDraft): Promise<void> {
    if (now.submission) return;
    const { answers, disputes } = mergeAnswers(now.base, now.answers, answersOf(draft));
    if (disputes.length > 0) await this.vault.keep({ ...now, conflict: draft });
    else await this.takeOver({ ...now, answers }, draft);
  }

  private async takeOver(entry: Entry, draft: ServerDraft): Promise<void> {
    const revision = Math.max(entry.revision, draft.revision) + 1;
    const merged = { ...entry, base: answersOf(draft), revision };
    this.merged.set(merged);
    await this.vault.keep(merged);
  }

  private note(change: Partial<Outbox["standing"]>): void {
    this.standing = { ...this.standing, ...change };
    this.publish();
  }

  private publish(): void {
    this.view.set(viewOf([...this.vault.entries.values()], this.standing));
  }
}
