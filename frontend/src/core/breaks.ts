const longestGap = 60_000;
const realBreak = 5 * 60_000;

/** Sums active time since the last break; a pause of five minutes is a break. */
export class BreakWatch {
  private readonly now: () => number;
  private readonly after: number;
  private active = 0;
  private last: number;

  /** `after`: milliseconds of activity that ask for a break; 0 never asks. */
  constructor(now: () => number, after: number) {
    this.now = now;
    this.after = after;
    this.last = now();
  }

  /** Counts the time since the last sign of life; whether a break is due now. */
  touch(isAttentive: boolean): boolean {
    const at = this.now();
    const passed = at - this.last;
    this.last = at;
    if (passed >= realBreak) this.active = 0;
    else if (isAttentive && passed <= longestGap) this.active += passed;
    return this.after > 0 && this.active >= this.after;
  }

  /** Counts from the start again. */
  restart(): void {
    this.active = 0;
  }
}
