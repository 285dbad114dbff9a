import { ImageFailure, type TaskImages } from "./images";
import type { Assignment, ProtocolDocument } from "./model";

/** A task whose pictures are decoded, ready to be shown whole. */
export interface PreparedTask {
  readonly assignment: Assignment;
  readonly images: TaskImages;
  /** The protocol version that the task is pinned to. */
  readonly document: ProtocolDocument;
}

/** Why there is no next task: nothing is left, or all that is left is with others for now. */
export interface Nothing {
  readonly retryAfter: number | null;
  readonly withOthers: number;
}

export interface Claimed {
  readonly assignments: readonly Assignment[];
  readonly retry_after: number | null;
  readonly with_others: number;
}

export interface PrefetchOptions {
  /** Tops my live assignments up to `count`. */
  readonly claim: (count: number) => Promise<Claimed>;
  /** Pictures and protocol of a task; rejects with an ImageFailure for a picture that fails. */
  readonly prepare: (task: Assignment) => Promise<PreparedTask>;
  /** Gives a task back whose picture does not load. */
  readonly giveBack: (task: Assignment, failure: ImageFailure) => Promise<void>;
  /** Live assignments that are not to be offered: their judgments are on the way. */
  readonly submitting: () => readonly string[];
  /** Finishes a task that is about to be shown; rejects like `prepare`. */
  readonly ready?: (task: PreparedTask) => Promise<void>;
  /** Hears of a task that waits no more and is not shown either. */
  readonly dropped?: (id: string) => void;
  readonly ahead?: number;
}

interface Slot {
  readonly assignment: Assignment;
  readonly prepared: Promise<PreparedTask>;
}

const mostLive = 8;

/** Keeps the next tasks claimed and their pictures decoded, nearest first. */
export class Prefetch {
  private readonly options: PrefetchOptions;
  private readonly ahead: number;
  private readonly seen = new Set<string>();
  private readonly shown = new Set<string>();
  private slots: Slot[] = [];
  private filling: Promise<Nothing> | null = null;

  constructor(options: PrefetchOptions) {
    this.options = options;
    this.ahead = options.ahead ?? 3;
  }

  /** Ids of the tasks that wait in front. */
  waiting(): string[] {
    return this.slots.map((slot) => slot.assignment.id);
  }

  /** The next task with its pictures, or why there is none. */
  async take(): Promise<PreparedTask | Nothing> {
    const nothing = this.slots.length === 0 ? await this.fill() : null;
    const slot = this.slots.shift();
    if (!slot) return nothing ?? { retryAfter: null, withOthers: 0 };
    this.shown.add(slot.assignment.id);
    this.refill(slot.assignment.id);
    try {
      const task = await slot.prepared;
      await this.options.ready?.(task);
      return task;
    } catch (error) {
      if (!(error instanceof ImageFailure)) throw this.release(slot.assignment, error);
      await this.returnTask(slot.assignment, error);
      return this.take();
    }
  }

  /** Puts a task back in front, so that `take` offers it next. */
  putBack(task: PreparedTask): void {
    this.slots.unshift({ assignment: task.assignment, prepared: Promise.resolve(task) });
  }

  /** Forgets a task that waits, because its lease is lost; the next fill replaces it. */
  forget(id: string): void {
    this.slots = this.slots.filter((slot) => slot.assignment.id !== id);
    this.seen.delete(id);
    this.options.dropped?.(id);
  }

  /** Forgets what waits and was never looked at or written on; its ids. */
  dropUnseen(): string[] {
    const unseen = this.slots
      .map((slot) => slot.assignment)
      .filter((task) => !this.shown.has(task.id) && task.draft === null);
    for (const { id } of unseen) this.forget(id);
    return unseen.map((task) => task.id);
  }

  /** Claims what lacks in front; a failure is met when a task is taken. */
  refill(current?: string): void {
    void this.fill(current).catch(() => undefined);
  }

  private async returnTask(task: Assignment, failure: ImageFailure): Promise<void> {
    this.options.dropped?.(task.id);
    try {
      await this.options.giveBack(task, failure);
    } catch (error) {
      throw this.release(task, error);
    }
  }

  /** Lets a task that is still ours be offered again, since what it needs may come later. */
  private release(task: Assignment, error: unknown): unknown {
    this.seen.delete(task.id);
    return error;
  }

  private fill(current?: string): Promise<Nothing> {
    this.filling ??= this.claimMore(current).finally(() => {
      this.filling = null;
    });
    return this.filling;
  }

  private async claimMore(current?: string): Promise<Nothing> {
    const busy = new Set([...this.options.submitting(), ...(current ? [current] : [])]);
    const count = Math.min(mostLive, busy.size + this.ahead);
    const { assignments, retry_after, with_others } = await this.options.claim(count);
    const fresh = assignments.filter((task) => !this.seen.has(task.id) && !busy.has(task.id));
    for (const assignment of fresh) {
      this.seen.add(assignment.id);
      const prepared = this.options.prepare(assignment);
      // A failure is met when the task is taken, not before.
      prepared.catch(() => undefined);
      this.slots.push({ assignment, prepared });
    }
    return { retryAfter: retry_after, withOthers: with_others };
  }
}

/** Whether `take` came back empty. */
export function isNothing(next: PreparedTask | Nothing): next is Nothing {
  return !("assignment" in next);
}
