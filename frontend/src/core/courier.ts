/** Runs a function later and returns how to call it off. */
export type Later = (run: () => void, milliseconds: number) => () => void;

export interface CourierOptions {
  readonly later: Later;
  /** One delivery; false asks for another try after a pause. */
  readonly deliver: (key: string) => Promise<boolean>;
  /** Whether there is something to deliver. */
  readonly isDue: (key: string) => boolean;
}

const firstPause = 1_000;
const longestPause = 30_000;

/** Delivers one thing at a time for each key, and tries again ever more slowly. */
export class Courier {
  private readonly options: CourierOptions;
  private readonly busy = new Map<string, Promise<void>>();
  private readonly timers = new Map<string, () => void>();
  private readonly pauses = new Map<string, number>();

  constructor(options: CourierOptions) {
    this.options = options;
  }

  /** Delivers after a delay; an earlier appointment of the key is called off. */
  schedule(key: string, delay: number): void {
    this.cancel(key);
    const run = () => {
      this.timers.delete(key);
      void this.run(key);
    };
    this.timers.set(key, this.options.later(run, delay));
  }

  /** Whether a delivery of the key is under way. */
  isBusy(key: string): boolean {
    return this.busy.has(key);
  }

  /** Resolves when nothing of this key is under way or planned. */
  async settle(key: string): Promise<void> {
    this.cancel(key);
    await this.busy.get(key);
    this.cancel(key);
  }

  /** Calls everything off that is not under way, and forgets the pauses. */
  stop(): void {
    for (const key of [...this.timers.keys()]) this.cancel(key);
    this.pauses.clear();
  }

  private cancel(key: string): void {
    this.timers.get(key)?.();
    this.timers.delete(key);
  }

  private async run(key: string): Promise<void> {
    if (this.busy.has(key) || !this.options.isDue(key)) return;
    const running = this.once(key).finally(() => this.busy.delete(key));
    this.busy.set(key, running);
    await running;
    if (this.options.isDue(key) && !this.timers.has(key)) {
      this.schedule(key, this.pauses.get(key) ?? 0);
    }
  }

  private async once(key: string): Promise<void> {
    if (await this.options.deliver(key)) {
      this.pauses.delete(key);
      return;
    }
    const last = this.pauses.get(key);
    this.pauses.set(key, last ? Math.min(last * 2, longestPause) : firstPause);
  }
}
