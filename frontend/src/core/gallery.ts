import { ImageQueue } from "./imageQueue";
import {
  assemble,
  fetchImages,
  type ImageDevice,
  ImageFailure,
  refsOf,
  sourceLabel,
  type TaskImages,
  type Wait,
} from "./images";
import { type DecodedBudget, pixelsWithin, totalAt } from "./levels";
import type { Assignment } from "./model";

export interface GalleryOptions {
  readonly device: ImageDevice;
  readonly budget: DecodedBudget;
  /** Device pixels that the longest side of a task's images takes when fitted. */
  readonly fitted: (task: Assignment) => number;
  /** How far a task is from the screen: 0 is wanted now, 1 is the next one. */
  readonly place: (id: string) => number;
  readonly wait?: Wait;
}

/** Pictures at a higher level, and the second source if the source is among them. */
export interface Sharper {
  readonly found: ReadonlyMap<string, HTMLImageElement>;
  readonly over: HTMLImageElement | null;
}

/** One task whose pictures are held. */
interface Held {
  readonly task: Assignment;
  readonly pixels: number;
  readonly bytes: number;
  images: TaskImages | null;
  decoding: Promise<void> | null;
  sharp: HTMLImageElement[];
}

/** The pictures of the open task and of the next ones: fetched nearest first, decoded within a budget. */
export class Gallery {
  readonly budget: DecodedBudget;
  private readonly options: GalleryOptions;
  private readonly queue: ImageQueue;
  private readonly held = new Map<string, Held>();

  constructor(options: GalleryOptions) {
    this.options = options;
    this.budget = options.budget;
    this.queue = new ImageQueue(options.device.fetch);
  }

  /** The pictures of a task: fetched, and decoded as far as the budget ahead reaches. */
  async prepare(task: Assignment): Promise<TaskImages> {
    const own = this.hold(task);
    try {
      own.images = await this.fetch(own);
      this.decodeAhead();
      await own.decoding;
      return own.images;
    } catch (error) {
      if (this.held.get(task.id) === own) this.release(task.id);
      throw error;
    }
  }

  /** Decodes what the budget left undecoded: the task is about to be shown. */
  async ready(id: string): Promise<void> {
    const own = this.held.get(id);
    if (own) await this.decode(own);
  }

  /** Pictures of the open task at a higher level, decoded, a source twice; they go with the task. */
  async sharper(
    id: string,
    labels: readonly string[],
    pixels: number,
    isWanted: () => boolean,
  ): Promise<Sharper> {
    const own = this.held.get(id);
    if (!own) return { found: new Map(), over: null };
    const refs = refsOf(own.task).filter(([label]) => labels.includes(label));
    const rank = () => (isWanted() ? this.rank(own) : null);
    const load = (url: string) => this.queue.load(url, rank);
    const found = await fetchImages(refs, pixels, load, this.options.wait);
    const source = found.get(sourceLabel);
    const over = source ? this.options.device.twin(source) : null;
    const all = over ? [...found, [sourceLabel, over] as const] : [...found];
    own.sharp.push(...all.map(([, image]) => image));
    await this.decodeAll(all);
    return { found, over };
  }

  /** The pictures that a task was prepared with, and for how many device pixels. */
  prepared(id: string): { images: TaskImages; pixels: number } | undefined {
    const own = this.held.get(id);
    return own?.images ? { images: own.images, pixels: own.pixels } : undefined;
  }

  /** Frees one sharper picture before its task goes. */
  free(id: string, image: HTMLImageElement): void {
    const own = this.held.get(id);
    if (own) own.sharp = own.sharp.filter((other) => other !== image);
    this.options.device.release(image);
  }

  /** Frees all pictures of a task; requests that wait are called off. */
  release(id: string): void {
    const own = this.held.get(id);
    if (!own) return;
    this.held.delete(id);
    const { images, sharp } = own;
    const all = images ? [images.source, images.over, ...images.candidates.values()] : [];
    for (const image of [...all, ...sharp]) this.options.device.release(image);
    this.decodeAhead();
  }

  /** Decodes the next tasks in order, as many as the budget holds. */
  decodeAhead(): void {
    const near = [...this.held.values()].filter((own) => own.images);
    const place = new Map(near.map((own) => [own, this.options.place(own.task.id)]));
    near.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
    let used = 0;
    for (const own of near) {
      if (place.get(own) !== 0) used += own.bytes + bytesOf(own.sharp);
      if (used > this.budget.ahead) return;
      // What fails here is met when the task is taken.
      this.decode(own).catch(() => undefined);
    }
  }

  private async fetch(own: Held): Promise<TaskImages> {
    const { device, wait } = this.options;
    const load = (url: string) => this.queue.load(url, () => this.rank(own));
    return assemble(await fetchImages(refsOf(own.task), own.pixels, load, wait), device.twin);
  }

  private hold(task: Assignment): Held {
    this.release(task.id);
    const images = refsOf(task).map(([, image]) => image);
    const pixels = pixelsWithin(images, this.options.fitted(task), this.budget.ahead);
    const bytes = totalAt(images, pixels);
    const own: Held = { task, pixels, bytes, images: null, decoding: null, sharp: [] };
    this.held.set(task.id, own);
    return own;
  }

  private rank(own: Held): number | null {
    return this.held.get(own.task.id) === own ? this.options.place(own.task.id) : null;
  }

  private async decode(own: Held): Promise<void> {
    if (!own.images) return;
    const { source, over, candidates } = own.images;
    own.decoding ??= this.decodeAll([[sourceLabel, source], [sourceLabel, over], ...candidates]);
    await own.decoding;
  }

  private async decodeAll(images: Iterable<readonly [string, HTMLImageElement]>): Promise<void> {
    const decoded = [...images].map(([label, image]) =>
      this.options.device.decode(image).catch(() => {
        throw new ImageFailure(label);
      }),
    );
    await Promise.all(decoded);
  }
}

/** Bytes that decoded pictures take. */
export function bytesOf(images: Iterable<HTMLImageElement>): number {
  let sum = 0;
  for (const image of images) sum += image.naturalWidth * image.naturalHeight * 4;
  return sum;
}
