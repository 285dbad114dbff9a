import type { Gallery } from "./gallery";
import { Unwanted } from "./imageQueue";
import { ImageFailure, refsOf, sourceLabel, type TaskImages } from "./images";
import { levelSide, pixelsWithin, totalAt } from "./levels";
import type { ImageRef } from "./model";
import type { PreparedTask } from "./prefetch";

export interface SharpenOptions {
  readonly gallery: Pick<Gallery, "budget" | "prepared" | "sharper" | "free">;
  /** The task on the screen. */
  readonly task: () => PreparedTask | null;
  /** Device pixels that the longest side of the whole frame takes at this zoom. */
  readonly pixels: () => number;
  /** Whether a picture is on the screen now. */
  readonly isShown: (image: HTMLImageElement) => boolean;
  readonly replace: (id: string, images: TaskImages) => void;
  /** A picture of a task did not come, three times. */
  readonly failed: (id: string, failure: ImageFailure) => void;
}

interface Sharp {
  readonly image: HTMLImageElement;
  readonly pixels: number;
}

type Refs = readonly (readonly [string, ImageRef])[];

/** Gives the shown panes of the open task the level that the zoom needs, all in one go. */
export class Sharpener {
  private readonly options: SharpenOptions;
  private id = "";
  private sharp = new Map<string, Sharp>();
  private over: HTMLImageElement | null = null;
  private busy = false;
  private again = false;

  constructor(options: SharpenOptions) {
    this.options = options;
  }

  /** Looks whether a shown picture is too coarse; loads what is and swaps when all is decoded. */
  async look(): Promise<void> {
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    try {
      await this.sharpen();
    } catch (error) {
      if (error instanceof ImageFailure) this.options.failed(this.id, error);
      else if (!(error instanceof Unwanted)) throw error;
    } finally {
      this.busy = false;
    }
    if (this.again) await this.look();
  }

  private async sharpen(): Promise<void> {
    const task = this.options.task();
    const id = task?.assignment.id ?? "";
    if (id !== this.id) this.forget(id);
    const base = this.options.gallery.prepared(id);
    if (!task || !base) return;
    const shown = this.shown(task);
    const pixels = this.affordable(task, shown, base.pixels);
    const isCapped = pixels < this.options.pixels();
    const coarse = shown.filter(([label, image]) => {
      const has = levelSide(image, this.sharp.get(label)?.pixels ?? base.pixels);
      const wants = levelSide(image, pixels);
      // Short of what the zoom needs, none may be sharper than the others.
      return isCapped ? wants !== has : wants > has;
    });
    if (coarse.length > 0) await this.fetch(id, coarse, pixels);
  }

  private async fetch(id: string, coarse: Refs, pixels: number): Promise<void> {
    const labels = coarse.map(([label]) => label);
    const isWanted = () => {
      const task = this.options.task();
      if (!task || task.assignment.id !== id) return false;
      const shown = this.shown(task).map(([label]) => label);
      return labels.every((label) => shown.includes(label));
    };
    const { gallery } = this.options;
    const { found, over } = await gallery.sharper(id, labels, pixels, isWanted);
    if (id !== this.id || this.options.task()?.assignment.id !== id) return;
    const before = labels.flatMap((label) => this.sharp.get(label)?.image ?? []);
    if (over && this.over) before.push(this.over);
    this.over = over ?? this.over;
    for (const [label, image] of found) {
      this.sharp.delete(label);
      this.sharp.set(label, { image, pixels });
    }
    this.swap(id, before);
  }

  /** Puts the sharper pictures in; those that went over the budget or were replaced are freed. */
  private swap(id: string, replaced: HTMLImageElement[]): void {
    const task = this.options.task();
    const base = this.options.gallery.prepared(id);
    if (!task || !base) return;
    const gone = [...replaced, ...this.evict(task, base.pixels)];
    const { source, candidates, over, thumbs } = base.images;
    const found = new Map([[sourceLabel, source], ...candidates]);
    for (const [label, { image }] of this.sharp) found.set(label, image);
    const sharp = found.get(sourceLabel) ?? source;
    found.delete(sourceLabel);
    this.options.replace(id, { source: sharp, over: this.over ?? over, candidates: found, thumbs });
    for (const image of gone) this.options.gallery.free(id, image);
  }

  /** Drops sharp pictures that are hidden, the oldest first, until the rest is affordable. */
  private evict(task: PreparedTask, pixels: number): HTMLImageElement[] {
    const refs = new Map(refsOf(task.assignment));
    const all = totalAt([...refs.values()], pixels);
    const shown = new Set(this.shown(task).map(([label]) => label));
    const gone: HTMLImageElement[] = [];
    for (const [label, { image }] of this.sharp) {
      if (all + this.sharpBytes(refs) <= this.options.gallery.budget.open) break;
      if (shown.has(label)) continue;
      this.sharp.delete(label);
      gone.push(image);
    }
    return gone;
  }

  private sharpBytes(refs: ReadonlyMap<string, ImageRef>): number {
    let sum = 0;
    for (const [label, { pixels }] of this.sharp) {
      const image = refs.get(label);
      if (image) sum += totalAt([image], pixels);
    }
    return sum;
  }

  /** The device pixels that the zoom needs, or fewer where the shown pictures would not fit. */
  private affordable(task: PreparedTask, shown: Refs, pixels: number): number {
    const { open } = this.options.gallery.budget;
    const fitted = totalAt(
      refsOf(task.assignment).map(([, image]) => image),
      pixels,
    );
    const images = shown.map(([, image]) => image);
    return pixelsWithin(images, this.options.pixels(), open - fitted);
  }

  /** What is on the screen, and the source, which may be there at once while a key is held. */
  private shown(task: PreparedTask): Refs {
    return refsOf(task.assignment).filter(([label]) => {
      const image = task.images.candidates.get(label);
      return label === sourceLabel || (image !== undefined && this.options.isShown(image));
    });
  }

  private forget(id: string): void {
    this.id = id;
    this.sharp = new Map();
    this.over = null;
  }
}
