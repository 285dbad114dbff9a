import type { Locks, Release } from "./locks";
import { Store } from "./store";

/** Where rating goes on: not on this page, here, or in another tab. */
export type WorkPlace = "none" | "asking" | "here" | "elsewhere";

export interface LeadOptions {
  readonly locks: Locks;
  readonly user: string;
  /** This tab sends from now on: read what is stored first. */
  readonly onSend: () => Promise<void>;
  /** Another tab sends from now on. */
  readonly onStop: () => void;
}

/**
 * One tab of a browser leads for each user: it sends what is stored, and it is where one rates.
 * A page that only reads sends as long as no other tab does, and steps back for one that rates.
 */
export class Lead {
  readonly place = new Store<WorkPlace>("none");
  private readonly options: LeadOptions;
  private sending: Release | null = null;
  private rating: Release | null = null;
  private isWaiting = false;
  private isClosed = false;
  private turn: Promise<void> = Promise.resolve();

  constructor(options: LeadOptions) {
    this.options = options;
  }

  /** Sends as soon as no other tab does. */
  async waitToSend(): Promise<void> {
    if (this.isWaiting || this.sending) return;
    this.isWaiting = true;
    const release = await this.options.locks.hold(this.name("send"), "wait", () => this.stop());
    this.isWaiting = false;
    if (!release) return;
    if (this.isClosed) return await release();
    this.sending = release;
    await this.options.onSend();
  }

  /** Rates here unless another tab does. */
  enter(): Promise<void> {
    return this.inTurn(() => this.take("free"));
  }

  /** Rates here; the tab that did so until now stops. */
  takeOver(): Promise<void> {
    return this.inTurn(() => this.take("steal"));
  }

  /** Rates here no more, but goes on sending. */
  leave(): Promise<void> {
    return this.inTurn(async () => {
      this.place.set("none");
      await this.rating?.();
      this.rating = null;
    });
  }

  /** Lets other tabs lead: this page ends. */
  close(): void {
    this.isClosed = true;
    void this.rating?.();
    void this.sending?.();
  }

  private async take(taking: "free" | "steal"): Promise<void> {
    if (this.rating) return;
    this.place.set("asking");
    const { locks, onSend } = this.options;
    this.rating = await locks.hold(this.name("rate"), taking, () => this.lose());
    if (!this.rating) return this.place.set("elsewhere");
    if (!this.sending) {
      this.sending = await locks.hold(this.name("send"), "steal", () => this.stop());
      await onSend();
    }
    this.place.set("here");
  }

  private lose(): void {
    this.rating = null;
    this.place.set("elsewhere");
  }

  private stop(): void {
    this.sending = null;
    this.options.onStop();
    void this.waitToSend();
  }

  private inTurn(run: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(run);
    return this.turn;
  }

  private name(what: "send" | "rate"): string {
    return `editjury/${what}/${this.options.user}`;
  }
}
