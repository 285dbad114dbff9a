import type { Answers, Assignment } from "./model";
import type { Receipt } from "./outbox";
import type { PreparedTask } from "./prefetch";
import { ApiError } from "./problem";
import { type RefusalKey, refusalKey } from "./refusals";

/** A task that was submitted and may be reopened. */
export interface Submitted {
  /** Its pictures are freed once it is off the screen. */
  task: PreparedTask;
  readonly answers: Answers;
  /** What the judgment on its way amends, with the answers before it; null for a first one. */
  readonly amends: (Receipt & { readonly answers: Answers }) | null;
  /** What the server answered; null until then. */
  receipt: Receipt | null;
}

/** A judgment of an earlier page, as the server gives it back. */
export interface Earlier {
  readonly assignment: Assignment;
  readonly answers: Answers;
  readonly receipt: Receipt;
}

/** What the server says about going back. */
export interface LookBack {
  /** My latest judgments that may still be amended, newest first. */
  readonly found: readonly Earlier[];
  /** Why the one before them may not be, or null if there is none. */
  readonly refused: string | null;
}

export interface RecentOptions {
  readonly lookBack: () => Promise<LookBack>;
  readonly prepare: (task: Assignment) => Promise<PreparedTask>;
}

const deepest = 5;

/** The last tasks that were submitted, also on a page before this one, and the one reopened now. */
export class Recent {
  private readonly options: RecentOptions;
  private entries: Submitted[] = [];
  private open: Submitted | null = null;
  private readonly gone = new Set<Submitted>();
  private asked: Promise<LookBack> | null = null;

  constructor(options: RecentOptions) {
    this.options = options;
  }

  /** Notes a task as the latest one. */
  add(entry: Submitted): void {
    const { id } = entry.task.assignment;
    const others = this.entries.filter((item) => item.task.assignment.id !== id);
    this.entries = [...others, entry].slice(-deepest);
  }

  /** A task that was never submitted is open: going back starts at the latest again. */
  rewind(): void {
    this.entries = this.entries.filter((entry) => !this.gone.has(entry));
    this.gone.clear();
    this.open = null;
  }

  /** Why there is nothing to go back to, or null if there is something. */
  async refusal(): Promise<RefusalKey | null> {
    if (this.ownBefore()) return null;
    if (this.entries.length >= deepest) return refusalKey("not_latest");
    const back = await this.lookBack();
    if (!back) return refusalKey("offline");
    return this.earlier(back).length > 0 ? null : refusalKey(back.refused ?? "nothing");
  }

  /** The task before the one that is reopened, else the latest; undefined when there is none. */
  async take(): Promise<Submitted | undefined> {
    const own = this.ownBefore();
    if (own) own.task = await this.options.prepare(own.task.assignment);
    const entry = own ?? (await this.takeEarlier());
    if (entry) this.open = entry;
    return entry;
  }

  /** The judgment of a reopened task was called back before it was sent. */
  calledBack(entry: Submitted): void {
    const { task, amends } = entry;
    if (!amends) {
      this.gone.add(entry);
      return;
    }
    const { answers, ...receipt } = amends;
    const stands = { task, answers, amends: null, receipt };
    this.entries = this.entries.map((item) => (item === entry ? stands : item));
    if (this.open === entry) this.open = stands;
  }

  private ownBefore(): Submitted | undefined {
    const at = this.open ? this.entries.indexOf(this.open) : this.entries.length;
    return this.entries[at - 1];
  }

  private async takeEarlier(): Promise<Submitted | undefined> {
    const back = await this.lookBack();
    const [latest] = back ? this.earlier(back) : [];
    if (!latest) return undefined;
    const { assignment, answers, receipt } = latest;
    const task = await this.options.prepare(assignment);
    const entry = { task, answers, amends: null, receipt };
    this.entries = [entry, ...this.entries];
    return entry;
  }

  /** Those of the server's that are older than all that this page knows. */
  private earlier(back: LookBack): readonly Earlier[] {
    const ids = new Set(this.entries.map((entry) => entry.task.assignment.id));
    const others = back.found.filter(({ assignment }) => !ids.has(assignment.id));
    return others.slice(0, Math.max(0, deepest - ids.size));
  }

  /** What the server says, asked once; null while it is out of reach, and then asked again. */
  private async lookBack(): Promise<LookBack | null> {
    this.asked ??= this.options.lookBack();
    try {
      return await this.asked;
    } catch (error) {
      this.asked = null;
      if (error instanceof ApiError) return null;
      throw error;
    }
  }
}
