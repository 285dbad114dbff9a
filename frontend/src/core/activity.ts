/** Sums the time in which the page was visible, focused and in use. */
export class ActiveTime {
  private total = 0;
  private last: number;
  private readonly now: () => number;
  private readonly longestPause: number;

  constructor(now: () => number, longestPause = 60_000) {
    this.now = now;
    this.longestPause = longestPause;
    this.last = now();
  }

  /** Counts the time since the last sign of life, unless it was a pause. */
  touch(isAttentive: boolean): void {
    const at = this.now();
    const passed = at - this.last;
    if (isAttentive && passed <= this.longestPause) this.total += passed;
    this.last = at;
  }

  /** The milliseconds so far, then starts anew. */
  take(isAttentive: boolean): number {
    this.touch(isAttentive);
    const { total } = this;
    this.total = 0;
    return total;
  }

  /** How long nothing has happened. */
  idle(): number {
    return this.now() - this.last;
  }
}
