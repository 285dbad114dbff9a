import { ImageFailure } from "./images";
import type { Answers } from "./model";
import type { Outbox, Receipt } from "./outbox";
import type { Prefetch, PreparedTask } from "./prefetch";
import { ApiError } from "./problem";
import type { Recent, Submitted } from "./recent";
import { refusalKey } from "./refusals";
import type { Store } from "./store";
import type { WorkState } from "./workState";

export interface ReopeningOptions {
  readonly state: Store<WorkState>;
  readonly outbox: Outbox;
  readonly prefetch: Prefetch;
  readonly recent: Recent;
  readonly open: (task: PreparedTask, answers: Answers, amends: Receipt | null) => void;
}

/** The way back from an untouched task to those that were submitted before it. */
export class Reopening {
  private readonly options: ReopeningOptions;

  constructor(options: ReopeningOptions) {
    this.options = options;
  }

  /** Says what another press would do, or why it would do nothing; that press then does it. */
  async back(): Promise<void> {
    const { state, recent } = this.options;
    if (state.get().undoArmed) return this.reopen();
    const notice = await recent.refusal();
    state.patch({ undoArmed: notice === null, undoRefused: notice });
  }

  private async reopen(): Promise<void> {
    const { state, recent } = this.options;
    try {
      const entry = await recent.take();
      if (entry) await this.openAgain(entry);
    } catch (error) {
      const isPassing = error instanceof ApiError || error instanceof ImageFailure;
      if (!isPassing) throw error;
      state.patch({ undoArmed: false, undoRefused: refusalKey("offline") });
    }
  }

  private async openAgain(entry: Submitted): Promise<void> {
    const { outbox, recent, state, open } = this.options;
    const isCalledBack = await outbox.withdraw(entry.task.assignment.id);
    if (isCalledBack) recent.calledBack(entry);
    this.keepOpenTask();
    open(entry.task, entry.answers, isCalledBack ? entry.amends : entry.receipt);
    if (isCalledBack && !entry.amends) state.patch({ submitted: state.get().submitted - 1 });
  }

  /** Puts the task on the screen back where it comes from; a submitted one stays as it was. */
  keepOpenTask(): void {
    const { state, prefetch } = this.options;
    const { task, amends } = state.get();
    if (task && !amends) prefetch.putBack(task);
  }
}
