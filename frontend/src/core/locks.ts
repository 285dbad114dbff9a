import type { Later } from "./courier";
import { randomId } from "./ids";

/** Take a lock if it is free, wait until it is, or take it from whoever holds it. */
export type Taking = "free" | "wait" | "steal";

/** Gives a lock back; resolves when others can have it. */
export type Release = () => Promise<void>;

/** Named locks of which each is held by one tab of the browser. */
export interface Locks {
  /** How to give the lock back, or null if it is not free; `lost` hears that another tab took it. */
  hold(name: string, taking: Taking, lost: () => void): Promise<Release | null>;
}

/** The browser's own locks, which only a secure context has. */
export function webLocks(manager: LockManager): Locks {
  const options = { free: { ifAvailable: true }, wait: {}, steal: { steal: true } };
  return {
    hold: (name, taking, lost) =>
      new Promise((resolve, reject) => {
        let isHeld = false;
        const over = manager.request(name, options[taking], (lock) => {
          if (!lock) return resolve(null);
          isHeld = true;
          return new Promise<void>((free) => {
            resolve(async () => {
              isHeld = false;
              free();
              await over;
            });
          });
        });
        over.catch((error: unknown) => (isHeld ? lost() : reject(error)));
      }),
  };
}

/** The part of a BroadcastChannel that a lock needs. */
export interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listen: (event: { data: unknown }) => void): void;
}

interface Message {
  readonly kind: "ask" | "before" | "held" | "taken" | "free";
  readonly from: string;
}

const answerTime = 250;
const askAgain = 5_000;

/** Locks by messages between tabs, for a page that plain HTTP keeps from the browser's own. */
export function channelLocks(open: (name: string) => Channel, later: Later): Locks {
  const known = new Map<string, ChannelLock>();
  return {
    hold: (name, taking, lost) => {
      const lock = known.get(name) ?? new ChannelLock(open(name), later);
      known.set(name, lock);
      return lock.hold(taking, lost);
    },
  };
}

class ChannelLock {
  private readonly id = randomId();
  private readonly channel: Channel;
  private readonly later: Later;
  private state: "none" | "asking" | "denied" | "held" = "none";
  private lost = () => {};
  private retry = () => {};

  constructor(channel: Channel, later: Later) {
    this.channel = channel;
    this.later = later;
    channel.addEventListener("message", ({ data }) => this.hear(data as Message));
  }

  async hold(taking: Taking, lost: () => void): Promise<Release | null> {
    if (taking === "steal") return this.take("taken", lost);
    while (this.state !== "held") {
      this.state = "asking";
      this.say("ask");
      await this.pause(answerTime);
      const state = this.state as ChannelLock["state"];
      if (state === "asking") return this.take("held", lost);
      if (state === "denied") this.state = "none";
      if (taking === "free") return null;
      await this.pause(askAgain);
    }
    // This very tab has stolen it in the meantime.
    return null;
  }

  private take(kind: "held" | "taken", lost: () => void): Release {
    this.state = "held";
    this.lost = lost;
    this.say(kind);
    return async () => {
      if (this.state !== "held") return;
      this.state = "none";
      this.say("free");
    };
  }

  private hear({ kind, from }: Message): void {
    if (kind === "free") this.retry();
    else if (this.state === "asking") this.hearAsking(kind, from);
    else if (this.state === "held") this.hearHolding(kind, from);
  }

  /** Of two that ask at once, the one with the smaller name goes first. */
  private hearAsking(kind: Message["kind"], from: string): void {
    const isLater = (kind === "ask" || kind === "before") && this.id < from;
    if (!isLater) this.state = "denied";
    else if (kind === "ask") this.say("before");
  }

  /** Two may hold it after one tab was frozen: the smaller name keeps it. */
  private hearHolding(kind: Message["kind"], from: string): void {
    if (kind === "taken" || (kind === "held" && from < this.id)) this.lose();
    else this.say("held");
  }

  private lose(): void {
    this.state = "none";
    this.lost();
  }

  private say(kind: Message["kind"]): void {
    this.channel.postMessage({ kind, from: this.id } satisfies Message);
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.later(resolve, milliseconds);
      if (milliseconds !== askAgain) return;
      this.retry = () => {
        cancel();
        resolve();
      };
    });
  }
}
