import { ApiError } from "./problem";

export interface LeaseOptions {
  readonly prefetch: {
    waiting(): string[];
    forget(id: string): void;
    refill(current?: string): void;
    dropUnseen(): string[];
  };
  /** The assignment on the screen, unless it was submitted before. */
  readonly current: () => string | undefined;
  /** Milliseconds since the last input. */
  readonly idle: () => number;
  readonly isVisible: () => boolean;
  readonly now: () => number;
  readonly renew: (id: string) => Promise<unknown>;
  readonly release: (id: string) => Promise<unknown>;
  /** Milliseconds between two renewals. */
  readonly every: number;
}

const attentiveFor = 5 * 60_000;
const letGoAfter = 10 * 60_000;

/** Keeps what is on the screen and what waits while somebody is there, and gives back what is not seen. */
export class Leases {
  private readonly options: LeaseOptions;
  private renewed: number;
  private isAway = false;

  constructor(options: LeaseOptions) {
    this.options = options;
    this.renewed = options.now();
  }

  /** Does what is due; called every few seconds. */
  tick(): void {
    const { idle, isVisible } = this.options;
    if (idle() >= letGoAfter) this.letGo();
    else if (isVisible() && idle() <= attentiveFor) this.renewDue();
  }

  /** Somebody is there again: what was given back is replaced, what is overdue is renewed. */
  wake(): void {
    if (this.isAway) this.options.prefetch.refill(this.options.current());
    this.isAway = false;
    if (this.options.isVisible()) this.renewDue();
  }

  private letGo(): void {
    if (this.isAway) return;
    this.isAway = true;
    for (const id of this.options.prefetch.dropUnseen()) {
      // What cannot be given back lapses by itself.
      void this.options.release(id).catch(known);
    }
  }

  private renewDue(): void {
    const { now, every, current, prefetch } = this.options;
    if (now() - this.renewed < every) return;
    this.renewed = now();
    const open = current();
    if (open) void this.renew(open, () => prefetch.refill(open));
    for (const id of prefetch.waiting()) {
      void this.renew(id, () => {
        prefetch.forget(id);
        prefetch.refill(open);
      });
    }
  }

  private async renew(id: string, lapsed: () => void): Promise<void> {
    try {
      await this.options.renew(id);
    } catch (error) {
      known(error);
      if (error instanceof ApiError && (error.status === 404 || error.status === 409)) lapsed();
    }
  }
}

function known(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
