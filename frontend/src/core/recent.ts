import type { Answers, Assignment } from "./model";
import type { Receipt } from "./outbox";
import type { PreparedTask } from "./prefetch";
import { ApiError } from "./problem";

/** A task that was submitted and may be reopened. */
export interface Submitted {
  /** Its pictures are freed once it is off the screen. */
  task: PreparedTask;
  readonly answers: Answers;
  /** What the judgment on its way amends; null for a first one. */
  readonly amends: Receipt | null;
  /** What the server answered; null until then. */
  receipt: Receipt | null;
}

/** A judgment of an earlier page, as the server gives it back. */
export interface Earlier {
  readonly assignment: Assignment;
  readonly answers: Answers;
  readonly receipt: Receipt;
}

export interface RecentOptions {
  /** My latest judgments that may still be amended, newest first. */
  readonly lookBack: () => Promise<readonly Earlier[]>;
  readonly prepare: (task: Assignment) => Promise<PreparedTask>;
}

const deepest = 5;

/** The last tasks that were submitted, also on a page before this one. */
export class Recent {
  private readonly options: RecentOptions;
  private entries: Submitted[] = [];
  private earlier: Promise<Earlier[]> | null = null;
  private readonly reopened = new Set<string>();

  constructor(options: RecentOptions) {
    this.options = options;
  }

  /** Notes a task as the latest one. */
  add(entry: Submitted): void {
    const { id } = entry.task.assignment;
    const others = this.entries.filter((item) => item.task.assignment.id !== id);
    this.entries = [...others, entry].slice(-deepest);
  }

  /** Whether `take` has anything to give. */
  async isEmpty(): Promise<boolean> {
    return this.entries.length === 0 && (await this.fromServer()).length === 0;
  }

  /** The latest task, no longer noted; undefined when there is none. */
  async take(): Promise<Submitted | undefined> {
    const own = this.entries.at(-1);
    if (own) {
      own.task = await this.options.prepare(own.task.assignment);
      this.entries.pop();
      this.reopened.add(own.task.assignment.id);
      return own;
    }
    const [latest] = await this.fromServer();
    if (!latest) return undefined;
    this.reopened.add(latest.assignment.id);
    const task = await this.options.prepare(latest.assignment);
    return { task, answers: latest.answers, amends: null, receipt: latest.receipt };
  }

  private async fromServer(): Promise<Earlier[]> {
    this.earlier ??= this.options.lookBack().then((found) => found.slice(0, deepest));
    const known = new Set(this.entries.map((entry) => entry.task.assignment.id));
    const found = await this.earlier.catch((error: unknown) => {
      // Out of reach there is nothing to reopen now; the next undo asks again.
      this.earlier = null;
      if (error instanceof ApiError) return [];
      throw error;
    });
    return found.filter(
      ({ assignment }) => !known.has(assignment.id) && !this.reopened.has(assignment.id),
    );
  }
}
