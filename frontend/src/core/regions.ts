import type { Answers, Box, Region } from "./model";

/** Where an image is drawn, in any unit that points are given in. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const decimals = 1_000_000;

/** A point in 0..1 of an image from where the image is drawn; outside it the nearest on its edge. */
export function toImage(point: Point, image: Rect): Point {
  return {
    x: within((point.x - image.left) / image.width),
    y: within((point.y - image.top) / image.height),
  };
}

/** Where a box lies on the screen, for an image that is drawn there. */
export function toScreen([x0, y0, x1, y1]: Box, image: Rect): Rect {
  return {
    left: image.left + x0 * image.width,
    top: image.top + y0 * image.height,
    width: (x1 - x0) * image.width,
    height: (y1 - y0) * image.height,
  };
}

/** The box between two corners in 0..1, in any order, never smaller than `least` in a direction. */
export function boxBetween(a: Point, b: Point, least: Point): Box {
  const [x0, x1] = span(a.x, b.x, least.x);
  const [y0, y1] = span(a.y, b.y, least.y);
  return rounded([x0, y0, x1, y1]);
}

/** A box in the middle of what is seen of an image: half as wide and high as that. */
export function centredBox(seen: Box): Box {
  const [x0, y0, x1, y1] = seen;
  const quarter = { x: (x1 - x0) / 4, y: (y1 - y0) / 4 };
  return rounded([x0 + quarter.x, y0 + quarter.y, x1 - quarter.x, y1 - quarter.y]);
}

/** The part of an image that lies within a window, in 0..1; all of it where none does. */
export function seenPart(image: Rect, window: Rect): Box {
  const from = toImage({ x: window.left, y: window.top }, image);
  const right = window.left + window.width;
  const to = toImage({ x: right, y: window.top + window.height }, image);
  return from.x < to.x && from.y < to.y ? [from.x, from.y, to.x, to.y] : [0, 0, 1, 1];
}

/** The box moved by a step; it stops whole at the edges. */
export function moveBox([x0, y0, x1, y1]: Box, dx: number, dy: number): Box {
  const right = Math.min(Math.max(dx, -x0), 1 - x1);
  const down = Math.min(Math.max(dy, -y0), 1 - y1);
  return rounded([x0 + right, y0 + down, x1 + right, y1 + down]);
}

/** The box with its right and lower side moved by a step, within the image, never below `least`. */
export function sizeBox([x0, y0, x1, y1]: Box, dx: number, dy: number, least: Point): Box {
  const right = Math.min(Math.max(x1 + dx, x0 + least.x), 1);
  const low = Math.min(Math.max(y1 + dy, y0 + least.y), 1);
  return rounded([x0, y0, right, low]);
}

/** The place in the list of the smallest box of a candidate at a point, or -1. */
export function regionAt(regions: readonly Region[], label: string, { x, y }: Point): number {
  let found = -1;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [place, region] of regions.entries()) {
    const [x0, y0, x1, y1] = region.box;
    const isIn = region.label === label && x >= x0 && x <= x1 && y >= y0 && y <= y1;
    const area = (x1 - x0) * (y1 - y0);
    if (isIn && area < smallest) [found, smallest] = [place, area];
  }
  return found;
}

/** The answers with one region more, at the end of the list. */
export function addRegion(answers: Answers, region: Region): Answers {
  return { ...answers, regions: [...answers.regions, region] };
}

/** The answers with another box for one region. */
export function reshapeRegion(answers: Answers, place: number, box: Box): Answers {
  return withRegion(answers, place, (region) => ({ ...region, box }));
}

/** The answers with a reason for one region, or with none. */
export function explainRegion(answers: Answers, place: number, reason: string | null): Answers {
  return withRegion(answers, place, ({ reason: _, ...rest }) =>
    reason === null ? rest : { ...rest, reason },
  );
}

/** The answers without one region. */
export function removeRegion(answers: Answers, place: number): Answers {
  return { ...answers, regions: answers.regions.filter((_, index) => index !== place) };
}

function withRegion(answers: Answers, place: number, change: (region: Region) => Region): Answers {
  const regions = answers.regions.map((region, index) =>
    index === place ? change(region) : region,
  );
  return { ...answers, regions };
}

function span(a: number, b: number, least: number): [number, number] {
  const low = Math.min(a, b);
  const high = Math.max(a, b);
  if (high - low >= least) return [low, high];
  const start = Math.min(low, 1 - least);
  return [start, start + least];
}

function rounded([x0, y0, x1, y1]: Box): Box {
  const round = (value: number) => within(Math.round(value * decimals) / decimals);
  return [round(x0), round(y0), round(x1), round(y1)];
}

function within(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}
