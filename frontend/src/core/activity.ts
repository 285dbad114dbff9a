/** Sums the time in which the page was visible, focused and in use. */
export class ActiveTime {
  private total = 0;
  private byTopic = new Map<string, number>();
  private topic = "";
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
    if (isAttentive && passed <= this.longestPause) this.count(passed);
    this.last = at;
  }

  /** From now on the time belongs to another topic. */
  turnTo(topic: string, isAttentive: boolean): void {
    if (topic === this.topic) return;
    this.touch(isAttentive);
    this.topic = topic;
  }

  /** The milliseconds so far, altogether and by topic, then starts anew. */
  take(isAttentive: boolean): { total: number; byTopic: Record<string, number> } {
    this.touch(isAttentive);
    const { total, byTopic } = this;
    this.total = 0;
    this.byTopic = new Map();
    return { total, byTopic: Object.fromEntries(byTopic) };
  }

  private count(passed: number): void {
    this.total += passed;
    if (this.topic) this.byTopic.set(this.topic, (this.byTopic.get(this.topic) ?? 0) + passed);
  }

  /** How long nothing has happened. */
  idle(): number {
    return this.now() - this.last;
  }
}
