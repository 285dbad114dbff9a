import type { Assignment } from "../model";
import type { WorkSession } from "../session";
import { Store } from "../store";
import type { View } from "../viewport";
import type { Box } from "./area.ts";
import { Cancelled, type ChangeMaps, type MapAnswer } from "./maps.ts";
import { type Overlap, overlapOf } from "./overlap.ts";
import {
  type CompareState,
  fastest,
  type MapState,
  perTask,
  plainState,
  slowest,
  type Tool,
} from "./state.ts";
import { ToolUsage, type Use } from "./usage.ts";

export interface ComparisonOptions {
  readonly session: Pick<WorkSession, "state" | "setView">;
  readonly maps: ChangeMaps;
  /** The pictures of some candidates of a task (null is the source), at the size that maps need. */
  readonly pictures: (
    task: Assignment,
    labels: readonly (string | null)[],
  ) => Promise<readonly ImageBitmap[]>;
  /** Where a candidate lies in the frame, in its pixels. */
  readonly place: (task: Assignment, label: string) => Box;
  readonly look: (view: View) => void;
  readonly now: () => number;
  /** Whether the person asked for less motion. */
  readonly wantsStill: () => boolean;
  /** Whether a canvas in this browser gives back what was drawn. */
  readonly readsTrue: () => boolean;
}

const closeUp = 2;

/** The comparison tools of the open task: which one is on, against what, and how long it was shown. */
export class Comparison {
  readonly state = new Store<CompareState>(plainState);
  readonly usage: ToolUsage;
  private readonly options: ComparisonOptions;
  private task = "";
  private shown = "";
  private visited = { key: "", next: 0 };
  private timer: ReturnType<typeof setInterval> | undefined;
  private pace = 0;
  private canRead: boolean | undefined;

  constructor(options: ComparisonOptions) {
    this.options = options;
    this.usage = new ToolUsage(options.now);
    options.session.state.subscribe(() => this.follow());
    this.state.subscribe(() => this.follow());
    this.follow();
  }

  /** The candidate that the focused one is compared with; null is the source. */
  get reference(): string | null {
    const { pinned } = this.state.get();
    return pinned === this.label ? null : pinned;
  }

  /** Turns a tool on, or off where it is on already. */
  choose(tool: Tool): void {
    const { session, wantsStill } = this.options;
    const next = this.state.get().tool === tool ? "pair" : tool;
    if (next !== "pair") session.setView("focus");
    this.state.patch({
      tool: next,
      isAway: false,
      isBlinking: next === "blink" && !wantsStill(),
    });
  }

  /** Compares with the focused candidate from now on, or with the source again. */
  pin(): void {
    const { pinned, tool } = this.state.get();
    if (pinned === this.label) this.state.patch({ pinned: null });
    else this.state.patch({ pinned: this.label, tool: tool === "pair" ? "side" : tool });
  }

  /** Stops the blink, or starts it. */
  pause(): void {
    const { tool, isBlinking } = this.state.get();
    if (tool === "blink") this.state.patch({ isBlinking: !isBlinking, isAway: false });
  }

  /** How often the blink goes there and back in a second, never faster than is safe. */
  setRate(rate: number): void {
    this.state.patch({ rate: Math.min(Math.max(rate, slowest), fastest) });
  }

  toggleLoupe(): void {
    this.state.patch({ hasLoupe: !this.state.get().hasLoupe });
  }

  /** The area that is meant to change, in parts of the frame; null asks for it again. */
  setArea(area: Box | null): void {
    this.state.patch({ area });
  }

  /** Looks at the next largest change, at 200 %. */
  async nextChange(): Promise<void> {
    const found = await this.ready();
    const task = this.options.session.state.get().task?.assignment;
    if (!task || found?.status !== "ready") return;
    const { regions } = found.map;
    const next = this.visited.key === this.key ? this.visited.next : 0;
    const region = regions[next % Math.max(1, regions.length)];
    this.visited = { key: this.key, next: next + 1 };
    if (!region) return;
    const middle = (start: number, length: number, from: number, over: number, all: number) =>
      (from + (start + length / 2) * over) / all;
    const { box } = region;
    this.options.look({
      x: middle(box.left, box.width, found.box.left, found.box.width, task.source.width),
      y: middle(box.top, box.height, found.box.top, found.box.height, task.source.height),
      scale: closeUp,
    });
  }

  /** Makes the map again that could not be made. */
  async retry(): Promise<void> {
    this.shown = "";
    await this.ready();
  }

  /** Ends everything that runs. */
  close(): void {
    clearInterval(this.timer);
    this.options.maps.clear();
    this.options.maps.end();
  }

  private get label(): string {
    return this.options.session.state.get().cell.label;
  }

  /** The names of the pair, and how it lies: one map for each. */
  private get key(): string {
    const overlap = this.overlap;
    return overlap ? JSON.stringify([this.task, this.reference, this.label, overlap]) : "";
  }

  private get overlap(): Overlap | null {
    const { task } = this.options.session.state.get();
    if (!task || !this.label) return null;
    const { assignment } = task;
    const { width, height } = assignment.source;
    const place = (label: string | null) =>
      label === null ? { left: 0, top: 0, width, height } : this.options.place(assignment, label);
    return overlapOf(assignment.source, place(this.reference), place(this.label));
  }

  /** Follows the session and the own state: another task, another pair, another tool. */
  private follow(): void {
    const { task } = this.options.session.state.get();
    const id = task?.assignment.id ?? "";
    if (id !== this.task) {
      this.task = id;
      this.shown = "";
      this.options.maps.clear();
      this.state.patch(perTask);
    }
    this.blink();
    this.usage.show(this.task, this.uses());
    const { tool } = this.state.get();
    if (tool === "map" || tool === "outside") void this.ready();
    else if (this.state.get().map.status === "working" && this.key !== this.shown) this.drop();
  }

  private drop(): void {
    this.shown = "";
    this.options.maps.cancel();
    this.state.patch({ map: { status: "none" } });
  }

  /** The map of the pair that is looked at, made where it is missing. */
  private async ready(): Promise<MapState | null> {
    const { key, overlap } = this;
    if (!overlap) {
      this.shown = key;
      if (this.label) this.state.patch({ map: { status: "apart" } });
      return null;
    }
    if (key === this.shown && this.state.get().map.status !== "working")
      return this.state.get().map;
    if (key === this.shown) return null;
    this.shown = key;
    const kept = this.options.maps.get(key);
    if (kept) return this.put(key, kept, overlap);
    this.canRead ??= this.options.readsTrue();
    if (!this.canRead) return this.put(key, { kind: "altered" }, overlap);
    this.state.patch({ map: { status: "working" } });
    try {
      const answer = await this.options.maps.make(key, () => this.ask(overlap));
      return this.put(key, answer, overlap);
    } catch (error) {
      if (!(error instanceof Cancelled) && key === this.shown)
        this.state.patch({ map: { status: "failed" } });
      return null;
    }
  }

  private put(key: string, answer: MapAnswer, { frame }: Overlap): MapState | null {
    if (key !== this.shown) return null;
    const map: MapState =
      answer.kind === "map" ? { status: "ready", map: answer, box: frame } : { status: "altered" };
    this.state.patch({ map });
    return map;
  }

  private async ask(overlap: Overlap) {
    const { task } = this.options.session.state.get();
    if (!task) throw new Cancelled();
    const labels = [this.reference, this.label];
    const [reference, test] = await this.options.pictures(task.assignment, labels);
    if (!reference || !test) throw new Cancelled();
    const part = (picture: ImageBitmap, share: Box) => ({
      picture,
      box: {
        left: share.left * picture.width,
        top: share.top * picture.height,
        width: share.width * picture.width,
        height: share.height * picture.height,
      },
    });
    return { reference: part(reference, overlap.reference), test: part(test, overlap.test) };
  }

  private blink(): void {
    const { tool, isBlinking, rate } = this.state.get();
    const { panel, view } = this.options.session.state.get();
    const runs = tool === "blink" && isBlinking && panel === null && view === "focus";
    const pace = runs ? rate : 0;
    if (pace === this.pace) return;
    this.pace = pace;
    clearInterval(this.timer);
    if (pace > 0) this.timer = setInterval(() => this.swap(), 500 / pace);
  }

  private swap(): void {
    this.state.patch({ isAway: !this.state.get().isAway });
  }

  /** What is on the screen beside the plain pictures. */
  private uses(): Use[] {
    const { phase, painted, panel, view, sourceHeld, cell } = this.options.session.state.get();
    if (phase !== "rating" || !painted || panel !== null) return [];
    const { tool, hasLoupe, map } = this.state.get();
    const isWaiting = (tool === "map" || tool === "outside") && map.status !== "ready";
    const isShown = view === "focus" && tool !== "pair" && !isWaiting;
    const names = sourceHeld ? ["source"] : isShown ? [tool] : [];
    if (hasLoupe) names.push("loupe");
    return names.map((name) => ({ tool: name, label: cell.label }));
  }
}
