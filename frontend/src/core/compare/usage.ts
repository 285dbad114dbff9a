/** Something that was looked through, and at which candidate. */
export interface Use {
  readonly tool: string;
  readonly label: string;
}

/** How long a tool was on the screen for a candidate. */
export interface UsedTool extends Use {
  readonly ms: number;
}

const mostTasks = 8;

/** Sums the visible time of each tool per task and candidate; a reopened task goes on from its sums. */
export class ToolUsage {
  private readonly now: () => number;
  private readonly sums = new Map<string, Map<string, UsedTool>>();
  private task = "";
  private uses: readonly Use[] = [];
  private isVisible = true;
  private since = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /** From now on these are shown for a task. */
  show(task: string, uses: readonly Use[]): void {
    this.settle();
    this.task = task;
    this.uses = uses;
  }

  /** The page was hidden, or shown again. */
  setVisible(isVisible: boolean): void {
    this.settle();
    this.isVisible = isVisible;
  }

  /** What was used for a task so far, in whole milliseconds, in the order of first use. */
  of(task: string): UsedTool[] {
    this.settle();
    const all = [...(this.sums.get(task)?.values() ?? [])];
    return all.map((used) => ({ ...used, ms: Math.round(used.ms) })).filter(({ ms }) => ms > 0);
  }

  private settle(): void {
    const at = this.now();
    const passed = at - this.since;
    this.since = at;
    if (!this.isVisible || passed <= 0) return;
    for (const use of this.uses) this.add(use, passed);
  }

  private add({ tool, label }: Use, passed: number): void {
    const own = this.sums.get(this.task) ?? new Map<string, UsedTool>();
    this.sums.set(this.task, own);
    const key = `${tool} ${label}`;
    own.set(key, { tool, label, ms: (own.get(key)?.ms ?? 0) + passed });
    const [oldest] = this.sums.keys();
    if (this.sums.size > mostTasks && oldest !== undefined) this.sums.delete(oldest);
  }
}
