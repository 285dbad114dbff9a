import { displayLevel } from "./layout";
import type { Assignment, ImageRef } from "./model";

/** The decoded pictures of one task; `over` is a second source, laid over a candidate. */
export interface TaskImages {
  readonly source: HTMLImageElement;
  readonly over: HTMLImageElement;
  readonly candidates: ReadonlyMap<string, HTMLImageElement>;
}

/** The picture that did not come, three times. */
export class ImageFailure extends Error {
  readonly label: string;

  constructor(label: string) {
    super(`Image ${label} did not load`);
    this.name = "ImageFailure";
    this.label = label;
  }
}

/** Loads and decodes one picture. */
export type LoadImage = (url: string) => Promise<HTMLImageElement>;

/** The name of the source among the pictures of a task. */
export const sourceLabel = "source";
const pauses = [0, 400, 1200];

/** A loader that never runs more than `width` requests at once, first come first served. */
export function limited(load: LoadImage, width: number): LoadImage {
  const queue: (() => void)[] = [];
  let running = 0;
  const next = () => {
    running -= 1;
    queue.shift()?.();
  };
  return async (url) => {
    if (running >= width) await new Promise<void>((go) => queue.push(go));
    running += 1;
    try {
      return await load(url);
    } finally {
      next();
    }
  };
}

/** The address of the smallest display level that fills `pixels` device pixels. */
export function levelUrl(image: ImageRef, pixels: number): string {
  const level = displayLevel(pixels, Math.max(image.width, image.height));
  return level === undefined ? image.url : `${image.url}?level=${level}`;
}

/** All pictures of a task, decoded; rejects with the label of one that failed three times. */
export async function loadTask(
  task: Assignment,
  pixels: number,
  load: LoadImage,
  wait: Wait = sleep,
): Promise<TaskImages> {
  const get = (label: string, image: ImageRef) =>
    persist(label, levelUrl(image, pixels), load, wait);
  const [source, ...edits] = await Promise.all([
    get(sourceLabel, task.source),
    ...task.candidates.map((candidate) => get(candidate.label, candidate)),
  ]);
  const over = await get(sourceLabel, task.source);
  const pairs = task.candidates.map((candidate, index) => {
    const image = edits[index];
    if (!image) throw new ImageFailure(candidate.label);
    return [candidate.label, image] as const;
  });
  return { source, over, candidates: new Map(pairs) };
}

type Wait = (milliseconds: number) => Promise<void>;

const sleep: Wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function persist(
  label: string,
  url: string,
  load: LoadImage,
  wait: Wait,
): Promise<HTMLImageElement> {
  for (const pause of pauses) {
    try {
      if (pause > 0) await wait(pause);
      return await load(url);
    } catch {
      // A third failure is reported below; before that the request is simply repeated.
    }
  }
  throw new ImageFailure(label);
}

/** The browser's own loader. */
export async function loadElement(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.alt = "";
  image.draggable = false;
  image.decoding = "sync";
  image.src = url;
  await image.decode();
  return image;
}
