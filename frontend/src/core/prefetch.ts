import { ImageFailure, type TaskImages } from "./images";
import type { Assignment } from "./model";

/** A task whose pictures are decoded, ready to be shown whole. */
export interface PreparedTask {
  readonly assignment: Assignment;
  readonly images: TaskImages;
}

/** Why there is no next task: nothing is left, or all that is left is with others for now. */
export interface Nothing {
  readonly retryAfter: number | null;
}

export interface Claimed {
  readonly assignments: readonly Assignment[];
  readonly retry_after: number | null;
}

export interface PrefetchOptions {
  /** Tops my live assignments up to `count`. */
  readonly claim: (count: number) => Promise<Claimed>;
  readonly loadImages: (task: Assignment) => Promise<TaskImages>;
  /** Gives a task back whose picture does not load. */
  readonly giveBack: (task: Assignment, failure: ImageFailure) => Promise<void>;
  /** Live assignments that are not to be offered: their judgments are on the way. */
  readonly submitting: () => readonly string[];
  readonly ahead?: number;
}

interface Slot {
  readonly assignment: Assignment;
  readonly images: Promise<TaskImages | ImageFailure>;
}

const mostLive = 8;

/** Keeps the next tasks claimed and their pictures decoded, nearest first. */
export class Prefetch {
  private readonly options: PrefetchOptions;
  private readonly ahead: number;
  private readonly seen = new Set<string>();
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
    if (!slot) return nothing ?? { retryAfter: null };
    void this.fill(slot.assignment.id).catch(() => undefined);
    const images = await slot.images;
    if (!(images instanceof ImageFailure)) return { assignment: slot.assignment, images };
    await this.returnTask(slot.assignment, images);
    return this.take();
  }

  /** Puts a task back in front, so that `take` offers it next. */
  putBack(task: PreparedTask): void {
    const images = Promise.resolve(task.images);
    this.slots.unshift({ assignment: task.assignment, images });
  }

  /** Forgets a task that waits, because its lease is lost; the next fill replaces it. */
  forget(id: string): void {
    this.slots = this.slots.filter((slot) => slot.assignment.id !== id);
    this.seen.delete(id);
  }

  private async returnTask(task: Assignment, failure: ImageFailure): Promise<void> {
    try {
      await this.options.giveBack(task, failure);
    } catch (error) {
      // Nothing reaches the server: the task is still ours and its pictures may come later.
      this.seen.delete(task.id);
      throw error;
    }
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
    const { assignments, retry_after } = await this.options.claim(count);
    const fresh = assignments.filter((task) => !this.seen.has(task.id) && !busy.has(task.id));
    for (const assignment of fresh) {
      this.seen.add(assignment.id);
      this.slots.push({ assignment, images: this.load(assignment) });
    }
    return { retryAfter: retry_after };
  }

  private load(task: Assignment): Promise<TaskImages | ImageFailure> {
    return this.options.loadImages(task).catch((error: unknown) => {
      if (error instanceof ImageFailure) return error;
      throw error;
    });
  }
}

/** Whether `take` came back empty. */
export function isNothing(next: PreparedTask | Nothing): next is Nothing {
  return !("assignment" in next);
}
