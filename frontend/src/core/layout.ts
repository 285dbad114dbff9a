import type { Point, Size } from "./viewport";

/** The place of a pane's image area on the stage, in CSS pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** The stage: its size, and its corner in the window, in CSS pixels; device pixels per CSS pixel. */
export interface Space extends Box {
  readonly ratio: number;
}

/** What lies between panes, and under each: its letter, in the sheet its levels too. */
interface Spacing {
  readonly gutter: number;
  readonly caption: number;
}

/** The grid of a contact sheet: every image area has the same size. */
interface Grid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

/** The rows under the images of the focus view and of the contact sheet. */
export const pairCaption = 20;
export const sheetCaption = 32;
/** A contact sheet whose images would be narrower is paged. */
const smallestPane = 280;
/** A stage of fewer pixels in width shows one pane: phones, and a desk at 200 % zoom. */
const narrowStage = 760;

const gutter = 8;
const margin = 16;
const pagerHeight = 44;
const pageSize = 7;
const narrowPageSize = 3;
const longestUnit = 10;
const wholeWithin = 0.001;
const sheetSpacing = { gutter, caption: sheetCaption };

/** The grid of `count` panes of one aspect (width / height) with the largest images. */
export function packSheet(count: number, aspect: number, size: Size, spacing: Spacing): Grid {
  let best: Grid = { columns: count, rows: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const grid = fillColumns(columns, count, aspect, size, spacing);
    if (grid.width > best.width) best = grid;
  }
  return best;
}

function fillColumns(
  columns: number,
  count: number,
  aspect: number,
  size: Size,
  { gutter, caption }: Spacing,
): Grid {
  const rows = Math.ceil(count / columns);
  const width = (size.width - gutter * (columns - 1)) / columns;
  const height = (size.height - gutter * (rows - 1)) / rows - caption;
  const fitted = Math.max(0, Math.min(width, height * aspect));
  return { columns, rows, width: fitted, height: fitted / aspect };
}

/** Whether a pair of this aspect is larger side by side than stacked. */
export function pairDirection(aspect: number, size: Size): "row" | "column" {
  const spacing = { gutter, caption: pairCaption };
  const row = fillColumns(2, 2, aspect, size, spacing).width;
  const column = fillColumns(1, 2, aspect, size, spacing).width;
  return row >= column ? "row" : "column";
}

/** Device pixels that the longest side of a fitted image takes in the focus view. */
export function pairPixels(aspect: number, space: Space): number {
  const [{ width, height } = space] = placePair(aspect, space);
  const across = Math.min(width, height * aspect);
  return Math.ceil(Math.max(across, across / aspect) * space.ratio);
}

/** The places of the source and of what it is compared with; of the latter alone where it is narrow. */
export function placePair(aspect: number, space: Space, isAlways = false): readonly Box[] {
  if (space.width < narrowStage && !isAlways) return split(1, 1, space);
  return pairDirection(aspect, space) === "row" ? split(2, 1, space) : split(1, 2, space);
}

/** The places of two candidates that are asked about, the left one first; on a narrow stage above. */
export function placeTies(space: Space): readonly Box[] {
  return space.width < narrowStage ? split(1, 2, space) : split(2, 1, space);
}

/** Equal parts of the whole stage. */
function split(columns: number, rows: number, space: Space): readonly Box[] {
  const { unit, corner, width, height } = wholeUnits(space);
  const gap = ceilTo(gutter, unit);
  const under = ceilTo(pairCaption, unit);
  const pane = {
    width: floorTo((width - gap * (columns - 1)) / columns, unit),
    height: floorTo((height - gap * (rows - 1)) / rows - under, unit),
  };
  const step = { x: pane.width + gap, y: pane.height + under + gap };
  return placeGrid({ count: columns * rows, columns, pane, step, corner });
}

/** The places of a contact sheet's panes, in the middle of what of the stage is left for it. */
export function placeSheet(
  count: number,
  aspect: number,
  space: Space,
  isPaged: boolean,
): readonly Box[] {
  const { unit, corner, width, height } = wholeUnits(space);
  const spacing = { gutter: ceilTo(gutter, unit), caption: ceilTo(sheetCaption, unit) };
  const size = sheetSize({ width, height }, isPaged);
  const packed = packSheet(count, aspect, size, spacing);
  const pane = { width: floorTo(packed.width, unit), height: floorTo(packed.height, unit) };
  const step = {
    x: pane.width + spacing.gutter,
    y: pane.height + spacing.caption + spacing.gutter,
  };
  const across = width - packed.columns * step.x + spacing.gutter;
  const down = size.height + 2 * margin - packed.rows * step.y + spacing.gutter;
  const first = {
    x: corner.x + floorTo(across / 2, unit),
    y: corner.y + floorTo(down / 2, unit),
  };
  return placeGrid({ count, columns: packed.columns, pane, step, corner: first });
}

/** How many candidates a page of the contact sheet holds: all that are large enough, else seven. */
export function sheetPage(candidates: number, aspect: number, space: Space): number {
  const most = space.width < narrowStage ? narrowPageSize : pageSize;
  if (candidates <= most) return candidates;
  const { width, height } = packSheet(
    candidates + 1,
    aspect,
    sheetSize(space, false),
    sheetSpacing,
  );
  return Math.min(width, height) >= smallestPane ? candidates : most;
}

function sheetSize({ width, height }: Size, isPaged: boolean): Size {
  return { width: width - 2 * margin, height: height - 2 * margin - (isPaged ? pagerHeight : 0) };
}

/**
 * The stage in steps whose ends fall on CSS pixels and on device pixels at once: the browser rounds
 * places to either, and panes that are rounded differently would differ.
 */
function wholeUnits({ left, top, width, height, ratio }: Space) {
  const steps = Array.from({ length: longestUnit }, (_, index) => index + 1);
  const isWhole = (step: number) => Math.abs(step * ratio - Math.round(step * ratio)) < wholeWithin;
  const unit = steps.find(isWhole) ?? 1;
  const corner = { x: ceilTo(left, unit) - left, y: ceilTo(top, unit) - top };
  return {
    unit,
    corner,
    width: floorTo(width - corner.x, unit),
    height: floorTo(height - corner.y, unit),
  };
}

function floorTo(length: number, unit: number): number {
  return Math.max(unit, Math.floor(length / unit + wholeWithin) * unit);
}

function ceilTo(length: number, unit: number): number {
  return Math.ceil(length / unit - wholeWithin) * unit;
}

interface Placing {
  readonly count: number;
  readonly columns: number;
  readonly pane: Size;
  readonly step: Point;
  readonly corner: Point;
}

/** Places of one size in rows. */
function placeGrid({ count, columns, pane, step, corner }: Placing): readonly Box[] {
  return Array.from({ length: count }, (_, index) => ({
    left: corner.x + (index % columns) * step.x,
    top: corner.y + Math.floor(index / columns) * step.y,
    ...pane,
  }));
}

/** The smallest display level whose longest side covers `pixels`; undefined is the full image. */
export function displayLevel(pixels: number, longestSide: number): number | undefined {
  const wanted = Math.min(pixels, longestSide);
  return [512, 1024, 2048].find((level) => level >= wanted);
}
