import type { FetchImage, Rank } from "./imageQueue";
import { Unwanted } from "./imageQueue";
import { levelUrl } from "./levels";
import type { Assignment, ImageRef } from "./model";

/** The pictures of one task; `over` is a second source, laid over a candidate. */
export interface TaskImages {
  readonly source: HTMLImageElement;
  readonly over: HTMLImageElement;
  readonly candidates: ReadonlyMap<string, HTMLImageElement>;
  /** Addresses for thumbs: they stay the same when sharper pictures come. */
  readonly thumbs: ReadonlyMap<string, string>;
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

/** What is done with pictures; the browser's own is `browserImages`. */
export interface ImageDevice {
  /** Fetches a picture whole, without decoding it. */
  readonly fetch: FetchImage;
  readonly decode: (image: HTMLImageElement) => Promise<void>;
  /** A second element with the same picture, which is neither fetched nor decoded twice. */
  readonly twin: (image: HTMLImageElement) => HTMLImageElement;
  /** Frees what a picture holds. */
  readonly release: (image: HTMLImageElement) => void;
}

/** Loads a picture when its rank is the lowest. */
export type LoadRanked = (url: string, rank: Rank) => Promise<HTMLImageElement>;

/** The name of the source among the pictures of a task. */
export const sourceLabel = "source";
const pauses = [0, 400, 1200];

/** Every picture of a task under its label, the source first. */
export function refsOf(task: Assignment): [string, ImageRef][] {
  const edits = task.candidates.map((item): [string, ImageRef] => [item.label, item]);
  return [[sourceLabel, task.source], ...edits];
}

/** Some pictures of a task, fetched at a level; rejects with the label that failed three times. */
export async function fetchImages(
  refs: readonly (readonly [string, ImageRef])[],
  pixels: number,
  load: (url: string) => Promise<HTMLImageElement>,
  wait: Wait = sleep,
): Promise<Map<string, HTMLImageElement>> {
  const got = refs.map(async ([label, image]) => {
    const element = await persist(label, levelUrl(image, pixels), load, wait);
    return [label, element] as const;
  });
  return new Map(await Promise.all(got));
}

/** The pictures of a task by their labels, the source twice. */
export function assemble(
  found: ReadonlyMap<string, HTMLImageElement>,
  twin: ImageDevice["twin"],
): TaskImages {
  const source = found.get(sourceLabel);
  if (!source) throw new ImageFailure(sourceLabel);
  const candidates = new Map([...found].filter(([label]) => label !== sourceLabel));
  const addresses = [...candidates].map(([label, image]) => [label, image.src] as const);
  return { source, over: twin(source), candidates, thumbs: new Map(addresses) };
}

export type Wait = (milliseconds: number) => Promise<void>;

const sleep: Wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function persist(
  label: string,
  url: string,
  load: (url: string) => Promise<HTMLImageElement>,
  wait: Wait,
): Promise<HTMLImageElement> {
  for (const pause of pauses) {
    try {
      if (pause > 0) await wait(pause);
      return await load(url);
    } catch (error) {
      if (error instanceof Unwanted) throw error;
      // A third failure is reported below; before that the request is simply repeated.
    }
  }
  throw new ImageFailure(label);
}

/** The browser's own pictures, each timed from its first paint on. */
export const browserImages: ImageDevice = {
  fetch: (url, isUrgent) =>
    new Promise((done, fail) => {
      const image = new Image();
      image.alt = "";
      image.draggable = false;
      image.decoding = "sync";
      image.fetchPriority = isUrgent ? "high" : "low";
      image.setAttribute("elementtiming", "pane");
      image.onload = () => done(image);
      image.onerror = () => fail(new Error(`${url} did not load`));
      image.src = url;
    }),
  decode: (image) => image.decode(),
  twin: (image) => image.cloneNode() as HTMLImageElement,
  // Later, since the page may still be about to take it off the screen.
  release: (image) => void setTimeout(() => image.removeAttribute("src")),
};
