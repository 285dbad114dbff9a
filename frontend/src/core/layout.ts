/** A stage of fewer pixels in width shows one pane: phones, and a desk at 200 % zoom. */
export const narrowStage = 760;

/** The grid of a contact sheet: every pane has the same size, in CSS pixels. */
export interface SheetLayout {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

export interface SheetSpace {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  /** The row under each image that holds its letter and levels. */
  readonly caption: number;
}

/** The grid of `count` panes of one aspect (width / height) with the largest images. */
export function packSheet(count: number, aspect: number, space: SheetSpace): SheetLayout {
  let best: SheetLayout = { columns: count, rows: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const layout = fillColumns(columns, count, aspect, space);
    if (layout.width > best.width) best = layout;
  }
  return best;
}

function fillColumns(
  columns: number,
  count: number,
  aspect: number,
  space: SheetSpace,
): SheetLayout {
  const rows = Math.ceil(count / columns);
  const width = (space.width - space.gutter * (columns - 1)) / columns;
  const height = (space.height - space.gutter * (rows - 1)) / rows - space.caption;
  const fitted = Math.max(0, Math.min(width, height * aspect));
  return { columns, rows, width: fitted, height: fitted / aspect };
}

/** Whether a pair of this aspect is larger side by side than stacked. */
export function pairDirection(
  aspect: number,
  width: number,
  height: number,
  gutter: number,
  caption: number,
): "row" | "column" {
  const space = { width, height, gutter, caption };
  const row = fillColumns(2, 2, aspect, space).width;
  const column = fillColumns(1, 2, aspect, space).width;
  return row >= column ? "row" : "column";
}

/** CSS pixels that the longest side of a fitted image takes where source and edit share a stage. */
export function pairPixels(aspect: number, width: number, height: number): number {
  const space = { width, height, gutter: 8, caption: 20 };
  const sides = [fillColumns(2, 2, aspect, space), fillColumns(1, 2, aspect, space)];
  return Math.max(...sides.flatMap((side) => [side.width, side.height]));
}

/** The smallest display level whose longest side covers `pixels`; undefined is the full image. */
export function displayLevel(pixels: number, longestSide: number): number | undefined {
  const wanted = Math.min(pixels, longestSide);
  return [512, 1024, 2048].find((level) => level >= wanted);
}
