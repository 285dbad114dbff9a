import { flip } from "../flip/flip.ts";
import type { Planes } from "../flip/planes.ts";
import { findPlacement, inPlace, type Placement } from "./align.ts";
import { averaged, type Box, commonSize } from "./area.ts";
import { findRegions, type Region } from "./regions.ts";

/** The longest side on which changes are measured. */
export const longestSide = 1024;

/** Where two images differ, as far as they lie over each other. */
export interface ChangeMap {
  readonly width: number;
  readonly height: number;
  readonly map: Float32Array;
  /** How the test image was moved and scaled before it was compared. */
  readonly placement: Placement;
  readonly regions: readonly Region[];
}

/** An image and the part of it that is compared. */
export interface Part {
  readonly image: Planes;
  readonly box: Box;
}

/** The change map of a part of a test image against the same part of a reference. */
export function changeMap(reference: Part, test: Part): ChangeMap {
  const { width, height } = commonSize(longestSide, reference.box, test.box);
  const before = averaged(reference.image, reference.box, width, height);
  const straight = averaged(test.image, test.box, width, height);
  const placement = findPlacement(before, straight);
  const after =
    placement === inPlace
      ? straight
      : averaged(test.image, moved(test.box, placement), width, height);
  const map = flip(before, after);
  if (placement !== inPlace) forgetEdges(map, width, height, placement);
  return { width, height, map, placement, regions: findRegions(map, width, height) };
}

/** The part of the test image that lies under the whole reference. */
function moved(box: Box, { dx, dy, scale }: Placement): Box {
  const longest = Math.max(box.width, box.height);
  return {
    left: box.left + (box.width * (1 - scale)) / 2 + dx * longest,
    top: box.top + (box.height * (1 - scale)) / 2 + dy * longest,
    width: box.width * scale,
    height: box.height * scale,
  };
}

/** Where the moved test image has no pixels, nothing can be said to have changed. */
function forgetEdges(map: Float32Array, width: number, height: number, placement: Placement): void {
  const under = moved({ left: 0, top: 0, width, height }, placement);
  const inside = (index: number, start: number, length: number, count: number) => {
    const at = start + ((index + 0.5) * length) / count;
    return at >= 0 && at <= count;
  };
  for (let y = 0; y < height; y += 1) {
    const isRow = inside(y, under.top, under.height, height);
    for (let x = 0; x < width; x += 1)
      if (!isRow || !inside(x, under.left, under.width, width)) map[y * width + x] = 0;
  }
}
